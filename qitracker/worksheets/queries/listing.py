"""The worksheets a person reaches, those at work first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, select

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.people.queries import places, reach
from qitracker.worksheets.kinds import KINDS
from qitracker.worksheets.models import Sheet
from qitracker.worksheets.rules.states import SheetState
from qitracker.worksheets.sheet_kind import SheetKind

_ORDER = {SheetState.ANALYSIS: 0, SheetState.REVIEW: 1, SheetState.DRAFT: 2, SheetState.CLOSED: 3}


@dataclass(frozen=True)
class SheetLine:
    """One worksheet in the list."""

    id: int
    kind: SheetKind
    title: str
    unit: str
    state: SheetState
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class SheetList:
    """The worksheets, and whether the reader may begin one somewhere."""

    lines: tuple[SheetLine, ...]
    may_make: bool

    @property
    def at_work(self) -> int:
        """Return how many are being filled in."""
        return sum(line.state is SheetState.ANALYSIS for line in self.lines)


def sheet_list(*, by: Actor, kind: str = "") -> SheetList:
    """Return the worksheets `by` may read, those at work first, then the newest. Two statements."""
    query = (
        select(Sheet.id, Sheet.kind, Sheet.unit_id, Sheet.title, Sheet.state, Sheet.made_by_name, Sheet.made_at)
        .where(Sheet.deleted_at.is_(None), Sheet.unit_id.in_(reach(by, Permission.SHEET_READ)))
        .order_by(case(_ORDER, value=Sheet.state), Sheet.id.desc())
    )
    rows = store.execute(query.where(Sheet.kind == kind) if kind else query).all()
    named = places(row.unit_id for row in rows)
    return SheetList(
        lines=tuple(
            SheetLine(
                row.id,
                KINDS.get(row.kind),
                row.title,
                named[row.unit_id].name,
                SheetState(row.state),
                row.made_by_name,
                row.made_at,
            )
            for row in rows
        ),
        may_make=by.may_anywhere(Permission.SHEET_MANAGE),
    )
