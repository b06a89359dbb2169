"""How a person or a file writes a period: "2026-03", "March 2026", "01/03/2026", "2026-W12", "Q1 2026"."""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.periods import days_in_month, period_of
from qitracker.foundation.words import say

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
}
WANTED: Final = {
    "day": say("day"),
    "week": say("week"),
    "month": say("month"),
    "quarter": say("quarter"),
    "year": say("year"),
    "event": say("day"),
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

_CLOCK = r"(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_NAME = r"(?P<name>[^\W0-9_]{3,12})\.?"
_YEAR = r"(?P<y>[0-9]{4})"
_SHAPES: Final = tuple(
    (grain, re.compile(shape, re.IGNORECASE))
    for grain, shape in (
        ("day", rf"{_YEAR}(?P<gap>[-/.])(?P<m>[0-9]{{1,2}})(?P=gap)(?P<d>[0-9]{{1,2}}){_CLOCK}"),
        ("day", rf"{_YEAR}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})"),
        ("day", rf"(?P<first>[0-9]{{1,2}})(?P<gap>[-/.])(?P<second>[0-9]{{1,2}})(?P=gap){_YEAR}{_CLOCK}"),
        ("day", rf"(?P<d>[0-9]{{1,2}})\.?[ -]{_NAME}[ -]{_YEAR}"),
        ("day", rf"{_NAME} (?P<d>[0-9]{{1,2}}),? {_YEAR}"),
        ("week", rf"{_YEAR}[- ]?W(?P<w>[0-9]{{1,2}})"),
        ("week", rf"(?:week |W)(?P<w>[0-9]{{1,2}})(?: of |[ /-]){_YEAR}"),
        ("month", rf"{_YEAR}[-/.](?P<m>[0-9]{{1,2}})"),
        ("month", rf"(?P<m>[0-9]{{1,2}})[-/.]{_YEAR}"),
        ("month", rf"{_NAME}[ -]{_YEAR}"),
        ("month", rf"{_YEAR}[ -]{_NAME}"),
        ("quarter", rf"Q(?P<q>[0-9])[ /-]?{_YEAR}"),
        ("quarter", rf"{_YEAR}[ /-]?Q(?P<q>[0-9])"),
        ("year", _YEAR),
    )
)
_YEAR_PAIR: Final = re.compile(r"(?P<y>[0-9]{4})[-/–](?:[0-9]{2})?(?P<short>[0-9]{2})")


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
    grain, match = _read(written)
    if not written:
        raise Invalid(say("No period is written here. Write it like {example}.", example=EXAMPLES[frequency]))
    if not match:
        raise Invalid(
            say("“{written}” is not a period we can read. Write it like {example}.", **_about(written, frequency))
        )
    if grain not in CONTAINS[frequency]:
        raise Invalid(
            say(
                "“{written}” names {found}, but this measure is recorded by {wanted}. Write it like {example}.",
                found=GRAINS[grain],
                wanted=WANTED[frequency],
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


def _read(written: str) -> tuple[str, re.Match[str] | None]:
    """Return the length of time that is named, and the parts of its text."""
    for grain, shape in _SHAPES:
        if match := shape.fullmatch(written):
            return grain, match
    return "", None


def _first_day(text: str, grain: str, match: re.Match[str], *, day_first: bool, month_names: tuple[str, ...]) -> date:
    """Return the first day of what was matched: a day, week, month or quarter."""
    parts = match.groupdict()
    year = _year(text, match)
    if grain == "week":
        return _week(text, year, int(parts["w"]))
    if grain == "quarter":
        if not 1 <= int(parts["q"]) <= 4:
            raise Invalid(say("{written}: quarters go from Q1 to Q4. Correct the period.", written=text))
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
        raise Invalid(say("{written}: the year is outside 1900 to 2199. Correct the year.", written=text))
    return year


def _week(text: str, year: int, week: int) -> date:
    weeks = date(year, 12, 28).isocalendar().week  # 28 December always lies in the last ISO week
    if not 1 <= week <= weeks:
        raise Invalid(
            say(
                "{written}: {year} has weeks 1 to {weeks}. Correct the week.", written=text, year=str(year), weeks=weeks
            )
        )
    return date.fromisocalendar(year, week, 1)


def _named_month(text: str, name: str, month_names: tuple[str, ...]) -> int:
    found = [n for n, full in enumerate(month_names, start=1) if full.casefold().startswith(name.casefold())]
    if len(found) != 1:
        raise Invalid(
            say("{written}: “{name}” is not the name of a month. Write it as 2026-03.", written=text, name=name)
        )
    return found[0]


def _day(text: str, year: int, month: int, day: int, month_names: tuple[str, ...]) -> date:
    if not 1 <= month <= 12:
        raise Invalid(
            say("{written}: there is no month {month}. Check the order of day and month.", written=text, month=month)
        )
    days = days_in_month(year, month)
    if not 1 <= day <= days:
        name = f"{month_names[month - 1]} {year}" if month == 2 else month_names[month - 1]
        raise Invalid(say("{written}: {month} has {days} days. Correct the date.", written=text, month=name, days=days))
    return date(year, month, day)


def _about(text: str, frequency: str) -> dict[str, str]:
    return {"written": text if len(text) <= 40 else f"{text[:40]}…", "example": EXAMPLES[frequency]}
