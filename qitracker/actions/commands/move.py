"""Move an action on: begin it, mark it done, drop it, take it up again. Nothing is deleted."""

from datetime import date

from qitracker.actions import events, rules
from qitracker.actions.commands.hooks import action_changed
from qitracker.actions.commands.writing import CHANGED_MEANWHILE, write_action
from qitracker.actions.queries.lines import known_action
from qitracker.actions.queries.one import may_move
from qitracker.actions.rules import ActionState, Move
from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic
from qitracker.foundation.errors import Conflict
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import plain


def move_action(
    *,
    by: Actor,
    action_id: int,
    seen: int,
    state: ActionState,
    today: date,
    reason: str = "",
    done_on: date | None = None,
) -> None:
    """Move an action to another state. Its owner may do so, whatever their role.

    Raises:
        NotFound: no such action for `by`.
        NotAllowed: neither the owner nor one who keeps actions there.
        Invalid: no such step, no reason where one is needed, no day or one to come.
        Conflict: somebody changed it since `seen`; `theirs` is the action as it stands, `mine` the move.
    """
    before = known_action(action_id, by=by)
    if not may_move(before, by=by):
        by.must(Permission.ACTION_EDIT, on=before.unit)
    wish = Move(state, reason, done_on)
    if seen != before.version:
        raise Conflict(CHANGED_MEANWHILE, theirs=before, mine=wish)
    move = rules.check_move(before.state, wish, today=today)
    values = {"state": move.state, "reason": move.reason, "done_on": move.done_on}
    with atomic():
        write_action(by, before, seen, values, mine=move)
        record(
            events.OF_MOVE[before.state, move.state],
            by=by,
            subject=before.ref,
            unit=before.unit,
            before={"state": before.state, "done_on": before.done_on},
            after={"title": before.title, "state": move.state, "reason": move.reason}
            | ({"done_on": plain(move.done_on)} if move.done_on else {}),
        )
        action_changed(before.ref)
