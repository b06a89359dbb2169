"""What an analysis says: the one contract that page, table, chart, API, workbook and PDF read.

All values, centre lines and limits are in display units (a proportion of 0.884 with multiplier
100 is 88.4). Indices count points of the series from 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from qitracker.foundation.words import Sentence


class Direction(StrEnum):
    """Which way is better; a fact of the definition, never a guess."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class State(StrEnum):
    """What a period holds. Only VALUE has a number; the others stay what they are, never zero."""

    VALUE = "value"
    MISSING = "missing"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"
    NO_CASES = "no_cases"
    NOT_CALCULATED = "not_calculated"  # numbers stand, their ratio may not be shown; worked out, never stored


class Reading(StrEnum):
    """What a point, or the series as it ends, means: the four marks ● ■ ◆ ▲ of the design."""

    USUAL = "usual"
    BETTER = "better"
    WORSE = "worse"
    CHANGED = "changed"  # a signal where no direction is better


class Assurance(StrEnum):
    """What the usual range says of the target."""

    ALWAYS = "always"
    NEVER = "never"
    SOMETIMES = "sometimes"
    NO_TARGET = "no_target"


@dataclass(frozen=True)
class Series:
    """n periods of one measure in one unit, in time order.

    A count or a time has denominators of 1. `states` is VALUE where a number stands; elsewhere
    numerator and denominator may be None. `frequency` names the period ("month").
    """

    starts: tuple[date, ...]
    numerators: tuple[float | None, ...]
    denominators: tuple[float | None, ...]
    multiplier: float = 1.0
    states: tuple[State, ...] = ()
    frequency: str = "month"

    def __post_init__(self) -> None:
        if not self.states:
            states = tuple(
                State.MISSING if num is None or den is None else State.NO_CASES if den == 0 else State.VALUE
                for num, den in zip(self.numerators, self.denominators, strict=True)
            )
            object.__setattr__(self, "states", states)

    @property
    def values(self) -> tuple[float | None, ...]:
        """n values in display units; None where the state is not VALUE."""
        return tuple(
            num / den * self.multiplier if state is State.VALUE and num is not None and den else None
            for num, den, state in zip(self.numerators, self.denominators, self.states, strict=True)
        )


@dataclass(frozen=True)
class PhaseStart:
    """A point in time from which limits are calculated anew, and why."""

    start: date
    reason: str = ""
    frozen_to: date | None = None  # limits come from points up to here; later ones are judged by them
    centre: float | None = None  # a centre line set by a person, in display units; None: the points set it


@dataclass(frozen=True)
class Signal:
    """One rule that fired: which, where, and what it means.

    `first`/`last` index the points it marks; both are None for a signal that belongs to the whole
    phase and has no start (too few crossings). `values` feed the sentence (length, limit, …).
    `marks` are the very points that show the rule; not always all from `first` to `last`.
    """

    rule: str
    phase: int
    reading: Reading
    first: int | None = None
    last: int | None = None
    side: str = ""  # "above" | "below" | "rising" | "falling" | ""
    values: dict[str, float] = field(default_factory=dict)
    marks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Point:
    """One period as drawn and as tabled. Lines are clipped to what is possible (0, 100 %)."""

    start: date
    state: State
    value: float | None
    numerator: float | None
    denominator: float | None
    phase: int
    included: bool  # counts: no person left it out, and its period is over
    centre: float | None
    lower: float | None  # 3-sigma line, None where the chart has none
    upper: float | None
    lower_2: float | None  # 2-sigma line
    upper_2: float | None
    rules: tuple[str, ...]  # codes of the rules that mark this point, most important first
    reading: Reading
    is_over: bool = True  # no more cases come; until then the value is one so far, and is not judged


@dataclass(frozen=True)
class Phase:
    """One stretch with its own centre line. Run figures follow Anhøj, None where nothing is useful."""

    first: int
    last: int
    reason: str
    centre: float | None
    baseline: int  # number of points that set the lines; under 10 the lines may still move
    useful: int = 0
    longest_run: int | None = None
    longest_run_max: int | None = None
    crossings: int | None = None
    crossings_min: int | None = None


@dataclass(frozen=True)
class Analysis:
    """The whole of what the numbers say. Everything shown anywhere is read from here."""

    chart: str  # code of the chart type that is drawn, e.g. "p"; "run" while the series is too short
    rule_set: str  # code of the rule set, e.g. "mdc"
    direction: Direction
    frequency: str
    points: tuple[Point, ...]
    phases: tuple[Phase, ...]
    signals: tuple[Signal, ...]  # in time order; phase-wide ones last of their phase
    reading: Reading  # of the latest point that counts, phase-wide signals included
    screened: bool  # whether large moving ranges were left out once
    notices: tuple[Sentence, ...] = ()  # e.g. limits too narrow for such large denominators
    early: bool = False  # fewer points than a judgement needs: no limits, no signals
    dispersion: float | None = None  # Laney's sigma_z of the latest long phase of a P, U or C chart

    @property
    def latest(self) -> int | None:
        """Index of the last point that counts; of the last with a value where none counts."""
        return latest_of(self.points)


def latest_of(points: Sequence[Point]) -> int | None:
    """Return the place of the last point that counts, else of the last with a value, else None."""
    held = [at for at, point in enumerate(points) if point.value is not None]
    return next((at for at in reversed(held) if points[at].included), held[-1] if held else None)
