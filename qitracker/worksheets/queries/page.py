"""One worksheet as a page shows it, in a fixed number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.people.queries import known_place
from qitracker.worksheets.kinds import KINDS
from qitracker.worksheets.models import CellRow, Presence, Sheet, SheetMember, SheetRowRow
from qitracker.worksheets.rules.scales import Scale, scale
from qitracker.worksheets.rules.states import SheetState
from qitracker.worksheets.sheet_kind import Cell, SheetKind, SheetRow

HERE_FOR = timedelta(seconds=40)
NO_SUCH_SHEET = say("There is no such worksheet, or it belongs to a unit you do not reach.")
GONE = say("Somebody deleted this worksheet meanwhile. What you typed is still in this page: copy it before you leave.")

_row, _cell = SheetRowRow.__table__, CellRow.__table__
ROWS = (
    select(_row.c.id, _row.c.section, _row.c.parent_id, _row.c.position, _row.c.changed_seq)
    .where(_row.c.sheet_id == bindparam("sheet_id"), _row.c.gone_seq.is_(None))
    .order_by(_row.c.position, _row.c.id)
)
CELLS = (
    select(_cell.c.row_id, _cell.c.column, _cell.c.value, _cell.c.version)
    .join(_row, _row.c.id == _cell.c.row_id)
    .where(_row.c.sheet_id == bindparam("sheet_id"), _row.c.gone_seq.is_(None))
)


@dataclass(frozen=True)
class TeamMember:
    """One person of the team."""

    user_id: int
    name: str
    discipline: str
    leads: bool


@dataclass(frozen=True)
class Here:
    """Somebody who has the sheet open, and the cell they are in."""

    user_id: int
    name: str
    row_id: int | None
    column: str
    at: datetime


@dataclass(frozen=True)
class SheetPage:
    """Everything a page of one worksheet may use."""

    id: int
    kind: SheetKind
    place: Place
    title: str
    state: SheetState
    version: int
    sequence: int
    scale: Scale | None
    made_at: datetime
    made_by: str
    rows: tuple[SheetRow, ...]
    team: tuple[TeamMember, ...]
    here: tuple[Here, ...]
    may_edit: bool
    may_manage: bool

    @property
    def is_open(self) -> bool:
        """Say whether anything can be changed."""
        return self.state is not SheetState.CLOSED


def sheet_page(*, by: Actor, sheet_id: int) -> SheetPage:
    """Return one worksheet. Six statements. Raises NotFound, NotAllowed."""
    row = store.execute(select(Sheet).where(Sheet.id == sheet_id)).scalars().first()
    if row is None:
        raise NotFound(NO_SUCH_SHEET)
    place = known_place(row.unit_id, by=by, otherwise=NO_SUCH_SHEET)
    by.must(Permission.SHEET_READ, on=place)
    if row.deleted_at is not None:
        raise NotFound(GONE)
    return SheetPage(
        id=row.id,
        kind=KINDS.get(row.kind),
        place=place,
        title=row.title,
        state=SheetState(row.state),
        version=row.version,
        sequence=row.sequence,
        scale=scale(row.scale, row.scale_version) if row.scale else None,
        made_at=row.made_at,
        made_by=row.made_by_name,
        rows=rows_of(sheet_id),
        team=_team(sheet_id),
        here=people_here(sheet_id),
        may_edit=by.may(Permission.SHEET_EDIT, on=place),
        may_manage=by.may(Permission.SHEET_MANAGE, on=place),
    )


def rows_of(sheet_id: int) -> tuple[SheetRow, ...]:
    """Return the rows of a sheet that stand, with their cells. Asks no rights. Two statements."""
    values = {"sheet_id": sheet_id}
    rows = store.execute(ROWS, values).all()
    return with_cells(rows, store.execute(CELLS, values))


def with_cells(rows: Iterable[tuple[Any, ...]], cells: Iterable[tuple[int, str, str, int]]) -> tuple[SheetRow, ...]:
    """Return rows (id, section, parent, position, maybe last change) with their cells (row, column, value, version)."""
    held: dict[int, dict[str, Cell]] = {}
    for row_id, column, value, version in cells:
        held.setdefault(row_id, {})[column] = Cell(value, version)
    return tuple(SheetRow(*row[:4], held.get(row[0], {}), *row[4:]) for row in rows)


def people_here(sheet_id: int) -> tuple[Here, ...]:
    """Return who has the sheet open. One statement."""
    rows = store.execute(
        select(Presence.user_id, Presence.name, Presence.row_id, Presence.column, Presence.at)
        .where(Presence.sheet_id == sheet_id, Presence.at > clock.now() - HERE_FOR)
        .order_by(Presence.name)
    )
    return tuple(Here(*row) for row in rows)


def _team(sheet_id: int) -> tuple[TeamMember, ...]:
    rows = store.execute(
        select(SheetMember.user_id, SheetMember.name, SheetMember.discipline, SheetMember.leads)
        .where(SheetMember.sheet_id == sheet_id)
        .order_by(SheetMember.leads.desc(), SheetMember.name)
    )
    return tuple(TeamMember(*row) for row in rows)
