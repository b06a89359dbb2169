"""Stored rows of series: a unit's own, or summed from the units below a parent."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select

from qitracker.foundation.db import store
from qitracker.foundation.periods import period_end
from qitracker.measures.queries.spans import Span, expected_in
from qitracker.measures.rules import Definition, rolls_up
from qitracker.people.queries.closure import closure
from qitracker.results.keys import SeriesKey, day_of
from qitracker.results.models import STATES, point
from qitracker.results.rollup import Total
from qitracker.results.series import Row, roll_up_rows

AT_ONCE = 400
_COLUMNS = (
    point.c.unit_id,
    point.c.stratum_id,
    point.c.start,
    point.c.state,
    point.c.numerator,
    point.c.denominator,
    point.c.n,
)
OWN = (
    select(*_COLUMNS)
    .where(point.c.measure_id == bindparam("measure_id"), point.c.unit_id.in_(bindparam("unit_ids", expanding=True)))
    .order_by(point.c.unit_id, point.c.stratum_id, point.c.start)
)
RECORDERS = (
    select(point.c.stratum_id, point.c.unit_id)
    .where(point.c.measure_id == bindparam("measure_id"), point.c.unit_id.in_(bindparam("unit_ids", expanding=True)))
    .where(point.c.stratum_id != 0)
    .distinct()
)


@dataclass(frozen=True)
class Stored:
    """The rows of one series in time order; of a parent also how complete each period is."""

    rows: tuple[Row, ...] = ()
    totals: dict[date, Total] = field(default_factory=dict)
    units_below: int = 0  # units below a parent that collect what is summed; 0 for one that collects it itself


def own_rows(measure_id: int, unit_ids: Collection[int]) -> dict[SeriesKey, tuple[Row, ...]]:
    """Return the rows these units recorded themselves, by series. One statement per 400 units."""
    found: dict[SeriesKey, list[Row]] = defaultdict(list)
    for some in _portions(unit_ids):
        rows = store.execute(OWN, {"measure_id": measure_id, "unit_ids": some})
        for unit_id, stratum_id, start, state, numerator, denominator, n in rows:
            found[SeriesKey(unit_id, measure_id, stratum_id)].append(
                Row(day_of(start), STATES[state], numerator, denominator, n)
            )
    return {key: tuple(rows) for key, rows in found.items()}


def raw_rows(measure_id: int, unit_ids: Collection[int]) -> list[Sequence[Any]]:
    """Return the rows of these units as stored, for work on thousands of series. One statement per 400 units."""
    columns = (
        point.c.unit_id,
        point.c.stratum_id,
        point.c.start,
        point.c.state,
        point.c.numerator,
        point.c.denominator,
    )
    found: list[Sequence[Any]] = []
    for some in _portions(unit_ids):
        found += store.execute(
            select(*columns)
            .where(point.c.measure_id == measure_id, point.c.unit_id.in_(some))
            .order_by(point.c.unit_id, point.c.stratum_id, point.c.start)
        ).all()
    return found


def count_rows(measure_id: int, unit_ids: Collection[int]) -> int:
    """Return how many rows these units recorded themselves. One statement per 400 units."""
    return sum(
        store.scalar(
            select(func.count()).select_from(point).where(point.c.measure_id == measure_id, point.c.unit_id.in_(some))
        )
        or 0
        for some in _portions(unit_ids)
    )


def rolled_rows(
    measure_id: int, parents: Mapping[int, Sequence[Span]], definition: Definition
) -> dict[SeriesKey, Stored]:
    """Return the sums of what lies below these parents, by series.

    `parents` gives for each unit id the spans in which units below it collect the measure. What does
    not add up (a median) gives nothing. A total awaits all of them; a part only those that have ever recorded it, as
    not every unit has patients of every kind. One statement per 400 parents, and per 400 units
    below them where there are parts.
    """
    if not rolls_up(definition.scoring):
        return {}
    grouped: dict[SeriesKey, list[Row]] = defaultdict(list)
    tree = closure()
    for some in _portions(parents):
        rows = store.execute(
            select(
                tree.c.above_id,
                point.c.stratum_id,
                point.c.start,
                point.c.state,
                func.sum(point.c.numerator),
                func.sum(point.c.denominator),
                func.sum(point.c.n),
                func.count(),
            )
            .select_from(tree)  # first the few units, then their rows: an inner join begins with all rows on SQLite
            .outerjoin(point, (point.c.unit_id == tree.c.unit_id) & (point.c.measure_id == measure_id))
            .where(tree.c.above_id.in_(some), tree.c.distance > 0)
            .group_by(tree.c.above_id, point.c.stratum_id, point.c.start, point.c.state)
        )
        for above_id, stratum_id, start, state, numerator, denominator, n, units in rows:
            if start is None:  # units without any row
                continue
            grouped[SeriesKey(above_id, measure_id, stratum_id)].append(
                Row(day_of(start), STATES[state], numerator, denominator, n, units)
            )
    below = {span.unit_id for key in grouped if key.stratum_id for span in parents[key.unit_id]}
    recorders = _recorders(measure_id, below)
    found = {}
    for key, held in grouped.items():
        spans = _awaited(parents[key.unit_id], key.stratum_id, recorders)
        count = expected_in(spans)
        summed, totals = roll_up_rows(
            held,
            expected=lambda start, count=count: count(start, period_end(start, definition.frequency)),
            scoring=definition.scoring,
        )
        found[key] = Stored(tuple(summed), totals, len(spans))
    return found


def _recorders(measure_id: int, unit_ids: Collection[int]) -> Mapping[int, Collection[int]]:
    """Return for each part of a measure those of the units that have ever recorded it. One statement per 400 units."""
    found: dict[int, set[int]] = defaultdict(set)
    for some in _portions(unit_ids):
        for stratum_id, unit_id in store.execute(RECORDERS, {"measure_id": measure_id, "unit_ids": some}):
            found[stratum_id].add(unit_id)
    return found


def _awaited(spans: Sequence[Span], stratum_id: int, recorders: Mapping[int, Collection[int]]) -> Sequence[Span]:
    if not stratum_id:
        return spans
    return [span for span in spans if span.unit_id in recorders[stratum_id]]


def _portions(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for first in range(0, len(ordered), AT_ONCE):
        yield ordered[first : first + AT_ONCE]
