"""Periods of a series: where one begins and ends, which comes next, and how a person writes one.

A period is its first day plus its frequency ("day", "week", "month", "quarter", "year", "event").
A week is the ISO week (Monday first), a quarter the calendar quarter. A year begins in
`fiscal_start` (1 = January, 4 = April). An event has no length: it is the day it happened on.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say

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
            return date(day.year - (day.month < fiscal_start), fiscal_start, 1)
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
    """Return the first day of the period `count` periods after (before, when negative) the one at `start`."""
    if frequency in DAYS_IN:
        return start + timedelta(days=DAYS_IN[frequency] * count)
    if frequency not in MONTHS_IN:
        period_of(start, frequency)  # says which frequencies there are
    months = start.year * 12 + start.month - 1 + MONTHS_IN[frequency] * count
    return date(months // 12, months % 12 + 1, 1)


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


# How a person writes a period --------------------------------------------------------------------

ENGLISH_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

GRAINS: Final = {
    "day": say("a day"),
    "week": say("a week"),
    "month": say("a month"),
    "quarter": say("a quarter"),
    "year": say("a year"),
    "event": say("a day"),
}
EXAMPLES: Final = {
    "day": "2026-03-01",
    "week": "2026-W12",
    "month": "2026-03",
    "quarter": "Q1 2026",
    "year": "2026",
    "event": "2026-03-01",
}
CONTAINS: Final = {
    "day": frozenset({"day"}),
    "event": frozenset({"day"}),
    "week": frozenset({"day", "week"}),
    "month": frozenset({"day", "month"}),
    "quarter": frozenset({"day", "month", "quarter"}),
    "year": frozenset({"day", "month", "quarter", "year"}),
}
"""What may be written for a period of each frequency: itself, or something that lies wholly inside it."""

_CLOCK = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_NAME = r"(?P<name>[^\W\d_]{3,12})\.?"
_YEAR = r"(?P<y>\d{4})"
_SHAPES: Final = tuple(
    (grain, re.compile(shape, re.IGNORECASE | re.ASCII if "name" not in shape else re.IGNORECASE))
    for grain, shape in (
        ("day", rf"{_YEAR}(?P<gap>[-/.])(?P<m>\d{{1,2}})(?P=gap)(?P<d>\d{{1,2}}){_CLOCK}"),
        ("day", rf"{_YEAR}(?P<m>\d{{2}})(?P<d>\d{{2}})"),
        ("day", rf"(?P<first>\d{{1,2}})(?P<gap>[-/.])(?P<second>\d{{1,2}})(?P=gap){_YEAR}{_CLOCK}"),
        ("day", rf"(?P<d>\d{{1,2}})\.?[ -]{_NAME}[ -]{_YEAR}"),
        ("day", rf"{_NAME} (?P<d>\d{{1,2}}),? {_YEAR}"),
        ("week", rf"{_YEAR}[- ]?W(?P<w>\d{{1,2}})"),
        ("week", rf"(?:week |W)(?P<w>\d{{1,2}})(?: of |[ /-]){_YEAR}"),
        ("month", rf"{_YEAR}[-/.](?P<m>\d{{1,2}})"),
        ("month", rf"(?P<m>\d{{1,2}})[-/.]{_YEAR}"),
        ("month", rf"{_NAME}[ -]{_YEAR}"),
        ("month", rf"{_YEAR}[ -]{_NAME}"),
        ("quarter", rf"Q(?P<q>\d)[ /-]?{_YEAR}"),
        ("quarter", rf"{_YEAR}[ /-]?Q(?P<q>\d)"),
        ("year", _YEAR),
    )
)
_YEAR_PAIR: Final = re.compile(r"(?P<y>\d{4})[-/–](?:\d{2})?(?P<short>\d{2})", re.ASCII)


@lru_cache(maxsize=8192)
def parse_period(
    text: str,
    frequency: str,
    *,
    day_first: bool = True,
    fiscal_start: int = 1,
    month_names: tuple[str, ...] = ENGLISH_MONTHS,
) -> date:
    """Return the first day of the period that `text` names.

    `day_first` decides 01/03/2026: 1 March when true, 3 January when false. `month_names` are twelve
    names, January first; the first three letters or more are enough. A date inside the period names
    it too. "2016/17" is a year only where the year does not begin in January.

    Raises:
        Invalid: no period can be read, the day does not exist, or it names another length of time.
    """
    period_of(date(2000, 1, 1), frequency)  # refuses an unknown frequency
    written = " ".join(text.split())
    pair = _YEAR_PAIR.fullmatch(written) if frequency == "year" and fiscal_start != 1 else None
    if pair and int(pair["short"]) == (int(pair["y"]) + 1) % 100:
        return date(_year(written, pair), fiscal_start, 1)
    for grain, shape in _SHAPES:
        match = shape.fullmatch(written)
        if match:
            break
    else:
        raise Invalid(
            say("“{text}” is not a period we can read. Write it like {example}.", **_about(written, frequency))
        )
    if grain not in CONTAINS[frequency]:
        raise Invalid(
            say(
                "“{text}” names {found}, but this measure is recorded by {wanted}. Write it like {example}.",
                found=GRAINS[grain],
                wanted=say(frequency if frequency != "event" else "day"),
                **_about(written, frequency),
            )
        )
    if grain == "year":
        return date(_year(written, match), fiscal_start, 1)
    day = _first_day(written, grain, match, day_first=day_first, month_names=month_names)
    return period_of(day, frequency, fiscal_start=fiscal_start)


def parse_day(text: str, *, day_first: bool = True, month_names: tuple[str, ...] = ENGLISH_MONTHS) -> date:
    """Return the day that `text` names. Raises Invalid as `parse_period` does."""
    return parse_period(text, "day", day_first=day_first, month_names=month_names)


def _first_day(
    text: str, grain: str, match: re.Match[str], *, day_first: bool, month_names: tuple[str, ...]
) -> date:
    """Return the first day of what was matched: a day, week, month or quarter."""
    parts = match.groupdict()
    year = _year(text, match)
    if grain == "week":
        return _week(text, year, int(parts["w"]))
    if grain == "quarter":
        if not 1 <= int(parts["q"]) <= 4:
            raise Invalid(say("{text}: quarters go from Q1 to Q4. Correct the period.", text=text))
        return date(year, int(parts["q"]) * 3 - 2, 1)
    if "first" in parts:
        day, month = (parts["first"], parts["second"]) if day_first else (parts["second"], parts["first"])
    else:
        day, month = parts.get("d") or "1", parts.get("m") or "0"
    number = _named_month(text, parts["name"], month_names) if parts.get("name") else int(month)
    return _day(text, year, number, int(day), month_names)


def _year(text: str, match: re.Match[str]) -> int:
    year = int(match["y"])
    if not 1900 <= year <= 2199:
        raise Invalid(say("{text}: the year is outside 1900 to 2199. Correct the year.", text=text))
    return year


def _week(text: str, year: int, week: int) -> date:
    weeks = date(year, 12, 28).isocalendar().week  # 28 December always lies in the last ISO week
    if not 1 <= week <= weeks:
        raise Invalid(
            say("{text}: {year} has weeks 1 to {weeks}. Correct the week.", text=text, year=str(year), weeks=weeks)
        )
    return date.fromisocalendar(year, week, 1)


def _named_month(text: str, name: str, month_names: tuple[str, ...]) -> int:
    found = [n for n, full in enumerate(month_names, start=1) if full.casefold().startswith(name.casefold())]
    if len(found) != 1:
        raise Invalid(say("{text}: “{name}” is not the name of a month. Write it as 2026-03.", text=text, name=name))
    return found[0]


def _day(text: str, year: int, month: int, day: int, month_names: tuple[str, ...]) -> date:
    if not 1 <= month <= 12:
        raise Invalid(
            say("{text}: there is no month {month}. Check the order of day and month.", text=text, month=month)
        )
    days = days_in_month(year, month)
    if not 1 <= day <= days:
        name = f"{month_names[month - 1]} {year}" if month == 2 else month_names[month - 1]
        raise Invalid(say("{text}: {month} has {days} days. Correct the date.", text=text, month=name, days=days))
    return date(year, month, day)


def _about(text: str, frequency: str) -> dict[str, str]:
    return {"text": text if len(text) <= 40 else f"{text[:40]}…", "example": EXAMPLES[frequency]}
