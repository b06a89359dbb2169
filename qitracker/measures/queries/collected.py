"""Which unit collects which measure, between which dates, and who answers for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.measures.models import Collection, Measure
from qitracker.measures.queries.measured import Measured, measures
from qitracker.people.queries import reach
from qitracker.people.queries.names import name_of


@dataclass(frozen=True)
class Collecting:
    """One unit collects one measure. `ends` is the last day, None while it goes on."""

    id: int
    measure_id: int
    unit_id: int
    begins: date
    ends: date | None
    responsible: str
    responsible_id: int | None
    version: int


def collections(
    by: Actor,
    unit_ids: Iterable[int] | None = None,
    on: date | None = None,
    *,
    measure_ids: Iterable[int] | None = None,
    permission: Permission = Permission.MEASURE_READ,
) -> tuple[Collecting, ...]:
    """Return who collects what in the units where `by` holds `permission`. One statement.

    `unit_ids` and `measure_ids` narrow it, `on` keeps what is collected on that day. Retired measures are included:
    their numbers are still read.
    """
    conditions = [Collection.unit_id.in_(reach(by, permission))]
    if unit_ids is not None:
        conditions.append(Collection.unit_id.in_(sorted(set(unit_ids))))
    if measure_ids is not None:
        conditions.append(Collection.measure_id.in_(sorted(set(measure_ids))))
    if on is not None:
        conditions.append(Collection.begins <= on)
        conditions.append(or_(Collection.ends.is_(None), Collection.ends >= on))
    return read_collections(*conditions)


def who_collects(measure_id: int) -> tuple[Collecting, ...]:
    """Return every unit that has ever collected the measure. Asks no rights. One statement."""
    return read_collections(Collection.measure_id == measure_id)


def collected_in(unit_id: int, *, by: Actor, on: date | None = None) -> tuple[Measured, ...]:
    """Return the measures a unit collects (on a day), in the order of lists; none where `by` does not reach.

    Two statements.
    """
    found = measures(one.measure_id for one in collections(by, [unit_id], on))
    return tuple(found.values())


def is_collected(measure_id: int, unit_id: int, on: date) -> bool:
    """Say whether the unit collects the measure on that day. One statement."""
    rows = read_collections(Collection.measure_id == measure_id, Collection.unit_id == unit_id)
    return any(row.begins <= on and (row.ends is None or on <= row.ends) for row in rows)


def counts_of_units(by: Actor, *, on: date) -> dict[int, int]:
    """Return by measure how many units, among those `by` reaches, collect it on that day. One statement."""
    rows = store.execute(
        select(Collection.measure_id, func.count())
        .where(Collection.unit_id.in_(reach(by, Permission.MEASURE_READ)), Collection.begins <= on)
        .where(or_(Collection.ends.is_(None), Collection.ends >= on))
        .group_by(Collection.measure_id)
    )
    return {measure_id: count for measure_id, count in rows}


def read_collections(*conditions: Any) -> tuple[Collecting, ...]:
    """Return the collections under these conditions, by measure in the order of lists, then by unit."""
    rows = store.execute(
        select(
            Collection.id,
            Collection.measure_id,
            Collection.unit_id,
            Collection.begins,
            Collection.ends,
            func.coalesce(name_of(Collection.responsible_id), ""),
            Collection.responsible_id,
            Collection.version,
        )
        .join(Measure, Measure.id == Collection.measure_id)
        .where(*conditions)
        .order_by(Measure.domain, Measure.position, Measure.id, Collection.unit_id)
    )
    return tuple(Collecting(*row) for row in rows)
