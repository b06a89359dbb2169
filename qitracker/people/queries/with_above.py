"""Units that another statement names, with all above them: a statement that is built once, and a chooser from it."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Select, case, func, select

from qitracker.people.models import Unit, UnitAbove
from qitracker.people.queries.places import PATH_MARK, UnitChoice, in_tree_order


class FoundUnit(NamedTuple):
    """One unit that was named, or that only stands above one."""

    id: int
    parent_id: int | None
    slug: str
    name: str
    kind: str
    code: str
    is_named: int


def with_all_above(named: Select[tuple[int]]) -> Select[tuple[int, int | None, str, str, str, str, int]]:
    """Return the statement for the units whose ids `named` gives and for what stands above them, siblings in order."""
    unit, above = Unit.__table__, UnitAbove.__table__
    found = (
        select(above.c.above_id, func.max(case((above.c.distance == 0, 1), else_=0)).label("is_named"))
        .where(above.c.unit_id.in_(named))
        .group_by(above.c.above_id)
        .subquery()
    )
    told = (unit.c[name] for name in FoundUnit._fields[:-1])
    return (
        select(*told, found.c.is_named)
        .join(found, found.c.above_id == unit.c.id)
        .order_by(unit.c.position, unit.c.name, unit.c.id)
    )


def offered(units: Iterable[FoundUnit]) -> tuple[UnitChoice, ...]:
    """Return the named ones for a chooser, in the order of the tree; a pure function of what was read."""
    by_id = {unit.id: unit for unit in units}
    above: dict[int, tuple[str, ...]] = {}
    found: list[UnitChoice] = []
    for unit_id, depth in in_tree_order({unit.id: unit.parent_id for unit in by_id.values()}):
        unit = by_id[unit_id]
        path = above.get(unit.parent_id, ()) if unit.parent_id is not None else ()
        above[unit_id] = (*path, unit.name)
        if unit.is_named:
            found.append(UnitChoice(unit_id, unit.slug, unit.name, PATH_MARK.join(path), depth, unit.kind, unit.code))
    return tuple(found)
