"""Add, change and move units; the closure of the tree is kept in the same transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import delete, func, insert, literal, select, update

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import atomic, refuse_duplicate, store
from qitracker.foundation.errors import Conflict, Invalid
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.people import events, rules
from qitracker.people.commands.hooks import unit_moved
from qitracker.people.models import Calendar, Unit, UnitAbove
from qitracker.people.queries.places import children_of, known_place, place_of, unit_facts

CODE_TAKEN = say("Another unit has this code. Give each unit a code of its own.")
CHANGED_MEANWHILE = say("Somebody else changed this unit meanwhile. Look at it again, then repeat your change.")


def found_organisation(*, by: Actor, name: str, code: str, timezone: str, valid_from: date) -> Place:
    """Make the top of the tree; there is only one. Called once, by the set-up."""
    if not by.is_system:
        by.must(Permission.UNIT_MANAGE, on=Place(0, name, ()))
    with atomic():
        if store.scalar(select(func.count()).select_from(Unit).where(Unit.parent_id.is_(None))):
            raise Invalid(say("There is an organisation already. Rename it instead."), field="name")
        values = _values(None, name, code, "organisation", timezone, None, valid_from, None)
        place = _insert(values, parent=None)
        record(events.ORGANISATION_FOUNDED, by=by, subject=("unit", place.id), unit=place, after=values)
    return place


def add_unit(
    *,
    by: Actor,
    parent_id: int,
    kind: str,
    name: str,
    code: str,
    valid_from: date,
    valid_to: date | None = None,
    timezone: str | None = None,
    calendar_id: int | None = None,
) -> Place:
    """Add a site or unit below another.

    Raises:
        NotAllowed: `by` may not keep units below that parent.
        NotFound: no such parent.
        Invalid: the kind, name, code, dates, time zone or calendar will not do.
    """
    by.must(Permission.UNIT_ADD, on=known_place(parent_id, by=by))
    with refuse_duplicate("code", CODE_TAKEN), atomic():
        lock_tree()
        parent = unit_facts(parent_id)
        rules.check_kind(kind, parent.kind)
        rules.check_validity(valid_from=valid_from, valid_to=valid_to, parent=parent)
        values = _values(parent_id, name, code, kind, timezone, calendar_id, valid_from, valid_to)
        place = _insert(values, parent=place_of(parent_id))
        record(
            events.UNIT_ADDED, by=by, subject=("unit", place.id), unit=place, after={**values, "parent": parent.name}
        )
    return place


def _values(
    parent_id: int | None,
    name: str,
    code: str,
    kind: str,
    timezone: str | None,
    calendar_id: int | None,
    valid_from: date,
    valid_to: date | None,
) -> dict[str, Any]:
    name, code = rules.check_name(name), rules.check_code(code)
    _check_timezone(timezone)
    _check_calendar(calendar_id)
    return {
        "parent_id": parent_id,
        "kind": kind,
        "code": code,
        "name": name,
        "slug": rules.unique_slug(name, _slugs_like(rules.slug_of(name, otherwise=code)), otherwise=code),
        "timezone": timezone or None,
        "calendar_id": calendar_id,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }


def _slugs_like(slug: str) -> frozenset[str]:
    """Return the addresses that begin alike, and the one that the page for adding has."""
    return frozenset(store.scalars(select(Unit.slug).where(Unit.slug.startswith(slug, autoescape=True)))) | {"add"}


def _insert(values: Mapping[str, Any], *, parent: Place | None) -> Place:
    position = store.scalar(select(func.count()).select_from(Unit).where(Unit.parent_id == values["parent_id"])) or 0
    unit_id = store.scalars(insert(Unit).values(**values, position=position).returning(Unit.id)).one()
    lineage = (unit_id, *(parent.lineage if parent else ()))
    store.execute(
        insert(UnitAbove),
        [{"unit_id": unit_id, "above_id": above, "distance": distance} for distance, above in enumerate(lineage)],
    )
    return Place(unit_id, values["name"], lineage)


def change_unit(
    *,
    by: Actor,
    unit_id: int,
    seen: int,
    name: str,
    code: str,
    timezone: str | None,
    calendar_id: int | None,
    valid_from: date,
) -> None:
    """Change what a unit is called, its first day, time zone and calendar; its address stays as it was.

    Raises:
        NotAllowed: `by` may not keep this unit.
        Conflict: somebody changed it since `seen` (a version).
        Invalid: name, code, date, time zone or calendar will not do.
    """
    by.must(Permission.UNIT_MANAGE, on=known_place(unit_id, by=by))
    with refuse_duplicate("code", CODE_TAKEN), atomic():
        unit = unit_facts(unit_id)
        after = {
            "name": rules.check_name(name),
            "code": rules.check_code(code),
            "timezone": timezone or None,
            "calendar_id": calendar_id,
            "valid_from": valid_from,
        }
        _check_timezone(timezone)
        _check_calendar(calendar_id)
        _check_first_day(unit, valid_from)
        columns = [getattr(Unit, key) for key in after]
        before = dict(store.execute(select(*columns).where(Unit.id == unit_id)).one()._mapping)
        write_unit(unit_id, seen, after)
        changed = [key for key in after if after[key] != before[key]]
        if changed:
            record(
                events.UNIT_CHANGED,
                by=by,
                subject=("unit", unit_id),
                unit=unit_id,
                before={key: before[key] for key in changed},
                after={**{key: after[key] for key in changed}, "name": after["name"], "changes": ", ".join(changed)},
            )


def _check_first_day(unit: rules.UnitFacts, valid_from: date) -> None:
    parent = unit_facts(unit.parent_id) if unit.parent_id is not None else None
    if valid_from != unit.valid_from:
        rules.check_validity(valid_from=valid_from, valid_to=unit.valid_to, parent=parent)
    earlier = [child for child in children_of(unit.id) if child.valid_from < valid_from]
    if earlier:
        raise Invalid(
            say(
                "{child} below it begins on {day}. Choose that day or an earlier one.",
                child=earlier[0].name,
                day=earlier[0].valid_from,
            ),
            field="valid_from",
        )


def _check_timezone(timezone: str | None) -> None:
    if timezone and timezone not in available_timezones():
        raise Invalid(say("“{name}” is not a time zone. Write it like Europe/London.", name=timezone), field="timezone")


def _check_calendar(calendar_id: int | None) -> None:
    if calendar_id is not None and store.get(Calendar, calendar_id) is None:
        raise Invalid(say("This calendar is gone. Choose another."), field="calendar")


def write_unit(unit_id: int, seen: int, values: Mapping[str, Any]) -> None:
    """Write values if the unit still has the version that was `seen`. Raises Conflict."""
    written = store.execute(
        update(Unit)
        .where(Unit.id == unit_id, Unit.version == seen)
        .values(**values, version=seen + 1)
        .returning(Unit.id)
    ).first()
    if written is None:
        raise Conflict(CHANGED_MEANWHILE, theirs=unit_facts(unit_id), mine=dict(values))


def move_unit(*, by: Actor, unit_id: int, parent_id: int, seen: int) -> None:
    """Hang a unit, with all below it, under another parent. Rights that come from above follow the new place.

    Raises:
        NotAllowed: `by` may not keep units at the old place or at the new one.
        NotFound: no such unit.
        Conflict: somebody changed it since `seen`.
        Invalid: a cycle, a kind or dates that do not fit.
    """
    here = known_place(unit_id, by=by)
    by.must(Permission.UNIT_MANAGE, on=place_of(here.lineage[1]) if len(here.lineage) > 1 else here)
    by.must(Permission.UNIT_MANAGE, on=known_place(parent_id, by=by))
    with atomic():
        lock_tree()
        unit, parent, above = unit_facts(unit_id), unit_facts(parent_id), place_of(parent_id)
        before = place_of(unit_id).lineage[1:]
        rules.check_move(unit, parent, above.lineage)
        old_parent = unit_facts(unit.parent_id) if unit.parent_id is not None else parent
        position = store.scalar(select(func.count()).select_from(Unit).where(Unit.parent_id == parent_id)) or 0
        write_unit(unit_id, seen, {"parent_id": parent_id, "position": position})
        _hang(unit_id, below=parent_id)
        unit_moved(unit_id, sorted(set(before) - set(above.lineage)))
        record(
            events.UNIT_MOVED,
            by=by,
            subject=("unit", unit_id),
            unit=unit_id,
            before={"parent": old_parent.name, "parent_id": old_parent.id},
            after={"name": unit.name, "parent": parent.name, "parent_id": parent_id},
        )


def lock_tree() -> None:
    """Let the tree change in one place at a time.

    Two moves that cross could close a circle; a unit added below one that moves or closes meanwhile would be left
    with parents that are no longer its own. Rows that only refer to the top do not wait for this.
    """
    store.execute(select(Unit.id).where(Unit.parent_id.is_(None)).with_for_update(key_share=True)).all()


def hold_tree() -> None:
    """Let no unit move until this transaction ends; others who hold the tree so do not wait for each other.

    Whoever sums up for all that stands above a unit holds the tree first, so that no sum is left to a former parent.
    Where `lock_tree` waits, this waits too, and always before any row of results is locked: never in a circle.
    """
    if store().get_bind().dialect.name == "postgresql":  # SQLite: BEGIN IMMEDIATE holds the whole database already
        store.execute(select(Unit.id).where(Unit.parent_id.is_(None)).with_for_update(read=True)).all()


def _hang(unit_id: int, *, below: int) -> None:
    """Rebuild the closure of a subtree: cut its paths to all that stood above, then cross it with the new lineage."""
    inside = select(UnitAbove.unit_id).where(UnitAbove.above_id == unit_id).scalar_subquery()
    store.execute(
        delete(UnitAbove)
        .where(UnitAbove.unit_id.in_(inside), UnitAbove.above_id.not_in(inside))
        .execution_options(synchronize_session=False)
    )
    part, line = UnitAbove.__table__.alias("part"), UnitAbove.__table__.alias("line")
    crossed = (
        select(part.c.unit_id, line.c.above_id, part.c.distance + line.c.distance + literal(1))
        .select_from(part.join(line, line.c.unit_id == below))
        .where(part.c.above_id == unit_id)
    )
    store.execute(insert(UnitAbove).from_select(["unit_id", "above_id", "distance"], crossed))
