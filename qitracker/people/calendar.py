"""Working days: weekends, a country's holidays and a site's own days off. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from holidays import HolidayBase, country_holidays, list_supported_countries

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say

SATURDAY = 5


@dataclass(frozen=True)
class WorkCalendar:
    """Which days nobody works, as far as due dates care. Without a country only weekends count."""

    name: str = "Weekdays"
    country: str = ""  # ISO 3166-1 code, "" for none
    subdivision: str = ""
    days_off: Mapping[date, str] = field(default_factory=dict)  # a site's own days, with their names


def check_country(country: str, subdivision: str) -> None:
    """Pass when the holidays of that country (and part of it) are known.

    Raises:
        Invalid: beside `country` or `subdivision`.
    """
    if not country:
        if subdivision:
            raise Invalid(say("Choose the country first."), field="country")
        return
    known = list_supported_countries()
    if country not in known:
        raise Invalid(
            say("No holidays are known for “{country}”. Use a code such as GB, US or DE.", country=country),
            field="country",
        )
    if subdivision and subdivision not in known[country]:
        raise Invalid(
            say(
                "“{part}” is no part of {country} with holidays of its own. Use one of: {known}.",
                part=subdivision,
                country=country,
                known=", ".join(known[country]) or "–",
            ),
            field="subdivision",
        )


def holiday_name(day: date, calendar: WorkCalendar) -> str | None:
    """Return the name of the day off that falls on `day`, or None."""
    own = calendar.days_off.get(day)
    if own is not None:
        return own
    if not calendar.country:
        return None
    return _holidays(calendar.country, calendar.subdivision, day.year).get(day)


def is_working_day(day: date, calendar: WorkCalendar) -> bool:
    """Say whether people are at work on `day`: no Saturday, Sunday, holiday or own day off."""
    return day.weekday() < SATURDAY and holiday_name(day, calendar) is None


def add_working_days(start: date, count: int, calendar: WorkCalendar) -> date:
    """Return the day that lies `count` working days after `start` (before it, when negative).

    `start` itself is never counted; 0 gives `start`, or the first working day after it.
    """
    step = timedelta(days=1 if count >= 0 else -1)
    day = start
    if count == 0:
        while not is_working_day(day, calendar):
            day += step
        return day
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, calendar)
    return day


@lru_cache(maxsize=256)
def _holidays(country: str, subdivision: str, year: int) -> HolidayBase:
    return country_holidays(country, subdiv=subdivision or None, years=year, expand=False)
