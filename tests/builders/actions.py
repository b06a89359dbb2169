"""Actions for tests, in one line: added by the system to a unit, owned by somebody who works there."""

from datetime import date
from typing import Any

from qitracker.actions import commands, queries
from qitracker.actions.queries import ActionLine
from qitracker.actions.rules import ActionState
from qitracker.foundation.actor import Place
from tests.builders.people import SYSTEM, Build
from tests.builders.results import TODAY

DUE = date(2026, 7, 1)


def plan_of(owner_id: int, **changes: Any) -> dict[str, Any]:
    """Return what an action says, with anything changed."""
    plan = {
        "title": "Lock the drawer",
        "type": "engineering_control_forcing_function",
        "owner_id": owner_id,
        "due": DUE,
    }
    return plan | changes


def an_action(build: Build, unit: Place, owner_id: int, **changes: Any) -> int:
    """Add an action to a unit and return its number."""
    with build._inside():
        return commands.add_action(by=SYSTEM, unit_id=unit.id, **plan_of(owner_id, **changes))


def moved(build: Build, action_id: int, state: ActionState, *, reason: str = "", done_on: date | None = None) -> None:
    """Move an action as the system."""
    with build._inside():
        seen = queries.known_action(action_id, by=SYSTEM).version
        commands.move_action(
            by=SYSTEM, action_id=action_id, seen=seen, state=state, today=TODAY, reason=reason, done_on=done_on
        )


def the_action(build: Build, action_id: int) -> ActionLine:
    """Read an action as it stands."""
    with build._inside():
        return queries.known_action(action_id, by=SYSTEM)
