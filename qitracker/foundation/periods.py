"""Periods of a series: where one begins and ends, and which comes next.

A period is its first day plus its frequency ("day", "week", "month", "quarter", "year", "event").
A week is the ISO week (Monday first), a quarter the calendar quarter. A year begins in
`fiscal_start` (1 = January, 4 = April). An event has no length: it is the day it happened on.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say

BEYOND: Final = say("This lies outside the years 1 to 9999. Choose another day.")

FREQUENCIES: Final = ("day", "week", "month", "quarter", "year", "event")
MONTHS_IN: Final = {"month": 1, "quarter": 3, "year": 12}
DAYS_IN: Final = {"day": 1, "event": 1, "week": 7}


def period_of(day: date, frequency: str, *, fiscal_start: int = 1) -> date:
    """Return the first day of the period that holds `day`.

    Raises:
        Invalid: no such frequency.
    """
    match frequency:
        case "day" | "event":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, day.month - (day.month - 1) % 3, 1)
        case "year":
            return _first_of_month(day.year - (day.month < fiscal_start), fiscal_start)
        case _:
            raise Invalid(
                say(
                    "“{frequency}” is not a frequency. Choose one of: {choices}.",
                    frequency=frequency,
                    choices=", ".join(FREQUENCIES),
                )
            )


def is_period_start(day: date, frequency: str, *, fiscal_start: int = 1) -> bool:
    """Say whether `day` is the first day of a period of that frequency."""
    return period_of(day, frequency, fiscal_start=fiscal_start) == day


def shift_period(start: date, frequency: str, count: int) -> date:
    """Return the first day of the period `count` periods after (before, when negative) the one at `start`.

    Raises:
        Invalid: no such frequency, or a year that no calendar has.
    """
    if frequency in DAYS_IN:
        try:
            return start + timedelta(days=DAYS_IN[frequency] * count)
        except OverflowError:
            raise Invalid(BEYOND, field="period") from None
    if frequency not in MONTHS_IN:
        period_of(start, frequency)  # says which frequencies there are
    months = start.year * 12 + start.month - 1 + MONTHS_IN[frequency] * count
    return _first_of_month(months // 12, months % 12 + 1)


def _first_of_month(year: int, month: int) -> date:
    try:
        return date(year, month, 1)
    except ValueError:
        raise Invalid(BEYOND, field="period") from None


def next_period(start: date, frequency: str) -> date:
    """Return the first day of the period after the one that begins at `start`."""
    return shift_period(start, frequency, 1)


def previous_period(start: date, frequency: str) -> date:
    """Return the first day of the period before the one that begins at `start`."""
    return shift_period(start, frequency, -1)


def period_end(start: date, frequency: str) -> date:
    """Return the last day (inclusive) of the period that begins at `start`; of an event, its own day."""
    return next_period(start, frequency) - timedelta(days=1)


def periods_between(first: date, last: date, frequency: str) -> tuple[date, ...]:
    """Return the first days of all periods from the one at `first` to the one that holds `last`.

    `first` is the first day of a period. The result is empty when `last` lies before it.
    """
    starts = []
    start = first
    while start <= last:
        starts.append(start)
        start = next_period(start, frequency)
    return tuple(starts)


def days_in_month(year: int, month: int) -> int:
    """Return how many days that month has: 28 to 31."""
    return monthrange(year, month)[1]
