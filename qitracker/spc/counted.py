"""The numbers of a series that count: pairs where a period holds a value."""

from qitracker.foundation.errors import NotEnoughData
from qitracker.foundation.words import say
from qitracker.spc.analysis import Series, State


def counted(series: Series) -> list[tuple[float, float]]:
    """Return (numerator, denominator) of the periods that hold a value."""
    return [
        (num, den)
        for num, den, state in zip(series.numerators, series.denominators, series.states, strict=True)
        if state is State.VALUE and num is not None and den
    ]


def raw_values(series: Series) -> list[float | None]:
    """Return n values before the multiplier (0.12 means 12 %); None where no value stands."""
    return [
        num / den if state is State.VALUE and num is not None and den else None
        for num, den, state in zip(series.numerators, series.denominators, series.states, strict=True)
    ]


def sizes(series: Series) -> list[float | None]:
    """Return n denominators; None where no value stands."""
    return [
        den if state is State.VALUE and den else None
        for den, state in zip(series.denominators, series.states, strict=True)
    ]


def base_values(baseline: Series) -> list[float]:
    """Return the values that set the centre.

    Raises:
        NotEnoughData: there is none.
    """
    values = [value for value in raw_values(baseline) if value is not None]
    if not values:
        raise NotEnoughData(say("The baseline holds no results, so it has no average. Choose a longer baseline."))
    return values


def base_pairs(baseline: Series) -> list[tuple[float, float]]:
    """Return the numerators and denominators that set the centre.

    Raises:
        NotEnoughData: there is none.
    """
    pairs = counted(baseline)
    if not pairs:
        raise NotEnoughData(say("The baseline holds no cases, so it has no average. Choose a longer baseline."))
    return pairs


def pooled(pairs: list[tuple[float, float]]) -> float:
    """Return the sum of numerators over the sum of denominators: a large period weighs more than a small one."""
    return sum(num for num, _ in pairs) / sum(den for _, den in pairs)


def mean(values: list[float]) -> float:
    """Return the mean; of equal values it is that value exactly, so that none seems to lie off the line."""
    return values[0] if min(values) == max(values) else sum(values) / len(values)
