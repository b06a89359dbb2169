"""A block of cells as a spreadsheet copies it: tabs between cells, quotes around cells with breaks in them. Pure."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_QUOTED = ("\t", "\n", "\r")


def cells_of(text: str) -> list[list[str]]:
    """Return the cells, row by row, without the empty rows at the end. A lone quote is a text, not a start of one."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    quoted = '"' in plain and plain.count('"') % 2 == 0
    rows = _read_with_quotes(plain) if quoted else _split(plain)
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return [[cell.strip() for cell in row] for row in rows]


def block_of(rows: Iterable[Sequence[str]]) -> str:
    """Return cells as such a text; `cells_of` gives them back."""
    return "\n".join("\t".join(_written(cell) for cell in row) for row in rows)


def _split(plain: str) -> list[list[str]]:
    return [line.split("\t") for line in plain.split("\n")]


def _read_with_quotes(plain: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(plain), delimiter="\t"))
    except csv.Error:  # a cell of more than 131,072 characters
        return _split(plain)


def _written(cell: str) -> str:
    """Quote what would be read as more than one cell, or whose quotes would be taken for those of a cell."""
    if any(mark in cell for mark in _QUOTED) or '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell
