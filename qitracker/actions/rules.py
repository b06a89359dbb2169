"""What may become of an action: its states and moves, when it is overdue, and what its words must be. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from qitracker.actions.hierarchy import TYPES
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say
from qitracker.measures.texts import tidy


class ActionState(StrEnum):
    """How far an action is. The value is stored: short and stable."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


STATE_WORDS: Final[dict[ActionState, Sentence]] = {
    ActionState.PLANNED: say("Planned"),
    ActionState.RUNNING: say("Running"),
    ActionState.DONE: say("Done"),
    ActionState.DROPPED: say("Dropped"),
}

MOVES: Final[dict[ActionState, tuple[ActionState, ...]]] = {
    ActionState.PLANNED: (ActionState.RUNNING, ActionState.DONE, ActionState.DROPPED),
    ActionState.RUNNING: (ActionState.DONE, ActionState.PLANNED, ActionState.DROPPED),
    ActionState.DONE: (ActionState.RUNNING,),
    ActionState.DROPPED: (ActionState.PLANNED,),
}
"""Where an action can go from each state. Nothing is deleted: what is given up is dropped, for a reason."""

OPEN: Final = (ActionState.PLANNED, ActionState.RUNNING)
LONGEST_TITLE: Final = 160
LONGEST_REASON: Final = 600
LONGEST_DETAIL: Final = 4000
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
"""Days outside these are slips of the keyboard."""


def is_open(state: ActionState) -> bool:
    """Say whether somebody still has to do something."""
    return state in OPEN


def days_late(state: ActionState, due: date, *, today: date) -> int:
    """Return how many days an open action is past its date; 0 on the day itself, and for what is done or dropped."""
    return max((today - due).days, 0) if is_open(state) else 0


def needs_reason(before: ActionState, after: ActionState) -> bool:
    """Say whether a move must be explained: giving up, and going back on what was done or begun."""
    return after in (ActionState.DROPPED, ActionState.PLANNED) or not is_open(before)


@dataclass(frozen=True)
class Move:
    """One step of an action from where it is to another state."""

    state: ActionState
    reason: str = ""
    done_on: date | None = None


def check_move(before: ActionState, move: Move, *, today: date) -> Move:
    """Return the move with only what belongs to it.

    Raises:
        Invalid: beside `state`, `reason` or `done_on`: no such move, no reason where one is needed, or no day.
    """
    if move.state not in MOVES[before]:
        words = "“{before}” does not become “{after}” in one step. Choose another."
        raise Invalid(say(words, before=STATE_WORDS[before], after=STATE_WORDS[move.state]), field="state")
    reason = checked_text(move.reason, "reason", LONGEST_REASON)
    if needs_reason(before, move.state) and not reason:
        raise Invalid(_WHY[move.state], field="reason")
    return Move(move.state, reason, _checked_day(move, today))


_WHY: Final[dict[ActionState, Sentence]] = {
    ActionState.DROPPED: say("Say why the action is dropped; those who asked for it will read it."),
    ActionState.PLANNED: say("Say why it is planned anew."),
    ActionState.RUNNING: say("Say what is still to be done."),
}


def _checked_day(move: Move, today: date) -> date | None:
    if move.state is not ActionState.DONE:
        return None
    if move.done_on is None:
        raise Invalid(say("Enter the day on which it was done."), field="done_on")
    if move.done_on > today:
        raise Invalid(say("{day} is still to come. Enter a day up to today.", day=move.done_on), field="done_on")
    if move.done_on < FIRST_DAY:
        raise Invalid(say("{day} is too long ago. Check the year.", day=move.done_on), field="done_on")
    return move.done_on


def check_title(title: str) -> str:
    """Return the title as one line. Raises Invalid beside `title`."""
    line = checked_text(" ".join(title.split()), "title", LONGEST_TITLE)
    if not line:
        raise Invalid(say("Say in a few words what is done."), field="title")
    return line


def check_detail(detail: str) -> str:
    """Return the details, tidied. Raises Invalid beside `detail`."""
    return checked_text(detail, "detail", LONGEST_DETAIL)


def check_type(code: str) -> str:
    """Return the code of a type. Raises Invalid beside `type`."""
    if code not in TYPES:
        raise Invalid(say("Choose what kind of action it is; its strength follows from that."), field="type")
    return code


def check_due(due: date) -> date:
    """Return the day by which it is to be done. Raises Invalid beside `due`."""
    if not FIRST_DAY <= due <= LAST_DAY:
        raise Invalid(say("{day} cannot be meant. Check the year.", day=due), field="due")
    return due


def checked_text(text: str, field: str, most: int) -> str:
    """Return tidied text. Raises Invalid beside `field` where it has more than `most` characters."""
    tidied = tidy(text)
    if len(tidied) > most:
        raise Invalid(say("This has {size} characters. Use at most {most}.", size=len(tidied), most=most), field=field)
    return tidied
