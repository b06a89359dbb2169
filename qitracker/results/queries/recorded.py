"""What stands recorded already, for thousands of points at once: what an import holds its rows against."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import select

from qitracker.foundation.db import store
from qitracker.results.models import PeriodState, point

AT_ONCE = 400


class Held(NamedTuple):
    """One recorded point: its state as a code, its numbers, and the version a correction must have seen."""

    state: int
    numerator: float | None
    denominator: float | None
    n: float | None
    version: int
    batch_id: int


PointAt = tuple[int, int, int]  # unit, stratum, day number of the start


def recorded(measure_id: int, unit_ids: Collection[int]) -> dict[PointAt, Held]:
    """Return all points of a measure in these units. One statement per 400 units."""
    found: dict[PointAt, Held] = {}
    columns = (point.c.unit_id, point.c.stratum_id, point.c.start)
    held = tuple(point.c[name] for name in Held._fields)
    for some in _portions(unit_ids):
        rows = store.execute(select(*columns, *held).where(point.c.measure_id == measure_id, point.c.unit_id.in_(some)))
        found.update({(row[0], row[1], row[2]): Held(*row[3:]) for row in rows})
    return found


def closed_periods(frequency: str, unit_ids: Collection[int]) -> dict[tuple[int, int], str]:
    """Return by (unit, day number of the start) the periods that are submitted, checked or locked.

    One statement per 400 units.
    """
    found: dict[tuple[int, int], str] = {}
    for some in _portions(unit_ids):
        rows = store.execute(
            select(PeriodState.unit_id, PeriodState.start, PeriodState.state).where(
                PeriodState.frequency == frequency, PeriodState.state != "open", PeriodState.unit_id.in_(some)
            )
        )
        found.update({(unit_id, start): state for unit_id, start, state in rows})
    return found


def _portions(ids: Collection[int]) -> Iterator[list[Any]]:
    ordered = sorted(ids)
    for first in range(0, len(ordered), AT_ONCE):
        yield ordered[first : first + AT_ONCE]
