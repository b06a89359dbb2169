"""Worksheets and their cells as a search reads them: titles of all in reach, and the cells that may hold the words."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.foundation.sought import Sought
from qitracker.links.narrowing import may_hold
from qitracker.people.queries import reach
from qitracker.worksheets.models import CellRow, Sheet, SheetRowRow

_sheet, _row, _cell = Sheet.__table__, SheetRowRow.__table__, CellRow.__table__


class SoughtSheet(NamedTuple):
    """One worksheet in reach."""

    id: int
    kind: str
    unit_id: int
    title: str
    state: str


class SoughtCell(NamedTuple):
    """One cell that may hold the words."""

    sheet_id: int
    row_id: int
    section: str
    column: str
    value: str


def sheets_in_reach(by: Actor) -> tuple[SoughtSheet, ...]:
    """Return the worksheets that `by` may read, the newest first. One statement."""
    rows = store.execute(
        select(_sheet.c.id, _sheet.c.kind, _sheet.c.unit_id, _sheet.c.title, _sheet.c.state)
        .where(_sheet.c.deleted_at.is_(None), _sheet.c.unit_id.in_(reach(by, Permission.SHEET_READ)))
        .order_by(_sheet.c.id.desc())
    )
    return tuple(SoughtSheet(*row) for row in rows)


def cells_sought(words: Sought, *, by: Actor) -> Iterator[SoughtCell]:
    """Return cells that may hold one of the words, of worksheets that `by` may read. One statement."""
    rows = store.execute(
        select(_row.c.sheet_id, _cell.c.row_id, _row.c.section, _cell.c.column, _cell.c.value)
        .join(_row, _row.c.id == _cell.c.row_id)
        .join(_sheet, _sheet.c.id == _row.c.sheet_id)
        .where(
            _sheet.c.deleted_at.is_(None),
            _sheet.c.unit_id.in_(reach(by, Permission.SHEET_READ)),
            _row.c.gone_seq.is_(None),
            may_hold(words, _cell.c.value),
        )
        .order_by(_row.c.sheet_id, _row.c.position, _cell.c.row_id, _cell.c.column)
    )
    return (SoughtCell(*row) for row in rows)
