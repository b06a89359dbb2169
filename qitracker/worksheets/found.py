"""Worksheets among what a search finds: by their title, and by what stands in their cells."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from qitracker.foundation.actor import Actor
from qitracker.foundation.sought import Sought
from qitracker.foundation.words import Sentence, say
from qitracker.links.found import Find, Spot, findable
from qitracker.people.queries import places
from qitracker.worksheets.kinds import KINDS
from qitracker.worksheets.queries.sought import SoughtSheet, cells_sought, sheets_in_reach
from qitracker.worksheets.rules.states import WORDS, SheetState
from qitracker.worksheets.sheet_kind import TEXT


@findable("sheet", say("Worksheets"), icon="sheet", place=3)
def find_sheets(words: Sought, by: Actor, today: date) -> Iterator[Find]:
    """Return the worksheets that fit, the newest first: in their title, or together with it in one cell.

    Three statements.
    """
    sheets = {sheet.id: sheet for sheet in sheets_in_reach(by)}
    named = places(sheet.unit_id for sheet in sheets.values())
    about = {sheet.id: _about(sheet, named[sheet.unit_id].name) for sheet in sheets.values()}
    spots = _spots(words, by, sheets, about)
    for sheet in sheets.values():
        inside = sorted(spots.get(sheet.id, ()), key=lambda each: each[0])
        title = words.rank(sheet.title, about=about[sheet.id])
        ranks = [rank for rank in (title, *(rank for rank, _ in inside[:1])) if rank is not None]
        if ranks:
            where = _where(sheet, named[sheet.unit_id].name)
            yield Find(min(ranks), sheet.title, f"/worksheets/{sheet.id}", where, tuple(spot for _, spot in inside))


def _spots(
    words: Sought, by: Actor, sheets: Mapping[int, SoughtSheet], about: Mapping[int, str]
) -> dict[int, list[tuple[int, Spot]]]:
    """Return the cells in which the words stand, by worksheet, each with how well it fits."""
    spots: dict[int, list[tuple[int, Spot]]] = defaultdict(list)
    for cell in cells_sought(words, by=by):
        label = (
            _LABELS.get((sheets[cell.sheet_id].kind, cell.section, cell.column)) if cell.sheet_id in sheets else None
        )
        rank = words.rank("", cell.value, about=about[cell.sheet_id]) if label else None
        if label and rank is not None:
            spots[cell.sheet_id].append(
                (rank, Spot(cell.value, label, f"/worksheets/{cell.sheet_id}#row-{cell.row_id}"))
            )
    return spots


def _where(sheet: SoughtSheet, unit: str) -> Sentence:
    state = WORDS[SheetState(sheet.state)]
    return say("{kind}, {unit}, {state}", kind=KINDS.get(sheet.kind).title, unit=unit, state=state)


def _about(sheet: SoughtSheet, unit: str) -> str:
    return f"{sheet.title} {KINDS.get(sheet.kind).title} {unit}"


def _labels() -> dict[tuple[str, str, str], Sentence]:
    """Return what each column that holds words is called, by kind and section; the other columns hold codes."""
    return {
        (kind.code, section.code, column.code): column.title
        for kind in KINDS.kinds.values()
        for section in kind.sections
        for column in section.columns
        if column.kind == TEXT
    }


_LABELS: Final = _labels()
