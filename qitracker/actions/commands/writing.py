"""How a change of an action reaches its row: only when nobody else changed it since."""

from typing import Any

from sqlalchemy import update

from qitracker.actions.commands.plans import Plan
from qitracker.actions.models import Action
from qitracker.actions.queries.lines import ActionLine, known_action
from qitracker.actions.rules import Move
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.errors import Conflict
from qitracker.foundation.words import say

CHANGED_MEANWHILE = say("Somebody else changed this action meanwhile. Nothing of yours is stored yet: see both below.")


def write_action(by: Actor, before: ActionLine, seen: int, values: dict[str, Any], *, mine: Plan | Move) -> None:
    """Change the row if nobody has since `seen`.

    Raises:
        Conflict: somebody has; `theirs` is the action as it stands now.
    """
    changed = store.execute(
        update(Action)
        .where(Action.id == before.id, Action.version == seen)
        .values(**values, version=Action.version + 1)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:
        raise Conflict(CHANGED_MEANWHILE, theirs=known_action(before.id, by=by), mine=mine)
