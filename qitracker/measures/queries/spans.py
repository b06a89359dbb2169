"""Which units collect a measure, and since when: what a parent's sum is held against."""

from collections import defaultdict
from collections.abc import Collection as Many
from datetime import date

from sqlalchemy import select

from qitracker.foundation.db import store
from qitracker.measures.models import Collection
from qitracker.people.queries.closure import closure

Span = tuple[date, date | None]
FEW = 50  # units that a statement names; of more, all are read and the others left out: naming 1,000 takes longer


def collecting_below(measure_id: int, above_ids: Many[int]) -> dict[int, list[Span]]:
    """Return for each of these units the spans in which units below it collect the measure. One statement."""
    tree = closure()
    query = (
        select(tree.c.above_id, Collection.begins, Collection.ends)
        .join(tree, (tree.c.unit_id == Collection.unit_id) & (tree.c.distance > 0))
        .where(Collection.measure_id == measure_id)
    )
    if len(above_ids) <= FEW:
        query = query.where(tree.c.above_id.in_(sorted(above_ids)))
    wanted = set(above_ids)
    found: dict[int, list[Span]] = defaultdict(list)
    for above_id, begins, ends in store.execute(query):
        if above_id in wanted:
            found[above_id].append((begins, ends))
    return dict(found)


def collecting_units(measure_id: int, unit_ids: Many[int]) -> dict[int, Span]:
    """Return those of these units that collect the measure themselves. One statement."""
    rows = store.execute(
        select(Collection.unit_id, Collection.begins, Collection.ends).where(
            Collection.measure_id == measure_id, Collection.unit_id.in_(sorted(unit_ids))
        )
    )
    return {unit_id: (begins, ends) for unit_id, begins, ends in rows}


def expected_at(spans: Many[Span], first: date, last: date) -> int:
    """Return how many of the spans touch the period from `first` to `last`."""
    return sum(begins <= last and (ends is None or ends >= first) for begins, ends in spans)
