"""The 95 % intervals of observed over expected, as the definition asks for them, and what they say. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from qitracker.foundation.words import Period, Quantity, Sentence, say
from qitracker.measures.rules import Definition, Interval, Scoring
from qitracker.spc.analysis import Analysis, State
from qitracker.spc.intervals import Ratio, against_one, standardised_infection_ratio, standardised_mortality_ratio

NAMES: Final = {
    Interval.MID_P: say("mid-P exact Poisson"),
    Interval.BYAR: say("Byar, exact Poisson below 10 observed"),
}
VERDICTS: Final = {
    "better": say("fewer than expected"),
    "worse": say("more than expected"),
    "no different": say("not different from expected"),
}


@dataclass(frozen=True)
class Bounds:
    """The ends of an interval in display units; None where an end is not calculated."""

    lower: float | None
    upper: float | None


def intervals_of(analysis: Analysis, definition: Definition) -> dict[date, Bounds]:
    """Return the interval of each period that has a ratio; nothing for scorings without observed and expected."""
    found = {}
    for point in analysis.points:
        ratio = _ratio(point.state, point.numerator, point.denominator, definition)
        if ratio is not None:
            found[point.start] = Bounds(*(_shown(end, definition) for end in (ratio.lower, ratio.upper)))
    return found


def interval_sentence(analysis: Analysis, definition: Definition) -> Sentence | None:
    """Return what the latest ratio's interval says against what was expected; None where there is none."""
    if analysis.latest is None:
        return None
    point = analysis.points[analysis.latest]
    ratio = _ratio(point.state, point.numerator, point.denominator, definition)
    if ratio is None or ratio.upper is None or definition.interval is None:
        return None
    return say(
        "{period}: {observed} observed, {expected} expected, {verdict}. 95 % interval {lower} to {upper} ({method}).",
        period=Period(point.start, analysis.frequency),
        observed=Quantity(point.numerator or 0.0),
        expected=Quantity(point.denominator or 0.0, decimals=2),
        verdict=VERDICTS[against_one(ratio)],
        lower=say("0") if ratio.lower is None else Quantity(ratio.lower, decimals=2),
        upper=Quantity(ratio.upper, decimals=2),
        method=NAMES[definition.interval],
    )


def _ratio(state: State, observed: float | None, expected: float | None, definition: Definition) -> Ratio | None:
    if definition.scoring is not Scoring.OBSERVED_EXPECTED or state is not State.VALUE:
        return None
    if observed is None or expected is None:
        return None
    calculate = standardised_infection_ratio if definition.interval is Interval.MID_P else standardised_mortality_ratio
    return calculate(observed, expected)


def _shown(end: float | None, definition: Definition) -> float | None:
    return None if end is None else end * definition.multiplier
