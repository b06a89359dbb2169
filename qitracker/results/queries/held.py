"""Which series of a unit hold results, from when to when; and in which unit a reader looks at a measure first."""

from datetime import date

from sqlalchemy import bindparam, func, select

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.people.queries import reach
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


def unit_to_open(by: Actor, measure_id: int) -> int | None:
    """Return the unit in which `by` looks at a measure first, None where `by` may see no result of it.

    That is their own unit, the nearest of several; else the topmost that holds results, where all are added up.
    One statement.
    """
    rows = store.execute(
        select(status.c.unit_id, func.count(_tree.c.above_id.distinct()))
        .join(_tree, _tree.c.unit_id == status.c.unit_id)
        .where(status.c.measure_id == measure_id, status.c.points > 0)
        .where(status.c.unit_id.in_(reach(by, Permission.RESULT_READ)))
        .group_by(status.c.unit_id)
    )
    depths = {unit_id: depth for unit_id, depth in rows}
    own = [unit_id for unit_id in by.units_granting(Permission.RESULT_READ) if unit_id in depths]
    if own:
        return max(own, key=lambda unit_id: (depths[unit_id], -unit_id))
    return min(depths, key=lambda unit_id: (depths[unit_id], unit_id), default=None)
