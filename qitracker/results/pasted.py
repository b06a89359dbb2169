"""A block pasted from a spreadsheet: split into cells, read by its own marks, laid over the sheet. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qitracker.foundation.block import cells_of
from qitracker.foundation.errors import Invalid
from qitracker.foundation.number_marks import decided_marks, mark_evidence
from qitracker.foundation.words import say
from qitracker.results.typed import Marks

MOST_CELLS: Final = 20_000


@dataclass(frozen=True)
class Spot:
    """A cell that a block may cover: its row and column in the sheet, and which of the two texts it is."""

    row: int
    column: int
    which: str  # "numerator" or "denominator"


@dataclass(frozen=True)
class Laid:
    """What a block puts into one row and period; a text it does not cover is None."""

    row: int
    column: int
    numerator: str | None = None
    denominator: str | None = None


def split_block(text: str) -> list[list[str]]:
    """Return the cells of a block, row by row: tabs between cells, quotes around cells with breaks in them.

    Raises:
        Invalid: nothing is in it, or more than a sheet can take.
    """
    if not text.strip():
        raise Invalid(say("The clipboard holds no text. Copy the cells again."))
    if len(text) > MOST_CELLS * 20:
        raise Invalid(say("This block is too large for the sheet. Import it as a file."))
    rows = cells_of(text)
    if sum(map(len, rows)) > MOST_CELLS:
        raise Invalid(say("This block is too large for the sheet. Import it as a file."))
    return rows


def marks_of(rows: Sequence[Sequence[str]], usual: Marks) -> Marks:
    """Return how the numbers of a block are written; what it leaves open is read as this reader writes."""
    cells = dict.fromkeys(cell for row in rows for cell in row if cell)
    decimal, thousands = decided_marks(mark_evidence(cells), usual.decimal)
    if not thousands and decimal == usual.decimal:
        return usual
    return Marks(decimal, thousands or None)


def laid_out(block: Sequence[Sequence[str]], spots: Sequence[Sequence[Spot]]) -> list[Laid]:
    """Return what the block puts where. `spots` are the cells from the focus on, row by row.

    Empty cells of the block change nothing: a column left empty in the spreadsheet does not empty the sheet.

    Raises:
        Invalid: the block is larger than what is left of the sheet from the focus on.
    """
    _must_fit(block, spots)
    found: dict[tuple[int, int], dict[str, str]] = {}
    for texts, row in zip(block, spots, strict=False):
        for text, spot in zip(texts, row, strict=False):
            if text:
                found.setdefault((spot.row, spot.column), {})[spot.which] = text
    return [Laid(row, column, **texts) for (row, column), texts in found.items()]


def _must_fit(block: Sequence[Sequence[str]], spots: Sequence[Sequence[Spot]]) -> None:
    height, width = len(block), max((len(row) for row in block), default=0)
    if height > len(spots):
        raise Invalid(
            say(
                "The block has {rows} rows, and {left} are left from here down. Begin higher up.",
                rows=height,
                left=len(spots),
            )
        )
    room = min((len(row) for row in spots[:height]), default=0)
    if width > room:
        raise Invalid(
            say(
                "The block has {columns} columns, and {left} are left from here. Begin further left.",
                columns=width,
                left=room,
            )
        )
