"""qitracker: measures, worksheets and reports for people who improve care."""

__version__ = "0.1.0"
