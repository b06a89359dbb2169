"""Values that can be true and are saved, but deserve a second look: the sentence that asks for it."""

from collections.abc import Sequence
from statistics import quantiles
from typing import Final

from qitracker.foundation.words import Quantity, Sentence, say
from qitracker.measures.rules import Definition

ENOUGH_HISTORY: Final = 6  # values before an unusual one is remarked on
FAR_OUT: Final = 3.0  # interquartile ranges beyond the quartiles; Tukey, Exploratory Data Analysis, 1977, 2D
SAVED: Final = say("It is saved.")
AHEAD: Final = say("It will be saved with a mark.")


def unusual(
    value: float, definition: Definition, recent: Sequence[float | None] = (), *, told: Sentence = SAVED
) -> Sentence | None:
    """Return what to ask about `value` (display units), or None when nothing stands out.

    The plausible range of the definition comes first; then the last values of the series, from six
    on: further than three interquartile ranges beyond their quartiles is far. `told` says that it is
    saved, or that it will be.
    """
    return _outside_plausible(value, definition, told) or _far_from_recent(value, definition, recent, told)


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
