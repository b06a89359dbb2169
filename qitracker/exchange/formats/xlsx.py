"""Excel workbooks: the sheet is chosen, dates stay dates, and codes written as text keep their zeros."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import Any

from qitracker.exchange.formats.header import column_names, header_row
from qitracker.exchange.formats.magic import OLD_SPREADSHEET, SPREADSHEET_ZIP
from qitracker.exchange.formats.registry import Opener, import_format
from qitracker.exchange.formats.sheet_bounds import NO_WORKBOOK, refuse_a_trap
from qitracker.exchange.formats.table import Cell, Detected, RawTable, ReadAs, Row
from qitracker.exchange.sniff import sniff_columns
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say

_SAMPLE = 1000


@import_format("xlsx", title="Excel workbook", suffixes=(".xlsx", ".xlsm", ".xls"))
def read_xlsx(open_file: Opener, name: str, read_as: ReadAs) -> RawTable:
    """Return the table on one sheet of a workbook: the first that holds rows, unless `read_as` names one.

    Raises:
        Invalid: not a workbook, protected by a password, no such sheet, or no rows on it.
    """
    _refuse_what_is_no_workbook(open_file)
    sheets, load = _workbook(open_file)
    sheet = _chosen(sheets, read_as.sheet)
    first = list(islice(load(sheet), _SAMPLE))
    at = header_row(first[:100]) if read_as.header_row is None else read_as.header_row - 1
    if not 0 <= at < len(first):
        raise Invalid(say("There is no row {row} on the sheet.", row=at + 1), field="header_row")
    header, notes = column_names(first[at])
    width = len(header)

    def source() -> Iterator[Row]:
        return (_cut(row, width) for row in islice(load(sheet), at + 1, None))

    sample = [row for row in first[at + 1 :] if any(cell != "" for cell in row)]
    detected = Detected(
        format="xlsx",
        sheet=sheet,
        sheets=tuple(sheets),
        header_row=at + 1,
        columns=sniff_columns(header, sample),
        notes=notes + _sheet_note(sheets, sheet),
    )
    return RawTable(name, header, source, first_row=at + 2, detected=detected)


def _workbook(open_file: Opener) -> tuple[dict[str, bool], Callable[[str], Iterator[Row]]]:
    """Return the sheets with whether each holds rows, and a function that reads the rows of one."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        with closing(open_file()) as file:
            book = CalamineWorkbook.from_filelike(BytesIO(file.read()))
        sheets = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        pages = {sheet: book.get_sheet_by_name(sheet) for sheet in sheets}
    except PasswordError:
        words = say("The workbook is protected by a password. Save it without one and try again.")
        raise Invalid(words, field="file") from None
    except (CalamineError, OSError):
        raise Invalid(NO_WORKBOOK, field="file") from None

    def load(sheet: str) -> Iterator[Row]:
        for row in pages[sheet].iter_rows():  # empty rows above included, empty columns before not
            yield [_cell(value) for value in row]

    return {sheet: page.height > 0 for sheet, page in pages.items()}, load


def _refuse_what_is_no_workbook(open_file: Opener) -> None:
    with closing(open_file()) as file:
        head = file.read(8)
        if not head:
            raise Invalid(say("The file is empty. Check that you chose the right one."), field="file")
        if head == OLD_SPREADSHEET:
            return
        if not head.startswith(SPREADSHEET_ZIP):
            raise Invalid(NO_WORKBOOK, field="file")
        refuse_a_trap(file)


def _chosen(sheets: dict[str, bool], wanted: str | None) -> str:
    if wanted is not None and wanted not in sheets:
        raise Invalid(
            say("There is no sheet “{sheet}”. Choose one of: {sheets}.", sheet=wanted, sheets=", ".join(sheets)),
            field="sheet",
        )
    found = wanted or next((sheet for sheet, filled in sheets.items() if filled), None)
    if found is None or not sheets[found]:
        raise Invalid(say("The sheet holds no rows. Check that you chose the right file and sheet."), field="sheet")
    return found


def _sheet_note(sheets: dict[str, bool], sheet: str) -> tuple[Sentence, ...]:
    filled = [name for name, is_filled in sheets.items() if is_filled]
    if len(filled) < 2:
        return ()
    return (say("The workbook has {sheets} sheets with rows; “{sheet}” is read.", sheets=len(filled), sheet=sheet),)


def _cut(row: Row, width: int) -> Row:
    """Return a row without the empty cells beyond the header; what is not empty there makes it ragged."""
    while len(row) > width and row[-1] == "":
        row.pop()
    return row


def _cell(value: Any) -> Cell:  # what calamine gives: int, float, str, bool, date, datetime, time, timedelta
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, (int, float, date)):
        return value
    return str(value)
