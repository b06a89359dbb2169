"""What results do when something below them changes: a meaning, the tree; and what they answer: how far they go."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from qitracker.foundation.db import store
from qitracker.measures.commands.hooks import answers_last_recorded, answers_unit_to_open, on_definition_changed
from qitracker.people.commands.hooks import answers_recorded_after, on_unit_moved
from qitracker.people.queries.closure import closure
from qitracker.results.commands.refresh import refresh_status
from qitracker.results.keys import SeriesKey, day_of
from qitracker.results.models import point
from qitracker.results.queries.held import unit_to_open

answers_unit_to_open(unit_to_open)


@on_definition_changed
def refresh_measure(measure_id: int) -> None:
    """Refresh every series of a measure, inside the transaction that changed its definition."""
    rows = store.execute(select(point.c.unit_id, point.c.stratum_id).where(point.c.measure_id == measure_id).distinct())
    refresh_status(SeriesKey(unit_id, measure_id, stratum_id) for unit_id, stratum_id in rows)


@on_unit_moved
def sum_anew(unit_id: int, left: Sequence[int]) -> None:
    """Sum anew what moved with a unit: for those above it now, and for those it has `left`."""
    moved = _series_below([unit_id])
    parts = {(key.measure_id, key.stratum_id) for key in moved}
    refresh_status(moved | {SeriesKey(above, *part) for above in left for part in parts})


def _series_below(unit_ids: Sequence[int]) -> set[SeriesKey]:
    tree = closure()
    rows = store.execute(
        select(point.c.unit_id, point.c.measure_id, point.c.stratum_id)
        .join(tree, tree.c.unit_id == point.c.unit_id)
        .where(tree.c.above_id.in_(unit_ids))
        .distinct()
    )
    return {SeriesKey(*row) for row in rows}


@answers_last_recorded
def last_recorded(measure_id: int, version: int) -> date | None:
    """Return the first day of the last period recorded under a version of the definition."""
    last = store.scalar(
        select(func.max(point.c.start)).where(point.c.measure_id == measure_id, point.c.definition == version)
    )
    return None if last is None else day_of(last)


@answers_recorded_after
def recorded_after(unit_ids: Sequence[int], day: date) -> int:
    """Return how many results of these units belong to periods that begin after that day."""
    later = (
        select(func.count()).select_from(point).where(point.c.unit_id.in_(unit_ids), point.c.start > day.toordinal())
    )
    return store.scalar(later) or 0
