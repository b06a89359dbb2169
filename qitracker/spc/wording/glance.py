"""The line of a board: one short sentence for one measure, from the few facts that a board keeps of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from qitracker.foundation.words import Period, Sentence, say
from qitracker.spc.judged import compare
from qitracker.spc.lines import MINIMUM
from qitracker.spc.wording.clauses import SENTENCES
from qitracker.spc.wording.figures import Figures, centre_in_words, filled, many, upcoming
from qitracker.spc.wording.story import Story

LOOKED_BACK_ON = 24
"""Points that a board draws and speaks of."""


@dataclass(frozen=True)
class Glance:
    """How a series ends, in the few facts that its line needs; values in display units.

    `since` is the first point of the signal told, of the phase that is new, or the last point of a
    signal that is over; `length` counts the points it speaks of, among the last 24. Of a long series
    with hardly any results it stays 0: a board does not know how many lie before what it keeps.
    """

    story: Story
    frequency: str
    is_median: bool = False  # the centre line is a median
    since: date | None = None
    length: int = 0
    rule: str = ""
    side: str = ""
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    crossings: int | None = None  # seen, and the least that chance gives
    least: int | None = None

    @property
    def began(self) -> Period:
        """Return `since` as the period it is."""
        return Period(self.since or date.min, self.frequency)


def glance_line(glance: Glance, *, unit: str = "", decimals: int = 1) -> Sentence:
    """Return what the numbers say in one line, without the name of the measure."""
    return _TELLERS[glance.story](glance, Figures(unit, decimals))


def _empty(glance: Glance, figures: Figures) -> Sentence:
    return say("No results yet.")


def _early(glance: Glance, figures: Figures) -> Sentence:
    if not glance.length:
        return say("Too early to call: fewer than {needed} points.", needed=MINIMUM)
    return say("Too early to call: {count} of {needed} points.", count=glance.length, needed=MINIMUM)


def _new_phase(glance: Glance, figures: Figures) -> Sentence:
    return say(
        "Too early to call: {count} of {needed} points since {start}.",
        count=glance.length,
        needed=MINIMUM,
        start=glance.began,
    )


def _signal(glance: Glance, figures: Figures) -> Sentence:
    look = ("shift" if glance.rule == "long_run" else glance.rule, glance.side)
    limit = glance.upper if glance.side == "above" else glance.lower
    values: dict[str, object] = {"since": glance.began, "length": many(glance.length, glance.frequency)}
    if glance.centre is not None:
        values["line"] = centre_in_words(figures(glance.centre), is_median=glance.is_median)
    if limit is not None:
        values["limit"] = figures(limit)
    return filled(SENTENCES[look], **values)


def _whole_phase(glance: Glance, figures: Figures) -> Sentence:
    if glance.crossings is None:
        return say("More than chance is at work: the results cross the centre line too rarely.")
    return say(
        "More than chance is at work since {start}: {crossings} crossings of the centre line, not {least} or more.",
        start=glance.began,
        crossings=glance.crossings,
        least=glance.least,
    )


def _calming(glance: Glance, figures: Figures) -> Sentence:
    return say(
        "Last signal in {last}, then {length} as usual: too early to call.",
        last=glance.began,
        length=many(glance.length, glance.frequency),
    )


def _usual(glance: Glance, figures: Figures) -> Sentence:
    calm = say("No signal in {length}.", length=many(glance.length, glance.frequency))
    if glance.lower is None or glance.upper is None:
        return calm
    if compare(glance.lower, glance.upper) == 0:
        return say("{calm} Always {value}.", calm=calm, value=figures(glance.upper))
    return say(
        "{calm} Expect {lower} to {upper} {when}.",
        calm=calm,
        lower=figures.bare(glance.lower),
        upper=figures(glance.upper),
        when=upcoming(glance.frequency),
    )


_TELLERS: dict[Story, Callable[[Glance, Figures], Sentence]] = {
    Story.EMPTY: _empty,
    Story.EARLY: _early,
    Story.SIGNAL: _signal,
    Story.WHOLE_PHASE: _whole_phase,
    Story.NEW_PHASE: _new_phase,
    Story.CALMING: _calming,
    Story.LEVEL: _usual,
    Story.CALM: _usual,
    Story.USUAL: _usual,
}
