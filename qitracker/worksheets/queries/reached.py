"""Worksheets with their causes and teams, many at once: for threads, and for what waits for a person."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, cast, select

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.people.queries import places, reach
from qitracker.worksheets.causes import Cause, causes_in
from qitracker.worksheets.kinds import KINDS
from qitracker.worksheets.models import CellRow, Sheet, SheetMember, SheetRowRow
from qitracker.worksheets.queries.page import with_cells
from qitracker.worksheets.rules.scales import Scale, scale
from qitracker.worksheets.rules.states import SheetState
from qitracker.worksheets.sheet_kind import SheetKind, SheetRow


@dataclass(frozen=True)
class SheetFacts:
    """One worksheet in short, with the people of its team: (id, name), who leads first."""

    id: int
    kind: SheetKind
    title: str
    state: SheetState
    unit: Place
    made_at: datetime
    team: tuple[tuple[int, str], ...]
    scale: Scale | None = None

    def has(self, user_id: int | None) -> bool:
        """Say whether a person is in the team."""
        return any(member == user_id for member, _ in self.team)


def reached_sheets(by: Actor, ids: Collection[int] | None = None) -> tuple[SheetFacts, ...]:
    """Return those of these worksheets (all, where none are named) that `by` may read. Three statements."""
    wanted = [Sheet.deleted_at.is_(None), Sheet.unit_id.in_(reach(by, Permission.SHEET_READ))]
    if ids is not None:
        wanted.append(Sheet.id.in_(sorted(set(ids))))
    rows = store.execute(
        select(
            Sheet.id,
            Sheet.kind,
            Sheet.title,
            Sheet.state,
            Sheet.unit_id,
            Sheet.made_at,
            Sheet.scale,
            Sheet.scale_version,
        )
        .where(*wanted)
        .order_by(Sheet.id)
    ).all()
    where = places(row.unit_id for row in rows)
    teams = _teams(wanted)
    return tuple(
        SheetFacts(
            id=row.id,
            kind=KINDS.get(row.kind),
            title=row.title,
            state=SheetState(row.state),
            unit=where[row.unit_id],
            made_at=row.made_at,
            team=tuple(teams[row.id]),
            scale=scale(row.scale, row.scale_version) if row.scale else None,
        )
        for row in rows
    )


def causes_of(sheets: Iterable[SheetFacts]) -> dict[int, tuple[Cause, ...]]:
    """Return the causes of these worksheets, by sheet. Asks no rights. Two statements."""
    kinds = {sheet.id: sheet.kind.code for sheet in sheets}
    return {key: causes_in(kinds[key], rows) for key, rows in rows_of_all(kinds).items()}


def rows_of_all(sheet_ids: Collection[int]) -> dict[int, tuple[SheetRow, ...]]:
    """Return the rows of these worksheets that stand, with their cells. Asks no rights. Two statements."""
    standing = (SheetRowRow.sheet_id.in_(sorted(sheet_ids)), SheetRowRow.gone_seq.is_(None))
    rows = store.execute(
        select(
            SheetRowRow.sheet_id, SheetRowRow.id, SheetRowRow.section, SheetRowRow.parent_id, SheetRowRow.position
        ).where(*standing)
    ).all()
    cells = store.execute(
        select(SheetRowRow.sheet_id, CellRow.row_id, CellRow.column, CellRow.value, CellRow.version)
        .join(SheetRowRow, SheetRowRow.id == CellRow.row_id)
        .where(*standing)
    ).all()
    rows_in: dict[int, list[tuple[int, str, int | None, int]]] = defaultdict(list)
    cells_in: dict[int, list[tuple[int, str, str, int]]] = defaultdict(list)
    for sheet_id, *row in rows:
        rows_in[sheet_id].append(tuple(row))
    for sheet_id, *cell in cells:
        cells_in[sheet_id].append(tuple(cell))
    return {key: with_cells(rows_in[key], cells_in[key]) for key in sheet_ids}


def row_names(sheet_ids: Collection[int]) -> Select[tuple[str]]:
    """Return the rows of these worksheets as links name them, to join to."""
    return select(cast(SheetRowRow.id, String)).where(
        SheetRowRow.sheet_id.in_(sorted(set(sheet_ids))), SheetRowRow.gone_seq.is_(None)
    )


def sheets_of_rows(row_ids: Collection[int]) -> dict[int, int]:
    """Return the worksheet of each of these rows that stand. Asks no rights. One statement."""
    rows = store.execute(
        select(SheetRowRow.id, SheetRowRow.sheet_id).where(
            SheetRowRow.id.in_(sorted(set(row_ids))), SheetRowRow.gone_seq.is_(None)
        )
    )
    return {row.id: row.sheet_id for row in rows}


def _teams(wanted: Collection[ColumnElement[bool]]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = store.execute(
        select(SheetMember.sheet_id, SheetMember.user_id, SheetMember.name)
        .join(Sheet, Sheet.id == SheetMember.sheet_id)
        .where(*wanted)
        .order_by(SheetMember.leads.desc(), SheetMember.name)
    )
    for row in rows:
        found[row.sheet_id].append((row.user_id, row.name))
    return found
