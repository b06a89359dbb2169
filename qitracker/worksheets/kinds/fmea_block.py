"""A block from a spreadsheet as rows of an FMEA: which column holds what, and what each row says. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qitracker.foundation.block import block_of, cells_of
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say
from qitracker.worksheets.kinds.fmea import FMEA
from qitracker.worksheets.sheet_kind import Column

MOST_ROWS: Final = 400

FIELDS: Final[Mapping[str, tuple[str, str]]] = {
    "step": ("step", "text"),
    "mode": ("mode", "text"),
    "effect": ("effect", "text"),
    "cause": ("cause", "text"),
    "control": ("control", "text"),
    "severity": ("effect", "severity"),
    "occurrence": ("cause", "occurrence"),
    "detection": ("control", "detection"),
    "on": ("effect", "on"),
    "kind": ("control", "kind"),
    "reason": ("cause", "reason"),
}
"""What a column of a block may hold: the section and column of the sheet."""

IN_ORDER: Final = ("step", "mode", "effect", "cause", "control", "severity", "occurrence", "detection")
"""The order of the table, for a block without headings."""

_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "step": ("step", "process step", "process"),
    "mode": ("failure mode", "what can go wrong", "failure", "mode"),
    "effect": ("effect", "effects", "effect of failure"),
    "cause": ("cause", "causes", "cause of failure"),
    "control": ("control", "controls", "control today", "controls today", "current control", "current controls"),
    "severity": ("s", "sev", "severity"),
    "occurrence": ("o", "occ", "occurrence"),
    "detection": ("d", "det", "detection"),
    "on": ("on whom",),
    "kind": ("what it does",),
    "reason": ("why no action",),
}
_KNOWN: Final = {words: field for field, many in _HEADINGS.items() for words in many}


@dataclass(frozen=True)
class Block:
    """A block that was read: its headings ("" where it has none), the field of each column, and its rows of text.

    A column whose field is "" is not taken over, and the reader is told so.
    """

    headings: tuple[str, ...]
    fields: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def has_headings(self) -> bool:
        """Say whether its first row named the columns."""
        return any(self.headings)

    @property
    def untaken(self) -> tuple[str, ...]:
        """Return what the columns that hold something and are not taken over are called."""
        return tuple(
            self.headings[at] or str(at + 1)
            for at, field in enumerate(self.fields)
            if not field and any(row[at] for row in self.rows)
        )

    def texts(self, row: Sequence[str]) -> dict[str, str]:
        """Return what a row says, by field."""
        return {field: text for field, text in zip(self.fields, row, strict=True) if field}

    def written(self, rows: Sequence[Mapping[str, str]]) -> str:
        """Return rows by field as the text of a block with headings, to be read again."""
        fields = [field for field in FIELDS if any(field in row for row in rows)]
        return block_of(
            [[_HEADINGS[field][0] for field in fields], *([row.get(f, "") for f in fields] for row in rows)]
        )


def column_of(field: str) -> Column:
    """Return the column of the sheet that a field of a block is kept in."""
    section, column = FIELDS[field]
    return FMEA.section(section).column(column)


def title_of(field: str) -> Sentence:
    """Return what a field is called above a column."""
    return column_of(field).title


def read_block(text: str, *, first: str = "") -> Block:
    """Return a block of text as rows. `first` is the field of its first column where no heading says so.

    Raises:
        Invalid: nothing is in it, or more rows than go in at once.
    """
    cells = [row for row in cells_of(text) if any(row)]
    width = max(map(len, cells), default=0)
    rows = [(*row, *[""] * (width - len(row))) for row in cells]
    fields = _fields_of_heading(rows[0]) if rows else None
    headings = rows.pop(0) if fields else ("",) * width
    if not rows:
        raise Invalid(
            say("There is no row in it. Copy the rows in your spreadsheet and paste them here."), field="text"
        )
    if len(rows) > MOST_ROWS:
        raise Invalid(
            say("These are {rows} rows; {most} go in at once. Paste them in parts.", rows=len(rows), most=MOST_ROWS),
            field="text",
        )
    return Block(headings, fields or _fields_in_order(width, first), tuple(rows))


def _fields_of_heading(row: Sequence[str]) -> tuple[str, ...] | None:
    """Return the fields that a row of headings names, None where it is no such row. A field is taken once."""
    found: list[str] = []
    for cell in row:
        field = _KNOWN.get(" ".join(cell.casefold().split()), "")
        found.append("" if field in found else field)
    is_heading = sum(bool(field) for field in found) >= 2 or (len(row) == 1 and bool(found[0]))
    return tuple(found) if is_heading else None


def _fields_in_order(width: int, first: str) -> tuple[str, ...]:
    """Return the fields in the order of the table: from `first` on, else with the step where there is room for it."""
    start = IN_ORDER.index(first) if first in IN_ORDER else 0 if width >= len(IN_ORDER) else 1
    fields = IN_ORDER[start : start + width]
    return (*fields, *[""] * (width - len(fields)))
