"""What the pages of units show: the tree, one unit, and what closing it would close."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from qitracker.audit.queries import Told, story
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.people.models import Calendar, GrantRow, Unit, UnitAbove, User
from qitracker.people.queries.places import (
    FACTS,
    descendants,
    in_tree_order,
    paths_above,
    place_of,
    unit_facts,
    visible_place,
)
from qitracker.people.rules import UnitFacts, can_be_moved


@dataclass(frozen=True)
class TreeRow:
    """One unit in the tree."""

    unit: UnitFacts
    depth: int
    people: int
    state: str  # "open", "planned" or "closed"
    merged_into: str  # name of the unit it goes on as, "" for none


@dataclass(frozen=True)
class TreePage:
    """Everything templates/people/units.html may use."""

    headline: Sentence
    rows: tuple[TreeRow, ...]
    may_add: bool
    may_keep_calendars: bool


def unit_tree(*, by: Actor, today: date) -> TreePage:
    """Return the units at or below any of the reader's roles, each below its parent. Three statements."""
    roots = [grant.unit_id for grant in by.grants]
    known = select(UnitAbove.unit_id).where(UnitAbove.above_id.in_(roots)) if not by.is_system else select(Unit.id)
    query = select(*FACTS).where(Unit.id.in_(known)).order_by(Unit.position, Unit.name, Unit.id)
    units = {row.id: UnitFacts(*row) for row in store.execute(query)}
    people = _people_in(units)
    names = dict(store.execute(select(Unit.id, Unit.name).where(Unit.id.in_(_targets(units.values())))).all())
    rows = tuple(
        TreeRow(
            unit=units[unit_id],
            depth=depth,
            people=people.get(unit_id, 0),
            state=state_of(units[unit_id], today),
            merged_into=names.get(units[unit_id].merged_into_id, ""),
        )
        for unit_id, depth in in_tree_order({unit.id: unit.parent_id for unit in units.values()})
    )
    may_add = by.may_anywhere(Permission.UNIT_ADD)
    over_all = any(
        u.parent_id is None and by.may(Permission.UNIT_MANAGE, on=Place(u.id, u.name, (u.id,))) for u in units.values()
    )
    return TreePage(_tree_headline(rows), rows, may_add, over_all)


def _tree_headline(rows: tuple[TreeRow, ...]) -> Sentence:
    open_units = sum(row.state == "open" for row in rows)
    if not rows:
        return say("You have no role in any unit yet.")
    if open_units == 1:
        return say("You see one open unit.")
    sites = sum(row.state == "open" and row.unit.kind == "site" for row in rows)
    if sites > 1:
        return say("{units} units are open, {sites} of them sites.", units=open_units, sites=sites)
    return say("{units} units are open.", units=open_units)


def state_of(unit: UnitFacts, today: date) -> str:
    """Return "open", "planned" (begins later) or "closed"."""
    if unit.is_open(today):
        return "open"
    return "planned" if unit.valid_from > today else "closed"


def _targets(units: Iterable[UnitFacts]) -> list[int]:
    return sorted({unit.merged_into_id for unit in units if unit.merged_into_id is not None})


def _people_in(ids: Iterable[int]) -> dict[int, int]:
    rows = store.execute(
        select(GrantRow.unit_id, func.count(func.distinct(GrantRow.user_id)))
        .join(User, User.id == GrantRow.user_id)
        .where(GrantRow.unit_id.in_(sorted(ids)), User.active)
        .group_by(GrantRow.unit_id)
    )
    return dict(rows.all())


@dataclass(frozen=True)
class Inherited:
    """A value that a unit has itself or from above: `source` names the unit it comes from, "" when its own."""

    value: str
    source: str


@dataclass(frozen=True)
class UnitPage:
    """Everything templates/people/unit.html may use."""

    headline: Sentence
    unit: UnitFacts
    place: Place
    path: tuple[str, ...]
    state: str
    merged_into: UnitFacts | None
    below: tuple[TreeRow, ...]
    people: int
    timezone: Inherited
    calendar: Inherited
    own_timezone: str | None
    own_calendar_id: int | None
    may_keep: bool
    may_close: bool
    may_move: bool
    may_manage_people: bool
    story: tuple[Told, ...]


