"""Writes a table as an Excel workbook: dates as dates, codes as text, and no text ever as a formula."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say

MOST_ROWS = 1_048_576  # of one sheet
_LONGEST_CELL = 32_767
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_xlsx(target: BinaryIO, *, sheet: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write `rows` under `header` to `target` and return how many there were. Rows are streamed, not held.

    Raises:
        Invalid: more rows than a sheet can hold.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    written = 0
    with Workbook(target, options) as book:
        page = book.add_worksheet(sheet.translate(_NOT_IN_A_NAME).strip(" '")[:31] or None)
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        page.freeze_panes(1, 0)
        for column, name in enumerate(header):
            page.write_string(0, column, name, bold)
        for written, row in enumerate(rows, 1):
            if written >= MOST_ROWS:
                raise Invalid(
                    say("These are more rows than an Excel sheet holds. Export them as CSV, or choose fewer.")
                )
            for column, cell in enumerate(row):
                _write(page, written, column, cell, day)
    return written


def _write(page: Any, row: int, column: int, cell: object, day: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        page.write_datetime(row, column, cell, day)
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        page.write_number(row, column, cell)
    else:
        page.write_string(row, column, str(cell)[:_LONGEST_CELL])
