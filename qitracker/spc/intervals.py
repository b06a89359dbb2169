"""95 % intervals of proportions, rates and observed-over-expected ratios."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, sqrt
from typing import Literal

from scipy.special import chdtri, gammaincc

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""

LEAST_PREDICTED = 1.0
"""Below this many predicted events an SIR says nothing (CDC/NHSN, SIR Guide)."""

EXACT_BELOW = 10
"""Byar's approximation is good from this many events; below it the exact limits are used."""


@dataclass(frozen=True)
class Ratio:
    """An estimate with its 95 % interval; a limit that cannot be calculated is None."""

    value: float
    lower: float | None
    upper: float | None


def wilson(cases: float, size: float) -> tuple[float, float] | None:
    """Return the 95 % interval of a proportion, within 0 and 1; None when there are no cases.

    It never leaves 0 to 1 and holds for 0 of n and n of n, where the textbook interval has no width.

    Raises:
        Invalid: negative numbers, or more cases than there are.

    Source: Wilson, JASA 22 (1927) 209; Newcombe, Statistics in Medicine 17 (1998) 857, method 3.
    """
    if not 0 <= cases <= size:
        raise Invalid(say("{cases} of {size} cannot be: count again.", cases=cases, size=size))
    if size == 0:
        return None
    share, square = cases / size, Z * Z
    shrink = 1 + square / size
    centre = (share + square / (2 * size)) / shrink
    half = Z * sqrt(share * (1 - share) / size + square / (4 * size * size)) / shrink
    lower = 0.0 if cases == 0 else max(0.0, centre - half)
    upper = 1.0 if cases == size else min(1.0, centre + half)
    return lower, upper


def exact_poisson(events: float) -> tuple[float, float]:
    """Return the exact 95 % interval of the mean that gave `events`; the lower limit of 0 events is 0.

    Source: Garwood, Biometrika 28 (1936) 437.
    """
    _check_counted(events)
    lower = float(chdtri(2 * events, 0.975)) / 2 if events else 0.0
    return lower, float(chdtri(2 * events + 2, 0.025)) / 2


def byar(events: float) -> tuple[float, float]:
    """Return Byar's approximate 95 % interval of the mean that gave `events`.

    Source: Breslow and Day, Statistical Methods in Cancer Research II (1987), 2.3.
    """
    _check_counted(events)
    more = events + 1
    upper = more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3
    if events == 0:
        return 0.0, upper
    return events * (1 - 1 / (9 * events) - Z / (3 * sqrt(events))) ** 3, upper


def mid_p(events: float) -> tuple[float | None, float]:
    """Return the mid-P 95 % interval of the mean that gave `events`; no lower limit at 0 events.

    Only half of the chance of the very count that was seen is held against a mean, so the
    interval is a little narrower than the exact one.

    Source: Rothman and Boice, Epidemiologic Analysis (1979); CDC/NHSN, SIR Guide.
    """
    _check_counted(events)
    least, most = exact_poisson(events)  # wider on both sides, so the roots lie between
    upper = _root(lambda mean: 0.025 - _tail_below(events, mean), least, most)
    lower = _root(lambda mean: 0.975 - _tail_below(events, mean), least, most) if events else None
    return lower, upper


def rate_interval(events: float, exposure: float, multiplier: float = 1.0) -> Ratio | None:
    """Return events per exposure with a 95 % interval, in display units; None without exposure.

    Raises:
        Invalid: negative events or exposure.
    """
    if exposure < 0:
        raise Invalid(say("{size} cannot be an exposure: enter 0 or more.", size=exposure))
    if exposure == 0:
        return None
    lower, upper = _by_size(events)
    scale = multiplier / exposure
    return Ratio(events * scale, lower * scale, upper * scale)


def standardised_infection_ratio(observed: float, predicted: float) -> Ratio | None:
    """Return observed over predicted with its mid-P interval; None when predicted is below 1.

    Source: CDC/NHSN, SIR Guide.
    """
    _check_counted(observed)
    if predicted < LEAST_PREDICTED:
        return None
    lower, upper = mid_p(observed)
    return Ratio(observed / predicted, None if lower is None else lower / predicted, upper / predicted)


def standardised_mortality_ratio(observed: float, expected: float) -> Ratio | None:
    """Return observed over expected with Byar's interval, exact below 10 observed; None when none are expected.

    Source: Association of Public Health Observatories, Technical Briefing 3 (2008).
    """
    _check_counted(observed)
    if expected <= 0:
        return None
    lower, upper = _by_size(observed)
    return Ratio(observed / expected, lower / expected, upper / expected)


def mid_p_value(observed: float, predicted: float) -> float | None:
    """Return the two-sided mid-P chance of a count at least this far from `predicted`; None below 1 predicted."""
    _check_counted(observed)
    if predicted < LEAST_PREDICTED:
        return None
    below = _tail_below(observed, predicted)
    return min(1.0, 2 * min(below, 1 - below))


Verdict = Literal["better", "worse", "no different"]


def against_one(ratio: Ratio) -> Verdict:
    """Return how an observed-over-predicted ratio of harm stands to 1: only an interval clear of 1 counts."""
    if ratio.upper is not None and ratio.upper < 1:
        return "better"
    return "worse" if ratio.lower is not None and ratio.lower > 1 else "no different"


def _by_size(events: float) -> tuple[float, float]:
    return exact_poisson(events) if events < EXACT_BELOW else byar(events)


def _tail_below(events: float, mean: float) -> float:
    """Return P(X < events) + P(X = events) / 2 for a Poisson count of this mean; it falls as the mean grows."""
    at_most = float(gammaincc(events + 1, mean))
    fewer = float(gammaincc(events, mean)) if events else 0.0
    return (at_most + fewer) / 2


def _root(rising: Callable[[float], float], low: float, high: float) -> float:
    """Return where a rising function crosses 0 between low and high, to the last digit."""
    while True:
        middle = (low + high) / 2
        if not low < middle < high:
            return middle
        if rising(middle) < 0:
            low = middle
        else:
            high = middle


def _check_counted(events: float) -> None:
    if not 0 <= events < inf:
        raise Invalid(say("{events} cannot be a count: enter 0 or more.", events=events))
