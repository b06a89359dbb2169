"""Which units collect a measure, and since when: what a parent's sum is held against."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable
from collections.abc import Collection as Many
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select

from qitracker.foundation.db import store
from qitracker.measures.models import Collection
from qitracker.people.queries.closure import closure

FEW = 50  # units that a statement names; of more, all are read and the others left out: naming 1,000 takes longer


class Span(NamedTuple):
    """A unit collects a measure from `begins` to `ends`; None: it goes on."""

    unit_id: int
    begins: date
    ends: date | None


_collection, _tree = Collection.__table__, closure()
BELOW = (
    select(_tree.c.above_id, _collection.c.unit_id, _collection.c.begins, _collection.c.ends)
    .join(_tree, (_tree.c.unit_id == _collection.c.unit_id) & (_tree.c.distance > 0))
    .where(_collection.c.measure_id == bindparam("measure_id"))
)
BELOW_THESE = BELOW.where(_tree.c.above_id.in_(bindparam("above_ids", expanding=True)))
THEMSELVES = select(_collection.c.unit_id, _collection.c.begins, _collection.c.ends).where(
    _collection.c.measure_id == bindparam("measure_id"),
    _collection.c.unit_id.in_(bindparam("unit_ids", expanding=True)),
)


def collecting_below(measure_id: int, above_ids: Many[int]) -> dict[int, list[Span]]:
    """Return for each of these units the spans in which units below it collect the measure. One statement."""
    named = len(above_ids) <= FEW
    values = {"measure_id": measure_id} | ({"above_ids": sorted(above_ids)} if named else {})
    wanted = set(above_ids)
    found: dict[int, list[Span]] = defaultdict(list)
    for above_id, unit_id, begins, ends in store.execute(BELOW_THESE if named else BELOW, values):
        if above_id in wanted:
            found[above_id].append(Span(unit_id, begins, ends))
    return dict(found)


def collecting_units(measure_id: int, unit_ids: Many[int]) -> dict[int, Span]:
    """Return those of these units that collect the measure themselves. One statement."""
    rows = store.execute(THEMSELVES, {"measure_id": measure_id, "unit_ids": sorted(unit_ids)})
    return {unit_id: Span(unit_id, begins, ends) for unit_id, begins, ends in rows}


def expected_in(spans: Many[Span]) -> Callable[[date, date], int]:
    """Return what says how many of the spans touch the period from a first to a last day.

    Those that have begun by its end, less those that were over before it: spans are many, and asked of each period.
    """
    begins = sorted(span.begins for span in spans)
    ends = sorted(span.ends for span in spans if span.ends is not None)
    return lambda first, last: bisect_right(begins, last) - bisect_left(ends, first)
