"""Every series that units collect themselves, in one light row each with where it stands today."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import JSON, and_, case, func, or_, select, type_coerce

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.measures.queries import Collecting, Measured, collections, measures
from qitracker.people.queries import reach
from qitracker.results.keys import SeriesKey, day_of
from qitracker.results.models import Exclusion, status
from qitracker.results.queries.board_rows import main_series
from qitracker.results.standing import Standing, is_current, is_early, standing
from qitracker.results.status import READINGS
from qitracker.spc.wording.glance import LOOKED_BACK_ON

_EXCLUDED = (
    select(func.count())
    .where(
        Exclusion.unit_id == status.c.unit_id,
        Exclusion.measure_id == status.c.measure_id,
        Exclusion.stratum_id == status.c.stratum_id,
    )
    .correlate(status)
    .scalar_subquery()
)
_MAY_BE_EARLY = or_(status.c.points < LOOKED_BACK_ON, status.c.upper.is_(None))  # only then the values are counted
_LIGHT = (
    status.c.unit_id,
    status.c.measure_id,
    status.c.stratum_id,
    status.c.points,
    status.c.reading,
    status.c.signal_since,
    status.c.last_start,
    status.c.upper,
    status.c.open_until,
    type_coerce(case((_MAY_BE_EARLY, status.c.spark)), JSON).label("spark"),
    case((_MAY_BE_EARLY, _EXCLUDED), else_=0).label("excluded"),
)


@dataclass(frozen=True)
class OwnSeries:
    """One series that a unit collects itself: the total of a measure, or its first stratum."""

    unit_id: int
    measured: Measured
    stratum_id: int
    points: int
    stands: Standing
    signal_since: int
    last: date

    @property
    def key(self) -> SeriesKey:
        """Return which series it is."""
        return SeriesKey(self.unit_id, self.measured.id, self.stratum_id)


def own_series(by: Actor, today: date) -> list[OwnSeries]:
    """Return the series of all units that `by` reaches. Three statements, however many there are."""
    collecting = collections(by, on=today, permission=Permission.RESULT_READ)
    known = measures(one.measure_id for one in collecting)
    return series_of(collecting, known, today, status.c.unit_id.in_(reach(by, Permission.RESULT_READ)))


def series_in(
    unit_ids: Collection[int], collecting: Iterable[Collecting], known: Mapping[int, Measured], today: date
) -> list[OwnSeries]:
    """Return the series of these units, of which the reader has seen to the rights. One statement."""
    return series_of(collecting, known, today, status.c.unit_id.in_(sorted(unit_ids)))


def series_of(
    collecting: Iterable[Collecting], known: Mapping[int, Measured], today: date, within: Any
) -> list[OwnSeries]:
    """Return one row for each measure in use that a unit collects itself: the total, else the first stratum."""
    pairs = {(one.unit_id, one.measure_id) for one in collecting if _is_kept(one, known[one.measure_id], today)}
    rows = store.execute(
        select(*_LIGHT).where(and_(within, status.c.points > 0)).order_by(status.c.unit_id, status.c.measure_id)
    )
    chosen = main_series(row for row in rows if (row.unit_id, row.measure_id) in pairs)
    return [_standing(row, known[row.measure_id], today) for row in chosen]


def _is_kept(one: Collecting, measured: Measured, today: date) -> bool:
    return measured.retired_on is None and one.begins <= today and (one.ends is None or one.ends >= today)


def _standing(row: Any, measured: Measured, today: date) -> OwnSeries:
    definition, last = measured.definition, day_of(row.last_start)
    counted = sum(value is not None for value, _ in row.spark or ()) - row.excluded - (row.open_until is not None)
    early = row.spark is not None and is_early(
        counted, points=row.points, chart=definition.chart, has_limits=row.upper is not None
    )
    return OwnSeries(
        unit_id=row.unit_id,
        measured=measured,
        stratum_id=row.stratum_id,
        points=row.points,
        stands=standing(
            READINGS[row.reading],
            early=early,
            current=is_current(last, definition.frequency, definition.due_days, today=today),
        ),
        signal_since=row.signal_since or 0,
        last=last,
    )
