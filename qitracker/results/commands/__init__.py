"""Deeds on results, one group a file."""
