"""How far the cells of a workbook reach, read before anything makes room for them.

The reader of workbooks makes room for the whole rectangle around all cells. One stray cell in the last corner of
a sheet asks for 500 GB and ends the process, so a file of 5 kB could stop the server. Hence this look ahead.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say

MOST_CELLS = 20_000_000  # about 1 GB once read
MOST_UNPACKED = 1 << 30  # bytes
_CHUNK = 1 << 20
_LONGEST_TAG = 1 << 10
_LAST_LETTER = 26

# In text without blanks and with one kind of quote. Only tags that hold something count: <row …/> and <c …/>
# without content take no room.
_QUOTES = bytes.maketrans(b"'", b'"')
_BLANKS = b" \t\r\n"
_ROW = re.compile(rb'r="0*(\d{1,12})"[^<>]*(?<!/)>')
_FAR_CELL = re.compile(rb'r="([A-Za-z]{2,8})0*(\d{1,12})"[^<>]*(?<!/)>')
_LOW_CELL = re.compile(rb'r="[A-Za-z]0*(\d{7,12})"[^<>]*(?<!/)>')


def refuse_a_trap(file: BinaryIO) -> None:
    """Pass, or refuse a workbook that would take more room than any table does.

    Raises:
        Invalid: not a workbook's archive, damaged, or far too large once unpacked.
    """
    try:
        with ZipFile(file) as archive:
            parts = archive.infolist()
            if not any(part.filename.startswith("xl/") for part in parts):
                raise Invalid(NO_WORKBOOK, field="file")
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Invalid(_TOO_LARGE, field="file")
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    _refuse_far_cells(archive, part)
    except (BadZipFile, ZlibError, EOFError, OSError, RuntimeError, ValueError):
        raise Invalid(say("The workbook is damaged. Open and save it in Excel again."), field="file") from None


NO_WORKBOOK = say("The file is not an Excel workbook, whatever its name says. Save it in Excel as .xlsx, or as CSV.")
_TOO_LARGE = say("The workbook is too large once unpacked. Split it, or save the sheet as CSV.")


def _refuse_far_cells(archive: ZipFile, part: ZipInfo) -> None:
    rows, columns = 1, _LAST_LETTER
    for text in _chunks(archive, part):
        rows = max([rows, *map(int, _ROW.findall(text)), *map(int, _LOW_CELL.findall(text))])
        far = set(_FAR_CELL.findall(text))
        columns = max([columns, *(_column(letters) for letters in {letters for letters, _ in far})])
        rows = max([rows, *(int(row) for _, row in far)])
        if rows * columns > MOST_CELLS:
            raise Invalid(
                say(
                    "A sheet reaches to row {rows} and column {columns}. Delete the cells far from the table, "
                    "or save the table as CSV.",
                    rows=rows,
                    columns=columns,
                ),
                field="file",
            )


def _chunks(archive: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    """Give the XML of a sheet in pieces that overlap by the length of a tag, so that none is cut in two."""
    with archive.open(part) as sheet:
        kept = b""
        while piece := sheet.read(_CHUNK).translate(_QUOTES, _BLANKS):
            yield kept + piece
            kept = piece[-_LONGEST_TAG:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
