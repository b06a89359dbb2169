"""The last results of many series, each with its day and what the chart says of it: what an effect is read from."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_

from qitracker.foundation.db import store
from qitracker.foundation.periods import period_end, shift_period
from qitracker.measures.queries import Measured, measures
from qitracker.measures.rules import Frequency
from qitracker.results.keys import SeriesKey, day_of
from qitracker.results.models import point, status
from qitracker.results.status import READINGS
from qitracker.spc.analysis import Reading

_LINES = (status.c.centre, status.c.lower, status.c.upper)
UNEVEN = (Frequency.EVENT, Frequency.DAY)  # their periods cannot be counted back


@dataclass(frozen=True)
class Mark:
    """One result: the first day of its period, its value, and what the chart says of it."""

    start: date
    value: float | None
    reading: Reading


@dataclass(frozen=True)
class Followed:
    """The last results of one series, at most 24, with its measure and its lines; oldest first."""

    measured: Measured
    marks: tuple[Mark, ...]
    centre: float | None
    lower: float | None
    upper: float | None

    @property
    def values(self) -> tuple[float | None, ...]:
        """Return the values, to draw."""
        return tuple(mark.value for mark in self.marks)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Return what the chart says of each."""
        return tuple(mark.reading for mark in self.marks)


def followed(keys: Collection[SeriesKey]) -> dict[SeriesKey, Followed]:
    """Return the last results of these series; without those that hold none. Asks no rights. Three statements."""
    columns = (status.c.unit_id, status.c.measure_id, status.c.stratum_id)
    wanted = sorted({(key.unit_id, key.measure_id, key.stratum_id) for key in keys})
    rows = store.execute(
        select(*columns, status.c.spark, status.c.last_start, status.c.open_until, *_LINES).where(
            tuple_(*columns).in_(wanted), status.c.points > 0
        )
    ).all()
    known = measures({key.measure_id for key in keys})
    uneven = _starts_of_uneven(keys, known)
    found = {}
    for row in rows:
        key, measured = SeriesKey(row.unit_id, row.measure_id, row.stratum_id), known[row.measure_id]
        starts = _starts(len(row.spark), day_of(row.last_start), measured, uneven.get(key, []))
        marks = tuple(
            Mark(start, value, READINGS[code])
            for start, (value, code) in zip(starts, row.spark, strict=True)
            if row.open_until is None or period_end(start, measured.definition.frequency).toordinal() < row.open_until
        )
        found[key] = Followed(measured, marks, row.centre, row.lower, row.upper)
    return found


def _starts(count: int, last: date, measured: Measured, stored: list[date]) -> list[date]:
    if len(stored) >= count and stored[-count:]:
        return stored[-count:]
    return [shift_period(last, measured.definition.frequency, at - count + 1) for at in range(count)]


def _starts_of_uneven(keys: Collection[SeriesKey], known: Mapping[int, Measured]) -> dict[SeriesKey, list[date]]:
    """Return the days of series whose periods do not follow each other evenly."""
    wanted = sorted(
        (key.unit_id, key.measure_id, key.stratum_id)
        for key in set(keys)
        if known[key.measure_id].definition.frequency in UNEVEN
    )
    columns = (point.c.unit_id, point.c.measure_id, point.c.stratum_id)
    rows = store.execute(select(*columns, point.c.start).where(tuple_(*columns).in_(wanted)).order_by(point.c.start))
    found: dict[SeriesKey, list[date]] = defaultdict(list)
    for unit_id, measure_id, stratum_id, start in rows:
        found[SeriesKey(unit_id, measure_id, stratum_id)].append(day_of(start))
    return found
