"""Writes a table as an Excel workbook: dates as dates, codes as text, and no text ever as a formula."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say

MOST_ROWS = 1_048_576  # of one sheet
_LONGEST_CELL = 32_767
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_xlsx(
    target: BinaryIO,
    *,
    sheet: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    head: Sequence[Sequence[object]] = (),
) -> int:
    """Write `rows` under `header` to `target` and return how many there were. Rows are streamed, not held.

    `head` are lines above the header: what the table is, from when, from which source.

    Raises:
        Invalid: more rows than a sheet can hold.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    written = 0
    with Workbook(target, options) as book:
        page = book.add_worksheet(sheet.translate(_NOT_IN_A_NAME).strip(" '")[:31] or None)
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, line in enumerate(head):
            _write_line(page, number, line, day)
        page.freeze_panes(len(head) + 1, 0)
        for column, name in enumerate(header):
            page.write_string(len(head), column, name, bold)
        for written, row in enumerate(rows, 1):
            if len(head) + written >= MOST_ROWS:
                raise Invalid(
                    say("These are more rows than an Excel sheet holds. Export them as CSV, or choose fewer.")
                )
            _write_line(page, len(head) + written, row, day)
    return written


def _write_line(page: Any, number: int, line: Sequence[object], day: Any) -> None:
    for column, cell in enumerate(line):
        _write(page, number, column, cell, day)


def _write(page: Any, row: int, column: int, cell: object, day: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        page.write_datetime(row, column, cell, day)
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        page.write_number(row, column, cell)
    else:
        page.write_string(row, column, str(cell)[:_LONGEST_CELL])
