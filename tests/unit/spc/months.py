"""Builds monthly series for tests of the statistics."""

from collections.abc import Sequence
from datetime import date

from qitracker.spc.analyse import analyse
from qitracker.spc.analysis import Analysis, Direction, Series


def month(at: int) -> date:
    """Return the first day of a month, counted from January 2024."""
    return date(2024 + at // 12, at % 12 + 1, 1)


def monthly(*pairs: tuple[float | None, float | None], multiplier: float = 1.0) -> Series:
    """Return a series of months from (numerator, denominator)."""
    starts = tuple(month(at) for at in range(len(pairs)))
    return Series(starts, tuple(n for n, _ in pairs), tuple(d for _, d in pairs), multiplier=multiplier)


def values(numbers: Sequence[float | None]) -> Series:
    """Return a series of months from single values; None is a missing month."""
    return monthly(*((number, None if number is None else 1.0) for number in numbers))


def read(
    numbers: Sequence[float | None], chart: str = "i", rule_set: str = "mdc", direction=Direction.UP, **settings
) -> Analysis:
    """Return the analysis of single values, on an XmR chart with NHS rules unless asked otherwise."""
    return analyse(values(numbers), chart=chart, rule_set=rule_set, direction=direction, **settings)


CALM = [50.0, 52, 49, 51, 48, 50, 53, 47, 51, 49, 52, 50]
"""A year around 50 without a signal under either rule set."""
