"""Reads of actions: `lines` (one row each, mine, those that answer something), `register`, `one`."""

from qitracker.actions.queries.lines import (
    ActionLine,
    actions_answering,
    actions_by_id,
    actions_within,
    known_action,
    my_actions,
    overdue_actions,
)
from qitracker.actions.queries.one import ActionPage, Offered, action_page, may_move, offered_in
from qitracker.actions.queries.register import RegisterPage, RegisterRow, Wanted, all_rows, register

__all__ = [
    "ActionLine",
    "ActionPage",
    "Offered",
    "RegisterPage",
    "RegisterRow",
    "Wanted",
    "action_page",
    "actions_answering",
    "actions_by_id",
    "actions_within",
    "all_rows",
    "known_action",
    "may_move",
    "my_actions",
    "offered_in",
    "overdue_actions",
    "register",
]
