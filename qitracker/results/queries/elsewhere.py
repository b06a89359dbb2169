"""In which units one measure has a chart too, as far as the reader may see it."""

from sqlalchemy import bindparam, select

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.people.queries.closure import closure
from qitracker.people.queries.with_above import FoundUnit, with_all_above
from qitracker.results.models import status

_read = closure("read")
_reached = select(_read.c.unit_id).where(_read.c.above_id.in_(bindparam("roots", expanding=True)))
_SHOWN = select(status.c.unit_id).where(status.c.measure_id == bindparam("measure_id"), status.c.points > 0)
_PART = _SHOWN.where(status.c.stratum_id == bindparam("stratum_id"))
ALL, ALL_PARTS = with_all_above(_SHOWN), with_all_above(_PART)
REACHED = with_all_above(_SHOWN.where(status.c.unit_id.in_(_reached)))
REACHED_PARTS = with_all_above(_PART.where(status.c.unit_id.in_(_reached)))


def units_with_results(measure_id: int, *, by: Actor, stratum_id: int | None = None) -> tuple[FoundUnit, ...]:
    """Return the units with results of a measure, or of one part of it, and what stands above them. One statement."""
    values: dict[str, object] = {"measure_id": measure_id}
    if stratum_id is not None:
        values["stratum_id"] = stratum_id
    if by.is_system:
        statement = ALL if stratum_id is None else ALL_PARTS
    else:
        values["roots"] = by.units_granting(Permission.RESULT_READ)
        statement = REACHED if stratum_id is None else REACHED_PARTS
    return tuple(map(FoundUnit._make, store.execute(statement, values)))
