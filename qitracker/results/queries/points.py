"""Single points, as commands and the entry grid need them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from qitracker.foundation.db import store
from qitracker.measures.rules import Definition
from qitracker.results.keys import SeriesKey, day_number, day_of
from qitracker.results.models import STATES, PeriodState, point
from qitracker.results.queries.of_series import of_period, of_series
from qitracker.results.rules import Entry, displayed_value
from qitracker.spc.analysis import State


@dataclass(frozen=True)
class StoredPoint:
    """One point as it stands, with the version a correction must have seen."""

    start: date
    state: State
    numerator: float | None
    denominator: float | None
    n: float | None
    version: int
    batch_id: int

    def entry(self) -> Entry:
        """Return the point as an entry."""
        n = None if self.n is None else int(self.n)
        return Entry(self.start, self.state, self.numerator, self.denominator, n)


STORED = tuple(point.c[name] for name in ("start", "state", "numerator", "denominator", "n", "version", "batch_id"))


def as_stored(start: int, state: int, *rest: Any) -> StoredPoint:
    """Return the point that a row of the columns STORED holds."""
    return StoredPoint(day_of(start), STATES[state], *rest)


def stored_point(key: SeriesKey, start: date, *, to_change: bool = False) -> StoredPoint | None:
    """Return the point of that period, None where nothing is recorded. One statement.

    `to_change` keeps others from changing it until the transaction ends.
    """
    query = select(*STORED).where(of_period(point, key, start))
    row = store.execute(query.with_for_update() if to_change else query).first()
    return None if row is None else as_stored(*row)


def recent_values(key: SeriesKey, before: date, definition: Definition, count: int = 12) -> list[float | None]:
    """Return the last values before a period, oldest first, in display units. One statement."""
    rows = store.execute(
        select(point.c.start, point.c.state, point.c.numerator, point.c.denominator)
        .where(of_series(point, key), point.c.start < day_number(before))
        .order_by(point.c.start.desc())
        .limit(count)
    ).all()
    return [
        displayed_value(Entry(day_of(start), STATES[state], numerator, denominator), definition)
        for start, state, numerator, denominator in reversed(rows)
    ]


def period_state(unit_id: int, frequency: str, start: date) -> str:
    """Return how far the work on a period is: open, submitted, checked or locked. One statement."""
    wanted = select(PeriodState.state).where(
        PeriodState.unit_id == unit_id, PeriodState.frequency == frequency, PeriodState.start == day_number(start)
    )
    return store.scalar(wanted) or "open"
