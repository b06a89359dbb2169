"""Did an action work? Said only by what the chart of its measure marks, and only after enough results. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from qitracker.results.queries.followed import Mark
from qitracker.spc.analysis import Reading

NEEDED: Final = 8
"""Results after an action before anything is said of its effect: one more than the longest run that a rule asks for."""


class Verdict(StrEnum):
    """What can be said of an action now. Short and stable: it stands in addresses."""

    OPEN = "open"  # not done yet
    EARLY = "early"
    WORKED = "worked"
    NOT = "not"  # it got worse since
    NO_CHANGE = "no_change"
    BEFORE = "before"  # what the chart marks began before the action was done
    CHANGED = "changed"  # of a measure without better or worse
    UNJUDGED = "unjudged"  # no measure judges it
    ELSEWHERE = "elsewhere"  # a measure that this reader does not reach


SAID: Final = (Verdict.WORKED, Verdict.NOT, Verdict.NO_CHANGE, Verdict.BEFORE, Verdict.CHANGED)
"""Verdicts that rest on enough results."""

_OF_READING: Final = {
    Reading.BETTER: Verdict.WORKED,
    Reading.WORSE: Verdict.NOT,
    Reading.CHANGED: Verdict.CHANGED,
}


@dataclass(frozen=True)
class Effect:
    """What is said of an action, and the results that were seen after it."""

    verdict: Verdict
    seen: int = 0
    since: date | None = None  # the first result that the verdict rests on

    @property
    def is_said(self) -> bool:
        """Say whether there were enough results."""
        return self.verdict in SAID

    @property
    def lacking(self) -> int:
        """Return how many results are still to come."""
        return max(NEEDED - self.seen, 0)


def effect_of(marks: Sequence[Mark], done_on: date | None) -> Effect:
    """Return what can be said, from the last results of the measure (oldest first) and the day of the action.

    A result counts once its whole period lies after the action. The verdict is what the chart marks last: a run that
    had begun before the action was done is no effect of it, and unmarked results are as usual, however they look.
    """
    if done_on is None:
        return Effect(Verdict.OPEN)
    held = [mark for mark in marks if mark.value is not None]
    after = [mark for mark in held if mark.start > done_on]
    if len(after) < NEEDED:
        return Effect(Verdict.EARLY, len(after))
    before = held[: len(held) - len(after)]
    going_on = before[-1].reading if before else Reading.USUAL
    fresh = _without_what_went_on(after, going_on)
    marked = [mark for mark in fresh if mark.reading is not Reading.USUAL]
    if marked:
        verdict = _OF_READING[marked[-1].reading]
        return Effect(verdict, len(after), _began(marked))
    return Effect(Verdict.NO_CHANGE if len(fresh) == len(after) else Verdict.BEFORE, len(after))


def _without_what_went_on(after: Sequence[Mark], going_on: Reading) -> Sequence[Mark]:
    """Return the results after the stretch that goes on, without a break, from before the action."""
    if going_on is Reading.USUAL:
        return after
    ends = next((at for at, mark in enumerate(after) if mark.reading is not going_on), len(after))
    return after[ends:]


def _began(marked: Sequence[Mark]) -> date:
    """Return the first result of the last stretch of the same reading."""
    first = marked[-1]
    for mark in reversed(marked):
        if mark.reading is not first.reading:
            break
        first = mark
    return first.start
