"""What changed in the units a person reaches: the signals, worse first, and how many charts show none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select, tuple_

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.measures.queries import collections, measures
from qitracker.people.queries import facts_of, places, reach
from qitracker.results.models import status
from qitracker.results.queries.board_rows import STATUS_COLUMNS, BoardRow, board_rows
from qitracker.results.status import READINGS
from qitracker.spc.analysis import Reading
from qitracker.spc.lines import MINIMUM

ORDER: Final = (Reading.WORSE, Reading.CHANGED, Reading.BETTER)
_LIGHT = (
    status.c.unit_id,
    status.c.measure_id,
    status.c.stratum_id,
    status.c.points,
    status.c.reading,
    status.c.signal_since,
    status.c.last_start,
)


@dataclass(frozen=True)
class Change:
    """One chart that shows a signal now, and the address of its unit."""

    row: BoardRow
    unit_slug: str


@dataclass(frozen=True)
class Changes:
    """What the charts of all units in reach say, each unit against itself."""

    shown: tuple[Change, ...]
    worse: int
    better: int
    changed: int
    usual: int
    early: int
    most_points: int  # of the longest series; 0 where nothing is recorded
    units: int
    data_up_to: date | None

    @property
    def charts(self) -> int:
        """Return how many charts there are."""
        return self.worse + self.better + self.changed + self.usual + self.early

    @property
    def signals(self) -> int:
        """Return how many of them show a signal."""
        return self.worse + self.better + self.changed


def changes(*, by: Actor, today: date, most: int = 8) -> Changes:
    """Return the signals in the units that `by` reaches, and the counts. Thirteen statements, whatever the number.

    Parents are left out: their units speak for themselves, and a sum may hide them.
    """
    light = _own_series(by, today)
    counts = Counter(READINGS[row.reading] if row.points >= MINIMUM else None for row in light)
    wanted = sorted((row for row in light if row.points >= MINIMUM and row.reading != "u"), key=_by_weight)[:most]
    last = max((row.last_start for row in light if row.last_start), default=None)
    return Changes(
        shown=_shown(wanted, today),
        worse=counts[Reading.WORSE],
        better=counts[Reading.BETTER],
        changed=counts[Reading.CHANGED],
        usual=counts[Reading.USUAL],
        early=counts[None],
        most_points=max((row.points for row in light), default=0),
        units=len({row.unit_id for row in light}),
        data_up_to=date.fromordinal(last) if last else None,
    )


def _own_series(by: Actor, today: date) -> list[Any]:
    """Return one light row for each measure that a unit collects itself: the total, else the first stratum."""
    collecting = collections(by, on=today, permission=Permission.RESULT_READ)
    known = measures(one.measure_id for one in collecting)
    pairs = {(one.unit_id, one.measure_id) for one in collecting if known[one.measure_id].retired_on is None}
    rows = store.execute(
        select(*_LIGHT)
        .where(status.c.unit_id.in_(reach(by, Permission.RESULT_READ)), status.c.points > 0)
        .order_by(status.c.unit_id, status.c.measure_id, status.c.stratum_id.desc())
    )
    return list({(row.unit_id, row.measure_id): row for row in rows if (row.unit_id, row.measure_id) in pairs}.values())


def _by_weight(row: Any) -> tuple[int, int, int, int]:
    """Sort worse first, then what began last."""
    return ORDER.index(READINGS[row.reading]), -(row.signal_since or 0), row.unit_id, row.measure_id


def _shown(wanted: Sequence[Any], today: date) -> tuple[Change, ...]:
    keys = [(row.unit_id, row.measure_id, row.stratum_id) for row in wanted]
    columns = (status.c.unit_id, status.c.measure_id, status.c.stratum_id)
    rows = store.execute(select(*STATUS_COLUMNS).where(tuple_(*columns).in_(keys))).all()
    where = places(row.unit_id for row in rows)
    slugs = {key: unit.slug for key, unit in facts_of(where).items()}
    by_key = {
        (row.unit_id, row.measure_id, row.stratum_id): made
        for row, made in zip(rows, board_rows(rows, where, today=today), strict=True)
    }
    return tuple(Change(by_key[key], slugs[key[0]]) for key in keys)
