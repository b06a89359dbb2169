"""Add an action to the register of a unit, and change what it says."""

from datetime import date

from sqlalchemy import insert

from qitracker.actions import events
from qitracker.actions.commands.hooks import action_changed
from qitracker.actions.commands.plans import changes_between, check_source, checked_plan
from qitracker.actions.commands.writing import write_action
from qitracker.actions.models import Action
from qitracker.actions.queries.lines import KIND, known_action
from qitracker.actions.rules import ActionState
from qitracker.audit.commands import record
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, store
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import plain
from qitracker.links.commands import add_link, remove_link
from qitracker.links.rules import Ref, Role
from qitracker.people.queries import known_place
from qitracker.results.keys import SeriesKey


def add_action(
    *,
    by: Actor,
    unit_id: int,
    title: str,
    type: str,
    owner_id: int,
    due: date,
    detail: str = "",
    answers: Ref | None = None,
    judged_by: SeriesKey | None = None,
) -> int:
    """Add an action to the register of a unit and return its number.

    Raises:
        NotFound: no such unit.
        NotAllowed: `by` may not keep actions there.
        Invalid: beside each field that cannot be; `answers` when there is no such thing for `by`.
    """
    unit = known_place(unit_id, by=by)
    by.must(Permission.ACTION_EDIT, on=unit)
    plan = checked_plan(by, unit, title, type, owner_id, due, detail, judged_by)
    check_source(by, answers)
    made = {"unit_id": unit.id, "made_at": clock.now(), "made_by_id": by.user_id, "made_by_name": by.name}
    with atomic():
        action_id = store.scalar(
            insert(Action).values(**plan.values, **made, state=ActionState.PLANNED, reason="").returning(Action.id)
        )
        assert action_id is not None
        here = Ref(KIND, str(action_id))
        if answers is not None:
            add_link(by=by, start=here, end=answers, role=Role.ANSWERS)
        _link_judge(by, here, None, plan.judged_by)
        after = {"title": plan.title, "owner": plan.owner_name, "due": plain(plan.due), "type": plan.type}
        record(events.ADDED, by=by, subject=here, unit=unit, after=after)
        action_changed(here)
    return action_id


def change_action(
    *,
    by: Actor,
    action_id: int,
    seen: int,
    title: str,
    type: str,
    owner_id: int,
    due: date,
    detail: str = "",
    judged_by: SeriesKey | None = None,
) -> None:
    """Change what an action says. The same again changes nothing.

    Raises:
        NotFound: no such action for `by`.
        NotAllowed: `by` may not keep actions there.
        Invalid: beside each field that cannot be.
        Conflict: somebody changed it since `seen`; `theirs` is the action as it stands, `mine` the plan.
    """
    before = known_action(action_id, by=by)
    by.must(Permission.ACTION_EDIT, on=before.unit)
    plan = checked_plan(by, before.unit, title, type, owner_id, due, detail, judged_by, before=before)
    changes = changes_between(before, plan)
    if not changes:
        return
    with atomic():
        write_action(by, before, seen, plan.values, mine=plan)
        _link_judge(by, before.ref, before.judged_by, plan.judged_by)
        record(
            events.CHANGED,
            by=by,
            subject=before.ref,
            unit=before.unit,
            before={"title": before.title, "owner": before.owner_name, "due": plain(before.due)},
            after={"title": plan.title, "changes": ", ".join(changes)} | {"type": plan.type, "detail": plan.detail},
        )
        action_changed(before.ref)


def _link_judge(by: Actor, here: Ref, old: SeriesKey | None, new: SeriesKey | None) -> None:
    if old == new:
        return
    if old is not None:
        remove_link(by=by, start=here, end=Ref(*old.subject), role=Role.JUDGED_BY)
    if new is not None:
        add_link(by=by, start=here, end=Ref(*new.subject), role=Role.JUDGED_BY)
