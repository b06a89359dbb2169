"""Which series of a unit hold results, and from when to when."""

from datetime import date

from sqlalchemy import bindparam, select

from qitracker.foundation.db import store
from qitracker.people.queries.closure import closure
from qitracker.results.keys import day_of
from qitracker.results.models import point, status

_tree = closure()
EARLIEST = (
    select(point.c.start)
    .where(
        point.c.measure_id == status.c.measure_id,
        point.c.stratum_id == status.c.stratum_id,
        point.c.unit_id.in_(select(_tree.c.unit_id).where(_tree.c.above_id == bindparam("unit_id"))),
    )
    .order_by(point.c.start)
    .limit(1)
    .scalar_subquery()
)
HELD = select(status.c.measure_id, status.c.stratum_id, EARLIEST, status.c.last_start).where(
    status.c.unit_id == bindparam("unit_id"), status.c.points > 0
)


def held_in(unit_id: int) -> dict[tuple[int, int], tuple[date, date]]:
    """Return the first day of the earliest and of the latest period of each series, by measure and stratum.

    A parent holds what lies below it. One statement.
    """
    return {
        (measure_id, stratum_id): (day_of(first), day_of(last))
        for measure_id, stratum_id, first, last in store.execute(HELD, {"unit_id": unit_id})
        if first is not None and last is not None
    }
