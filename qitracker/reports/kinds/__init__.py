"""The kinds of report: for each the plain data it shows, and how they are gathered."""
