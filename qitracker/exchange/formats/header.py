"""Which row names the columns, and how unnamed or twice-named columns are told apart."""

from collections.abc import Sequence

from qitracker.exchange.formats.table import MOST_COLUMNS, Cell, Row
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say

_LOOK_AT = 25  # rows above the header that a title block may take


def header_row(rows: Sequence[Row]) -> int:
    """Return the index of the row that names the columns: the first that is about as full as the table is wide.

    Title lines above a table fill one or two cells; the names fill nearly all.
    """
    filled = [sum(1 for cell in row if cell != "") for row in rows]
    usual = sorted(count for count in filled if count)
    if not usual:
        raise Invalid(say("The file holds no rows. Check that you chose the right one."), field="file")
    wanted = max(1, 0.6 * usual[len(usual) // 2])
    return next(index for index, count in enumerate(filled) if count >= wanted or (index >= _LOOK_AT and count))


def column_names(row: Row) -> tuple[tuple[str, ...], tuple[Sentence, ...]]:
    """Return unique names for the columns of a header, and a note for each name that was made up.

    Raises:
        Invalid: more columns than can be handled, or no names at all.
    """
    cells = list(row)
    while cells and str(cells[-1]).strip() == "":
        cells.pop()
    if not cells:
        raise Invalid(say("The first row has no column names. Add a row of names above the figures."), field="file")
    if len(cells) > MOST_COLUMNS:
        raise Invalid(
            say(
                "The file has {columns} columns; up to {most} can be read. Keep the columns you need and try again.",
                columns=len(cells),
                most=MOST_COLUMNS,
            ),
            field="file",
        )
    return _unique(cells)


def _unique(cells: Sequence[Cell]) -> tuple[tuple[str, ...], tuple[Sentence, ...]]:
    names: dict[str, None] = {}
    notes: list[Sentence] = []
    for position, cell in enumerate(cells, 1):
        wanted = " ".join(str(cell).split())
        name = _free(wanted or f"Column {position}", names)
        if not wanted:
            notes.append(
                say("Column {position} has no name; it is called “{name}” here.", position=position, name=name)
            )
        elif name != wanted:
            notes.append(
                say("“{wanted}” names more than one column; one is called “{name}” here.", wanted=wanted, name=name)
            )
        names[name] = None
    if all(_is_number(name) for name in names):
        notes.append(say("The row of names looks like figures. Check that the first row holds the column names."))
    return tuple(names), tuple(notes)


def _free(wanted: str, taken: dict[str, None]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted} ({number})"
    return name


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace(",", "").replace("-", "").isdecimal()
