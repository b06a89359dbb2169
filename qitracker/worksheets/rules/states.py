"""How a worksheet goes from draft to closed. Pure."""

from enum import StrEnum
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say


class SheetState(StrEnum):
    """Where a worksheet stands. The value is stored."""

    DRAFT = "draft"
    ANALYSIS = "analysis"
    REVIEW = "review"
    CLOSED = "closed"


WORDS: Final[dict[SheetState, Sentence]] = {
    SheetState.DRAFT: say("draft"),
    SheetState.ANALYSIS: say("at work"),
    SheetState.REVIEW: say("in review"),
    SheetState.CLOSED: say("closed"),
}

MOVES: Final[dict[SheetState, tuple[SheetState, ...]]] = {
    SheetState.DRAFT: (SheetState.ANALYSIS,),
    SheetState.ANALYSIS: (SheetState.REVIEW, SheetState.DRAFT),
    SheetState.REVIEW: (SheetState.CLOSED, SheetState.ANALYSIS),
    SheetState.CLOSED: (SheetState.ANALYSIS,),
}
"""Where a worksheet may go from each state, the usual way first. Reopening keeps all history."""


def check_move(before: SheetState, after: SheetState) -> None:
    """Pass when a worksheet may go from one state to the other.

    Raises:
        Invalid: it may not.
    """
    if after not in MOVES[before]:
        raise Invalid(
            say(
                "A worksheet that is {before} cannot become {after} at once.", before=WORDS[before], after=WORDS[after]
            ),
            field="state",
        )
