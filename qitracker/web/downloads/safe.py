"""Keeps a spreadsheet from running what somebody typed: every cell of a CSV export passes here."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

FORMULA_STARTS: Final = "=+-@\t\r\n＝＋－＠"
_NEGATIVE = re.compile(r"-[\d.,\u00a0\u202f ]*(?:[eE][+-]?\d+)?", re.ASCII)  # a lone "-" calculates nothing either
BYTE_ORDER_MARK: Final = "\ufeff"  # so that Excel reads the file as UTF-8


def safe_cell(value: object) -> object:
    """Return `value`, with an apostrophe before a text that a spreadsheet would take for a formula.

    Numbers stay numbers, and a text that is a plain negative number stays as it is.
    Source: OWASP, CSV Injection.
    """
    if not isinstance(value, str) or not value or value[0] not in FORMULA_STARTS or _NEGATIVE.fullmatch(value):
        return value
    return f"'{value}"


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Write rows as CSV, a byte order mark first; each text is safe and None is an empty cell."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write(BYTE_ORDER_MARK)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
