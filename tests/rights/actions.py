"""Pages and deeds of actions: read where a role is held, kept by quality officers and facilitators."""

from qitracker.actions import commands
from qitracker.actions.rules import ActionState
from qitracker.foundation.permissions import Permission
from tests.builders.actions import an_action, plan_of
from tests.builders.people import Build
from tests.builders.results import TODAY
from tests.rights import Scene, deed, for_all_who_sign_in, page

READ, EDIT = Permission.ACTION_READ, Permission.ACTION_EDIT

PAGES = {
    "actions.index": for_all_who_sign_in("/actions"),
    "actions.register_csv": for_all_who_sign_in("/actions/register.csv"),
    "actions.register_xlsx": for_all_who_sign_in("/actions/register.xlsx"),
    "actions.new": for_all_who_sign_in("/actions/new"),
    "actions.show": page("/actions/{action_id}", needs=READ),
    "actions.edit": page("/actions/{action_id}/edit", needs=EDIT),
}

DEEDS = {
    "actions.add_action": deed(
        lambda by, s: commands.add_action(by=by, unit_id=s["ward"].id, **plan_of(s["officer"].user_id)), needs=EDIT
    ),
    "actions.change_action": deed(
        lambda by, s: commands.change_action(
            by=by, action_id=s["action_id"], seen=1, **plan_of(s["officer"].user_id, title="Lock it")
        ),
        needs=EDIT,
    ),
    "actions.move_action": deed(
        lambda by, s: commands.move_action(
            by=by, action_id=s["action_id"], seen=1, state=ActionState.RUNNING, today=TODAY
        ),
        needs=EDIT,
    ),
}


def arrange(build: Build, scene: Scene) -> None:
    """Add to the ward an action of the officer of the North."""
    scene["action_id"] = an_action(build, scene["ward"], scene["officer"].user_id)
