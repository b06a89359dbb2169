"""Worksheets that a team fills in together: what can go wrong (FMEA), and why something did (RCA)."""
