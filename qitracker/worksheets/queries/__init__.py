"""Reads of worksheets: `page` (one sheet), `changes` (what is new in it), `listing`, `linked` (for the thread)."""

from qitracker.worksheets.queries.changes import Changes, changes
from qitracker.worksheets.queries.listing import SheetLine, SheetList, sheet_list
from qitracker.worksheets.queries.page import SheetPage, sheet_page

__all__ = ["Changes", "SheetLine", "SheetList", "SheetPage", "changes", "sheet_list", "sheet_page"]
