"""What results tell the measures below them: how far they go, and to be refreshed when a meaning changes."""

from datetime import date

from sqlalchemy import func, select

from qitracker.foundation.db import store
from qitracker.measures.commands.hooks import answers_last_recorded, on_definition_changed
from qitracker.results.commands.refresh import refresh_status
from qitracker.results.keys import SeriesKey, day_of
from qitracker.results.models import point


@on_definition_changed
def refresh_measure(measure_id: int) -> None:
    """Refresh every series of a measure, inside the transaction that changed its definition."""
    rows = store.execute(
        select(point.c.unit_id, point.c.stratum_id).where(point.c.measure_id == measure_id).distinct()
    )
    refresh_status(SeriesKey(unit_id, measure_id, stratum_id) for unit_id, stratum_id in rows)


@answers_last_recorded
def last_recorded(measure_id: int, version: int) -> date | None:
    """Return the first day of the last period recorded under a version of the definition."""
    last = store.scalar(
        select(func.max(point.c.start)).where(point.c.measure_id == measure_id, point.c.definition == version)
    )
    return None if last is None else day_of(last)
