"""Deeds of actions: `keep` (add, change what it says), `move` (from state to state), `hooks` (who is told of both)."""

from qitracker.actions.commands.keep import add_action, change_action
from qitracker.actions.commands.move import move_action

__all__ = ["add_action", "change_action", "move_action"]
