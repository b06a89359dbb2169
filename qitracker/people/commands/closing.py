"""Close units, open them again, and merge one into another. History stays where it was recorded."""

from datetime import date

from sqlalchemy import delete, select, update

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Invalid
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.people import events, rules
from qitracker.people.commands.hooks import recorded_after
from qitracker.people.commands.units import lock_tree, write_unit
from qitracker.people.doubts import ask
from qitracker.people.models import GrantRow
from qitracker.people.queries.places import descendants, known_place, place_of, unit_facts


def close_unit(*, by: Actor, unit_id: int, seen: int, last_day: date, sure: str = "") -> int:
    """Close a unit and every open unit below it after `last_day`; return how many were closed.

    Results recorded for later periods are kept; `sure` is the answer to the question about them.

    Raises:
        NotAllowed: `by` may not keep units above this one.
        Conflict: somebody changed it since `seen`.
        Invalid: the top, already closed, or a unit below that begins later.
        Doubt: results are recorded for the time after that day.
    """
    _must_keep_above(by, unit_id)
    with atomic():
        lock_tree()
        unit = unit_facts(unit_id)
        rules.check_close(unit, last_day)
        below = [u for u in descendants(unit_id) if u.valid_to is None or u.valid_to > last_day]
        later = next((u for u in below if u.valid_from > last_day), None)
        if later:
            raise Invalid(
                say(
                    "{unit} below it begins on {day}. Choose a later last day, or move it first.",
                    unit=later.name,
                    day=later.valid_from,
                ),
                field="last_day",
            )
        _ask_about_later([unit.id, *(u.id for u in below)], last_day, sure=sure)
        for one in (unit, *below):
            write_unit(one.id, seen if one is unit else one.version, {"valid_to": last_day})
            record(
                events.UNIT_CLOSED,
                by=by,
                subject=("unit", one.id),
                unit=one.id,
                before={"valid_to": one.valid_to},
                after={"name": one.name, "last_day": last_day, "valid_to": last_day},
            )
    return 1 + len(below)


def reopen_unit(*, by: Actor, unit_id: int, seen: int) -> None:
    """Open one closed unit again; what stands below it stays closed.

    Raises:
        NotAllowed, Conflict as `close_unit`.
        Invalid: it is open, was merged, or the unit above is closed.
    """
    _must_keep_above(by, unit_id)
    with atomic():
        lock_tree()
        unit = unit_facts(unit_id)
        if unit.valid_to is None:
            raise Invalid(say("{unit} is open already.", unit=unit.name))
        if unit.merged_into_id is not None:
            target = unit_facts(unit.merged_into_id)
            raise Invalid(
                say("{unit} goes on as {target}. Add a new unit instead.", unit=unit.name, target=target.name)
            )
        parent = unit_facts(unit.parent_id) if unit.parent_id is not None else None
        if parent is not None and parent.valid_to is not None:
            raise Invalid(say("{parent} above it is closed. Open that first.", parent=parent.name))
        write_unit(unit_id, seen, {"valid_to": None})
        record(
            events.UNIT_REOPENED,
            by=by,
            subject=("unit", unit_id),
            unit=unit_id,
            before={"valid_to": unit.valid_to},
            after={"name": unit.name, "valid_to": None},
        )


def merge_units(*, by: Actor, source_id: int, target_id: int, seen: int, last_day: date, sure: str = "") -> None:
    """End `source` on `last_day`; its roles and whatever comes later belong to `target`, its past stays its own.

    What it recorded for later periods stays its own too; `sure` is the answer to the question about that.

    Raises:
        NotAllowed: `by` may not keep both.
        Conflict: somebody changed the source since `seen`.
        Invalid: the two cannot be merged.
        Doubt: the source holds results for the time after that day.
    """
    _must_keep_above(by, source_id)
    by.must(Permission.UNIT_MANAGE, on=known_place(target_id, by=by))
    with atomic():
        lock_tree()
        source, target = unit_facts(source_id), unit_facts(target_id)
        open_below = sum(u.valid_to is None or u.valid_to > last_day for u in descendants(source_id))
        rules.check_merge(source, target, place_of(target_id).lineage, open_below=open_below, last_day=last_day)
        _ask_about_later([source_id], last_day, sure=sure)
        write_unit(source_id, seen, {"valid_to": last_day, "merged_into_id": target_id})
        moved = _move_grants(source_id, target_id)
        record(
            events.UNIT_MERGED,
            by=by,
            subject=("unit", source_id),
            unit=source_id,
            before={"valid_to": source.valid_to},
            after={
                "name": source.name,
                "target": target.name,
                "target_id": target_id,
                "last_day": last_day,
                "grants": moved,
            },
        )


def _move_grants(source_id: int, target_id: int) -> list[dict[str, object]]:
    """Give the target every role held at the source; a role held at both remains once."""
    twice = select(GrantRow.user_id, GrantRow.role).where(GrantRow.unit_id == target_id)
    held = {(user_id, role) for user_id, role in store.execute(twice)}
    rows = store.execute(
        select(GrantRow.id, GrantRow.user_id, GrantRow.role).where(GrantRow.unit_id == source_id)
    ).all()
    doubled = [row.id for row in rows if (row.user_id, row.role) in held]
    store.execute(delete(GrantRow).where(GrantRow.id.in_(doubled)).execution_options(synchronize_session=False))
    store.execute(
        update(GrantRow)
        .where(GrantRow.unit_id == source_id)
        .values(unit_id=target_id)
        .execution_options(synchronize_session=False)
    )
    return [{"user_id": row.user_id, "role": row.role} for row in rows]


def _ask_about_later(unit_ids: list[int], last_day: date, *, sure: str) -> None:
    count = recorded_after(unit_ids, last_day)
    if not count:
        return
    if count == 1:
        words = say(
            "One result is recorded for a period after that day. It stays where it is. "
            "Choose a later last day, or confirm this one."
        )
    else:
        words = say(
            "{count} results are recorded for periods after that day. They stay where they are. "
            "Choose a later last day, or confirm this one.",
            count=count,
        )
    ask(words, field="last_day", answer=f"{count} after {last_day}", sure=sure)


def _must_keep_above(by: Actor, unit_id: int) -> None:
    """Whoever closes a unit must be able to open it again, so the right is asked of the unit above."""
    place = known_place(unit_id, by=by)
    by.must(Permission.UNIT_MANAGE, on=place_of(place.lineage[1]) if len(place.lineage) > 1 else place)
