"""Which story an analysis tells as it ends: the choice all sentences share, so that none contradicts another."""

from dataclasses import dataclass
from enum import Enum, auto

from qitracker.foundation.words import Sentence
from qitracker.spc.analysis import Analysis, Point, Reading, Signal
from qitracker.spc.judged import compare
from qitracker.spc.lines import MINIMUM
from qitracker.spc.wording.figures import many

RECENT = 12
"""Points looked back on when counting how many lie outside the limits."""

SETTLED = 7
"""Points without a signal after which a change is over; before that it is too early to call."""

MOST_TELLING = ("shift", "long_run", "trend", "two_of_three", "outside")
"""Of several rules at the latest point, the one that says most about when it began is told first."""


class Story(Enum):
    """How a series ends."""

    EMPTY = auto()  # no results
    EARLY = auto()  # too few points in the whole series
    SIGNAL = auto()  # the latest point shows a signal
    WHOLE_PHASE = auto()  # the phase as a whole does not vary by chance; no point began it
    NEW_PHASE = auto()  # too few points since limits began anew
    CALMING = auto()  # a signal ended a few points ago
    LEVEL = auto()  # as usual around a centre that lies clear of the phase before
    CALM = auto()  # as usual, with a signal longer ago in this phase
    USUAL = auto()  # as usual, no signal in this phase


TOO_EARLY = (Story.EARLY, Story.NEW_PHASE, Story.CALMING)
"""Stories of which the headline says that it is too early to call."""


@dataclass(frozen=True)
class Told:
    """The story, and what its sentences need."""

    story: Story
    latest: int = -1
    signal: Signal | None = None  # the one that is told
    since: int = 0  # points that count since the last signal, the latest included


def tell(analysis: Analysis) -> Told:
    """Return the story of an analysis; better or worse is told only where a signal stands."""
    latest = analysis.latest
    if latest is None:
        return Told(Story.EMPTY)
    if analysis.early:
        return Told(Story.EARLY, latest)
    here = [signal for signal in analysis.signals if latest in signal.marks]
    if here and analysis.points[latest].reading is not Reading.USUAL:
        return Told(Story.SIGNAL, latest, _most_telling(here, analysis.points[latest].reading))
    return _without_signal_now(analysis, latest)


def _without_signal_now(analysis: Analysis, latest: int) -> Told:
    number = analysis.points[latest].phase
    own = [signal for signal in analysis.signals if signal.phase == number]
    wide = next((signal for signal in own if signal.first is None), None)
    if wide is not None:
        return Told(Story.WHOLE_PHASE, latest, wide)
    if analysis.phases[number].baseline < MINIMUM:
        return Told(Story.NEW_PHASE, latest)
    past = max(own, key=lambda signal: signal.marks[-1], default=None)
    if past is None:
        return Told(Story.LEVEL if has_new_level(analysis, latest) else Story.USUAL, latest)
    since = sum(point.included and point.value is not None for point in analysis.points[past.marks[-1] + 1 :])
    return Told(Story.CALMING if since < SETTLED else Story.CALM, latest, past, since)


def _most_telling(signals: list[Signal], reading: Reading) -> Signal:
    """Return the signal to tell, of those that mean what the latest point means."""
    agreeing = [signal for signal in signals if signal.reading is reading]
    return min(agreeing, key=lambda signal: (MOST_TELLING.index(signal.rule), -len(signal.marks)))


def has_new_level(analysis: Analysis, latest: int) -> bool:
    """Return whether the current phase began with 7 or more points on one side of the centre before it.

    That run is the evidence; a new centre alone would not show that anything changed.
    """
    number = analysis.points[latest].phase
    if number == 0:
        return False
    before, now = analysis.phases[number - 1].centre, analysis.phases[number].centre
    if before is None or now is None or compare(now, before) == 0:
        return False
    opening = [point for point in phase_points(analysis, number) if point.included and point.value is not None]
    return len(opening) >= SETTLED and all(
        point.value is not None and compare(point.value, before) == compare(now, before) for point in opening[:SETTLED]
    )


def phase_points(analysis: Analysis, number: int) -> tuple[Point, ...]:
    """Return the points of one phase."""
    phase = analysis.phases[number]
    return analysis.points[phase.first : phase.last + 1]


def counted_points(analysis: Analysis, number: int) -> int:
    """Return how many points of a phase hold a value that counts."""
    return sum(point.included and point.value is not None for point in phase_points(analysis, number))


def outside_recently(analysis: Analysis, told: Told) -> tuple[int, Sentence | str]:
    """Return how many of the last periods lie outside the limits and say what the told signal says, and how many
    periods that is in words ("12 months"); 0 where that is the signal itself."""
    recent = range(max(0, told.latest - RECENT + 1), told.latest + 1)
    signal = told.signal
    if signal is None or signal.rule == "outside":
        return 0, ""
    outside = sum(_agrees(analysis.points[at], signal) for at in recent)
    return outside, many(len(recent), analysis.frequency)


def _agrees(point: Point, signal: Signal) -> bool:
    """Return whether a point outside the limits says the same as the signal, in the same phase."""
    return "outside" in point.rules and point.reading is signal.reading and point.phase == signal.phase
