"""What can happen to actions, and the sentence that tells each."""

from qitracker.actions.rules import ActionState
from qitracker.audit.events import tell

ADDED = tell("actions.action.added", "{actor} added the action “{title}”: {owner}, due {due}.")
CHANGED = tell("actions.action.changed", "{actor} changed the action “{title}”: {changes}.")
PLANNED = tell("actions.action.planned", "{actor} set “{title}” back to planned. Reason: {reason}")
BEGUN = tell("actions.action.begun", "{actor} began “{title}”.")
TAKEN_UP = tell("actions.action.taken_up", "{actor} took “{title}” up again. Reason: {reason}")
DONE = tell("actions.action.done", "{actor} marked “{title}” as done on {done_on}.")
DROPPED = tell("actions.action.dropped", "{actor} dropped “{title}”. Reason: {reason}")

OF_MOVE = {
    (ActionState.PLANNED, ActionState.RUNNING): BEGUN,
    (ActionState.PLANNED, ActionState.DONE): DONE,
    (ActionState.PLANNED, ActionState.DROPPED): DROPPED,
    (ActionState.RUNNING, ActionState.DONE): DONE,
    (ActionState.RUNNING, ActionState.PLANNED): PLANNED,
    (ActionState.RUNNING, ActionState.DROPPED): DROPPED,
    (ActionState.DONE, ActionState.RUNNING): TAKEN_UP,
    (ActionState.DROPPED, ActionState.PLANNED): TAKEN_UP,
}
"""Which event each move of `actions.rules.MOVES` is."""
