"""What the units below a place add up to: a parent is never entered, it is summed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say
from qitracker.measures.rules import Scoring, has_denominator, rolls_up
from qitracker.spc.analysis import State

WITH_NUMBERS: Final = frozenset({State.VALUE, State.NOT_CALCULATED})


@dataclass(frozen=True)
class Part:
    """What one unit holds for a period; a unit that reported nothing is a part in state MISSING.

    A part may stand for several units in one state, its numbers being their sums.
    """

    state: State
    numerator: float | None = None
    denominator: float | None = None
    n: int | None = None
    units: int = 1


@dataclass(frozen=True)
class Total:
    """What the parts add up to, and how many of the units that should report are in it."""

    state: State
    numerator: float | None
    denominator: float | None
    n: int | None
    reporting: int  # units with a value, or with no cases
    units: int  # units to which the measure applies
    suppressed: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether every unit to which the measure applies is in the total."""
        return self.reporting == self.units

    @property
    def coverage(self) -> Sentence:
        """How much of the whole is in the total: "7 of 9 units"."""
        return say("{reporting} of {units} units", reporting=self.reporting, units=self.units)


def roll_up(parts: Iterable[Part], scoring: Scoring) -> Total:
    """Return the total of the units (the leaves, not their sums) for one period and stratum.

    Numerators and denominators are summed, as are observed and expected; a mean is weighted by its
    n because it is stored as sum over n. A count has no denominator, so its total is over 1.

    The state of the total: a value when any unit has one; not applicable when it applies to none;
    no cases only when every unit it applies to had none; else suppressed when any unit is, else
    missing. A ratio that is not calculated in a unit has its numbers and counts as a value. Suppressed
    units stay out of the sum, so that it gives no small number away.

    Raises:
        Invalid: this scoring does not add up (see `why_not`).
    """
    reason = why_not(scoring)
    if reason:
        raise Invalid(reason)
    parts = tuple(parts)
    held: Counter[State] = Counter()
    for part in parts:
        held[State.VALUE if part.state in WITH_NUMBERS else part.state] += part.units
    values = [part for part in parts if part.state in WITH_NUMBERS]
    units = held.total() - held[State.NOT_APPLICABLE]
    reporting = held[State.VALUE] + held[State.NO_CASES]
    state = _state(held, units)
    if state is State.VALUE:
        numerator: float | None = sum(part.numerator or 0.0 for part in values)
        denominator: float | None = sum(part.denominator or 0.0 for part in values) if has_denominator(scoring) else 1.0
    else:
        numerator = denominator = 0.0 if state is State.NO_CASES else None
    sizes = [part.n for part in values if part.n is not None]
    return Total(state, numerator, denominator, sum(sizes) if sizes else None, reporting, units, held[State.SUPPRESSED])


def why_not(scoring: Scoring) -> Sentence | None:
    """Return why results of this scoring do not add up, None where they do."""
    if rolls_up(scoring):
        return None
    if scoring is Scoring.MEDIAN:
        return say("Medians of units do not add up to the median of all patients. Look at each unit.")
    return say("Times between events in units do not add up to those of the whole. Look at each unit.")


def _state(held: Counter[State], units: int) -> State:
    if held[State.VALUE]:
        return State.VALUE
    if units == 0:
        return State.NOT_APPLICABLE if held[State.NOT_APPLICABLE] else State.MISSING
    if held[State.NO_CASES] == units:
        return State.NO_CASES
    return State.SUPPRESSED if held[State.SUPPRESSED] else State.MISSING