def unit_page(*, by: Actor, slug: str, today: date) -> UnitPage:
    """Return one unit for those who hold a role there or above. Raises NotFound."""
    place = visible_place(slug, by=by)
    unit = unit_facts(place.id)
    under = {u.id: u for u in descendants(unit.id)}
    people = _people_in([unit.id, *under])
    may_keep = by.may(Permission.UNIT_MANAGE, on=place)
    may_close = len(place.lineage) > 1 and by.may(Permission.UNIT_MANAGE, on=place_of(place.lineage[1]))
    own = store.execute(select(Unit.timezone, Unit.calendar_id).where(Unit.id == unit.id)).one()
    rows = tuple(
        TreeRow(under[unit_id], depth, people.get(unit_id, 0), state_of(under[unit_id], today), "")
        for unit_id, depth in in_tree_order({u.id: u.parent_id for u in under.values()})
    )
    return UnitPage(
        headline=_unit_headline(unit, state_of(unit, today), sum(row.state == "open" for row in rows)),
        unit=unit,
        place=place,
        path=paths_above([unit.id]).get(unit.id, ()),
        state=state_of(unit, today),
        merged_into=unit_facts(unit.merged_into_id) if unit.merged_into_id is not None else None,
        below=rows,
        people=people.get(unit.id, 0),
        timezone=_inherited(unit.id, Unit.timezone, "UTC"),
        calendar=_inherited(unit.id, Calendar.name, ""),
        own_timezone=own.timezone,
        own_calendar_id=own.calendar_id,
        may_keep=may_keep,
        may_close=may_close,
        may_move=may_close and can_be_moved(unit.kind),
        may_manage_people=by.may(Permission.PEOPLE_MANAGE, on=place),
        story=story([("unit", unit.id)]) if may_keep else (),
    )


def _unit_headline(unit: UnitFacts, state: str, open_below: int) -> Sentence:
    match state:
        case "closed":
            return say("{unit} is closed since {day}; its numbers are kept.", unit=unit.name, day=unit.valid_to)
        case "planned":
            return say("{unit} opens on {day}.", unit=unit.name, day=unit.valid_from)
        case _ if unit.valid_to is not None:
            return say("{unit} is open until {day}; its numbers are kept.", unit=unit.name, day=unit.valid_to)
        case _ if open_below == 1:
            return say("{unit} is open, with one open unit below it.", unit=unit.name)
        case _ if open_below:
            return say("{unit} is open, with {count} open units below it.", unit=unit.name, count=open_below)
        case _:
            return say("{unit} is open.", unit=unit.name)


def _inherited(unit_id: int, column: object, otherwise: str) -> Inherited:
    row = store.execute(
        select(column, Unit.name, UnitAbove.distance)
        .select_from(UnitAbove)
        .join(Unit, Unit.id == UnitAbove.above_id)
        .outerjoin(Calendar, Calendar.id == Unit.calendar_id)
        .where(UnitAbove.unit_id == unit_id, column.is_not(None))  # type: ignore[attr-defined]
        .order_by(UnitAbove.distance)
        .limit(1)
    ).first()
    return Inherited(otherwise, "") if row is None else Inherited(row[0], row[1] if row.distance else "")


@dataclass(frozen=True)
class ClosingPage:
    """What the question before closing names: what would be closed, and who has a role there."""

    headline: Sentence
    unit: UnitFacts
    closing: tuple[UnitFacts, ...]
    people: int


def closing_page(*, by: Actor, slug: str) -> ClosingPage:
    """Return what closing a unit would close. Raises NotFound, NotAllowed."""
    place = visible_place(slug, by=by)
    by.must(Permission.UNIT_MANAGE, on=place_of(place.lineage[1]) if len(place.lineage) > 1 else place)
    unit = unit_facts(place.id)
    if unit.parent_id is None:
        raise NotFound(say("{unit} is the top of the tree; it can be neither closed nor merged.", unit=unit.name))
    below = tuple(u for u in descendants(unit.id) if u.valid_to is None)
    people = sum(_people_in([unit.id, *(u.id for u in below)]).values())
    return ClosingPage(say("Close {unit}? Its numbers are kept.", unit=unit.name), unit, (unit, *below), people)
