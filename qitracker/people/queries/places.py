"""Units as rights, choosers and imports read them: places, reach, children, codes. One or two statements each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Executable, Select, bindparam, select
from sqlalchemy.orm import aliased

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.people.models import Unit, UnitAbove
from qitracker.people.rules import UnitFacts, knows_of

PATH_MARK = " › "

_unit, _above = Unit.__table__, UnitAbove.__table__
PLACES = (
    select(_unit.c.id, _unit.c.name, _above.c.above_id)
    .join(_above, _above.c.unit_id == _unit.c.id)
    .order_by(_unit.c.id, _above.c.distance)
)
BY_IDS = PLACES.where(_unit.c.id.in_(bindparam("ids", expanding=True)))
BY_SLUG = PLACES.where(_unit.c.slug == bindparam("slug"))
TOP = PLACES.where(_unit.c.parent_id.is_(None))


@dataclass(frozen=True)
class UnitChoice:
    """One unit in a chooser, in the order of the tree."""

    id: int
    slug: str
    name: str
    path: str  # "Northbrook Health › Riverside" – what stands above it, "" at the top
    depth: int
    kind: str
    code: str

    @property
    def words(self) -> str:
        """Return the name with what stands above it, for a plain list."""
        return f"{self.path}{PATH_MARK}{self.name}" if self.path else self.name


def places(ids: Iterable[int]) -> dict[int, Place]:
    """Return the places of these units; ids nobody knows are left out. One statement."""
    return _placed(BY_IDS, ids=sorted(set(ids)))


def place_of(unit_id: int) -> Place:
    """Return the place of one unit. Raises NotFound."""
    found = _placed(BY_IDS, ids=[unit_id])
    if not found:
        raise NotFound(
            say("There is no such unit, or it lies in a part that you do not reach. Its numbers are still kept.")
        )
    return found[unit_id]


def place_by_slug(slug: str) -> Place:
    """Return the place of the unit with that address. Raises NotFound. Asks no rights: see `visible_place`."""
    found = _placed(BY_SLUG, slug=slug)
    if not found:
        raise NotFound(
            say("There is no such unit, or it lies in a part that you do not reach. Its numbers are still kept.")
        )
    return next(iter(found.values()))


def visible_place(slug: str, *, by: Actor) -> Place:
    """Return the place with that address, if the person holds a role there or above it; else NotFound."""
    place = place_by_slug(slug)
    if not knows_of(by, place):
        raise NotFound(
            say("There is no such unit, or it lies in a part that you do not reach. Its numbers are still kept.")
        )
    return place


def known_place(unit_id: int, *, by: Actor, otherwise: Sentence | None = None) -> Place:
    """Return the place of that unit, if the person holds a role there or above it.

    Raises:
        NotFound: with the words `otherwise`, for a reader who asked for something of that unit.
    """
    place = place_of(unit_id)
    if not knows_of(by, place):
        unit = say("There is no such unit, or it lies in a part that you do not reach. Its numbers are still kept.")
        raise NotFound(otherwise or unit)
    return place


def _placed(statement: Executable, **values: object) -> dict[int, Place]:
    lineages: dict[int, tuple[str, list[int]]] = {}
    for unit_id, name, above_id in store.execute(statement, values):
        lineages.setdefault(unit_id, (name, []))[1].append(above_id)
    return {unit_id: Place(unit_id, name, tuple(lineage)) for unit_id, (name, lineage) in lineages.items()}


def reach(by: Actor, permission: Permission) -> Select[Any]:
    """Return a select of the unit ids where `by` holds `permission`, to be used in `unit_id.in_(…)`.

    The system reaches all units, a stranger none.
    """
    if by.is_system:
        return select(Unit.id)
    return select(UnitAbove.unit_id).where(UnitAbove.above_id.in_(by.units_granting(permission)))


def organisation() -> Place:
    """Return the place at the top of the tree. Raises NotFound before the installation is set up."""
    found = _placed(TOP)
    if not found:
        raise NotFound(say("There is no organisation yet. Run `qitracker init` first."))
    return next(iter(found.values()))


FACTS = (
    Unit.id,
    Unit.parent_id,
    Unit.kind,
    Unit.code,
    Unit.slug,
    Unit.name,
    Unit.valid_from,
    Unit.valid_to,
    Unit.merged_into_id,
    Unit.version,
)


def facts_of(ids: Iterable[int]) -> dict[int, UnitFacts]:
    """Return the facts of these units by id. One statement."""
    rows = store.execute(select(*FACTS).where(Unit.id.in_(sorted(set(ids)))))
    return {row.id: UnitFacts(*row) for row in rows}


def unit_facts(unit_id: int) -> UnitFacts:
    """Return the facts of one unit. Raises NotFound."""
    found = facts_of([unit_id])
    if not found:
        raise NotFound(
            say("There is no such unit, or it lies in a part that you do not reach. Its numbers are still kept.")
        )
    return found[unit_id]


def units_by_code(codes: Iterable[str]) -> dict[str, UnitFacts]:
    """Return the units that carry these codes, compared as text. Statements: one per 500 codes."""
    wanted = sorted(set(codes))
    found: dict[str, UnitFacts] = {}
    for start in range(0, len(wanted), 500):
        rows = store.execute(select(*FACTS).where(Unit.code.in_(wanted[start : start + 500])))
        found.update({row.code: UnitFacts(*row) for row in rows})
    return found


def children_of(unit_id: int) -> tuple[UnitFacts, ...]:
    """Return the units directly below, in their order, closed ones included."""
    rows = store.execute(select(*FACTS).where(Unit.parent_id == unit_id).order_by(Unit.position, Unit.name, Unit.id))
    return tuple(UnitFacts(*row) for row in rows)


def descendants(unit_id: int) -> tuple[UnitFacts, ...]:
    """Return all units below (without the unit itself), nearest first."""
    rows = store.execute(
        select(*FACTS)
        .join(UnitAbove, UnitAbove.unit_id == Unit.id)
        .where(UnitAbove.above_id == unit_id, UnitAbove.distance > 0)
        .order_by(UnitAbove.distance, Unit.position, Unit.name, Unit.id)
    )
    return tuple(UnitFacts(*row) for row in rows)


def visible_units(by: Actor, permission: Permission, *, on: date) -> tuple[UnitChoice, ...]:
    """Return the units open on that day where `by` holds `permission`, in tree order. Two statements."""
    rows = store.execute(
        select(Unit.id, Unit.parent_id, Unit.slug, Unit.name, Unit.kind, Unit.code)
        .where(Unit.id.in_(reach(by, permission)))
        .where(Unit.valid_from <= on, (Unit.valid_to.is_(None)) | (Unit.valid_to >= on))
        .order_by(Unit.position, Unit.name, Unit.id)
    ).all()
    paths = paths_above(row.id for row in rows)
    ordered = in_tree_order({row.id: row.parent_id for row in rows})
    by_id = {row.id: row for row in rows}
    return tuple(
        UnitChoice(
            id=unit_id,
            slug=by_id[unit_id].slug,
            name=by_id[unit_id].name,
            path=PATH_MARK.join(paths.get(unit_id, ())),
            depth=depth,
            kind=by_id[unit_id].kind,
            code=by_id[unit_id].code,
        )
        for unit_id, depth in ordered
    )


def paths_above(ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return for each unit the names of what stands above it, the top first. Statements: one per 500 units."""
    wanted = sorted(set(ids))
    above = aliased(Unit)
    found: dict[int, list[str]] = {}
    for start in range(0, len(wanted), 500):
        rows = store.execute(
            select(UnitAbove.unit_id, above.name)
            .join(above, above.id == UnitAbove.above_id)
            .where(UnitAbove.unit_id.in_(wanted[start : start + 500]), UnitAbove.distance > 0)
            .order_by(UnitAbove.unit_id, UnitAbove.distance.desc())
        )
        for unit_id, name in rows:
            found.setdefault(unit_id, []).append(name)
    return {unit_id: tuple(names) for unit_id, names in found.items()}


def in_tree_order(parents: Mapping[int, int | None]) -> list[tuple[int, int]]:
    """Return (id, depth) of all units, each below its parent; siblings keep the order they came in.

    A unit whose parent is not among them stands at depth 0.
    """
    below: dict[int | None, list[int]] = {}
    for unit_id, parent_id in parents.items():
        below.setdefault(parent_id if parent_id in parents else None, []).append(unit_id)
    ordered: list[tuple[int, int]] = []
    waiting = [(unit_id, 0) for unit_id in reversed(below.get(None, []))]
    while waiting:
        unit_id, depth = waiting.pop()
        ordered.append((unit_id, depth))
        waiting.extend((child, depth + 1) for child in reversed(below.get(unit_id, [])))
    return ordered
