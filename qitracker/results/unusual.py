"""Values that can be true and are saved, but deserve a second look: the sentence that asks for it."""

from collections.abc import Sequence
from statistics import quantiles
from typing import Final

from qitracker.foundation.words import Quantity, Sentence, say
from qitracker.measures.rules import Definition, Scoring

ENOUGH_HISTORY: Final = 6  # values before an unusual one is remarked on
FAR_OUT: Final = 3.0  # interquartile ranges beyond the quartiles; Tukey, Exploratory Data Analysis, 1977, 2D
SAVED: Final = say("It is saved.")
AHEAD: Final = say("It will be saved with a mark.")


def unusual(
    value: float,
    definition: Definition,
    recent: Sequence[float | None] = (),
    *,
    cases: float | None = None,
    told: Sentence = SAVED,
) -> Sentence | None:
    """Return what to ask about `value` (display units), or None when nothing stands out.

    The plausible range of the definition comes first; then the last values of the series, from six
    on: further than three interquartile ranges beyond their quartiles is far. Of a mean over so many
    `cases` that would be usual if it were divided by them, it is asked whether it is the sum. `told`
    says that it is saved, or that it will be.
    """
    remark = _outside_plausible(value, definition, told) or _far_from_recent(value, definition, recent, told)
    if remark is None or definition.scoring is not Scoring.MEAN or not cases or cases <= 1:
        return remark
    return _sum_for_mean(value, cases, definition, recent, told) or remark


def _sum_for_mean(
    value: float, cases: float, definition: Definition, recent: Sequence[float | None], told: Sentence
) -> Sentence | None:
    """Ask whether a sum was typed where the mean belongs, and say what the mean would be."""
    mean = value / cases
    if _outside_plausible(mean, definition, told) or _far_from_recent(mean, definition, recent, told):
        return None
    return say(
        "A mean of {value} is unusual. {told} Is this the sum? {sum} over {cases} cases is a mean of {mean}: "
        "then enter {mean}.",
        value=_quantity(value, definition),
        told=told,
        sum=Quantity(value, decimals=_decimals(value)),
        cases=int(cases),
        mean=Quantity(mean, decimals=max(definition.decimals, 2)),
    )


def _outside_plausible(value: float, definition: Definition, told: Sentence) -> Sentence | None:
    low, high = definition.plausible_low, definition.plausible_high
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    shown = _quantity(value, definition)
    if low is not None and high is not None:
        return say(
            "{value} is outside {low} to {high}. {told} Is a digit missing?",
            value=shown,
            told=told,
            low=Quantity(low, decimals=_decimals(low)),
            high=Quantity(high, definition.unit, _decimals(high)),
        )
    if low is not None:
        bound = Quantity(low, definition.unit, _decimals(low))
        return say("{value} is below {bound}. {told} Is a digit missing?", value=shown, told=told, bound=bound)
    bound = Quantity(high or 0.0, definition.unit, _decimals(high or 0.0))
    return say("{value} is above {bound}. {told} Is a digit too many?", value=shown, told=told, bound=bound)


def _far_from_recent(
    value: float, definition: Definition, recent: Sequence[float | None], told: Sentence
) -> Sentence | None:
    known = [number for number in recent if number is not None]
    if len(known) < ENOUGH_HISTORY:
        return None
    lower, _, upper = quantiles(known, n=4, method="inclusive")
    low, high = min(known), max(known)
    spread = FAR_OUT * (upper - lower or high - low)
    if spread == 0 or lower - spread <= value <= upper + spread:
        return None
    return say(
        "{value} is far from the last {count} values, {low} to {high}. {told} Is it right?",
        value=_quantity(value, definition),
        told=told,
        count=len(known),
        low=Quantity(low, decimals=definition.decimals),
        high=_quantity(high, definition),
    )


def _quantity(value: float, definition: Definition) -> Quantity:
    return Quantity(value, definition.unit, definition.decimals)


def _decimals(bound: float) -> int:
    """Return as many decimals as the bound was written with, so that 60 stays 60."""
    return len(f"{bound:.6f}".rstrip("0").partition(".")[2])
