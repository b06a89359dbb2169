"""Time zones and working calendars, inherited from the nearest unit above that has its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.people.calendar import WorkCalendar
from qitracker.people.models import Calendar, CalendarDay, Unit, UnitAbove
from qitracker.people.queries.places import organisation

_above, _unit, _calendar = UnitAbove.__table__, Unit.__table__, Calendar.__table__
TIMEZONES = (
    select(_above.c.unit_id, _unit.c.timezone)
    .join(_unit, _unit.c.id == _above.c.above_id)
    .where(_above.c.unit_id.in_(bindparam("unit_ids", expanding=True)), _unit.c.timezone.is_not(None))
    .order_by(_above.c.unit_id, _above.c.distance)
)
NEAREST_CALENDAR = (
    select(_calendar.c.id, _calendar.c.name, _calendar.c.country, _calendar.c.subdivision)
    .join(_unit, _unit.c.calendar_id == _calendar.c.id)
    .join(_above, _above.c.above_id == _unit.c.id)
    .where(_above.c.unit_id == bindparam("unit_id"))
    .order_by(_above.c.distance)
    .limit(1)
)
DAYS_OFF = (
    select(CalendarDay.day, CalendarDay.name)
    .where(CalendarDay.calendar_id == bindparam("calendar_id"))
    .order_by(CalendarDay.day)
)


def timezone_of(unit_id: int, *, default: str = "UTC") -> str:
    """Return the IANA time zone of a unit: its own, else that of the nearest unit above with one."""
    return timezones_of([unit_id], default=default)[unit_id]


def timezones_of(unit_ids: Iterable[int], *, default: str = "UTC") -> dict[int, str]:
    """Return the time zones of many units. One statement."""
    wanted = sorted(set(unit_ids))
    rows = store.execute(TIMEZONES, {"unit_ids": wanted})
    found = dict.fromkeys(wanted, default)
    seen = set()
    for unit_id, timezone in rows:
        if unit_id not in seen:
            seen.add(unit_id)
            found[unit_id] = timezone
    return found


def calendar_of(unit_id: int) -> WorkCalendar:
    """Return the working calendar of a unit, inherited; weekdays alone when nobody above has one. Two statements."""
    row = store.execute(NEAREST_CALENDAR, {"unit_id": unit_id}).first()
    return WorkCalendar() if row is None else _with_days(row.id, row.name, row.country, row.subdivision)


def calendars_of(unit_ids: Iterable[int]) -> dict[int, WorkCalendar]:
    """Return the working calendars of many units, inherited; units under none are left out. Two statements."""
    rows = store.execute(
        select(UnitAbove.unit_id, Calendar.id, Calendar.name, Calendar.country, Calendar.subdivision)
        .join(Unit, Unit.id == UnitAbove.above_id)
        .join(Calendar, Calendar.id == Unit.calendar_id)
        .where(UnitAbove.unit_id.in_(sorted(set(unit_ids))))
        .order_by(UnitAbove.unit_id, UnitAbove.distance.desc())
    ).all()
    nearest = {row.unit_id: row for row in rows}
    days: dict[int, dict[date, str]] = {row.id: {} for row in nearest.values()}
    for calendar_id, day, words in store.execute(
        select(CalendarDay.calendar_id, CalendarDay.day, CalendarDay.name).where(
            CalendarDay.calendar_id.in_(sorted(days))
        )
    ):
        days[calendar_id][day] = words
    made = {row.id: WorkCalendar(row.name, row.country, row.subdivision, days[row.id]) for row in nearest.values()}
    return {unit_id: made[row.id] for unit_id, row in nearest.items()}


def _with_days(calendar_id: int, name: str, country: str, subdivision: str) -> WorkCalendar:
    days = store.execute(DAYS_OFF, {"calendar_id": calendar_id})
    return WorkCalendar(
        name=name, country=country, subdivision=subdivision, days_off={day: words for day, words in days}
    )


@dataclass(frozen=True)
class CalendarRow:
    """One calendar in the list."""

    id: int
    name: str
    country: str
    subdivision: str
    days: int
    units: int


def calendars() -> tuple[CalendarRow, ...]:
    """Return all calendars with the count of own days off and of units that use them. One statement."""
    days = select(func.count()).select_from(CalendarDay).where(CalendarDay.calendar_id == Calendar.id).scalar_subquery()
    units = select(func.count()).select_from(Unit).where(Unit.calendar_id == Calendar.id).scalar_subquery()
    rows = store.execute(
        select(Calendar.id, Calendar.name, Calendar.country, Calendar.subdivision, days, units).order_by(Calendar.name)
    )
    return tuple(CalendarRow(*row) for row in rows)


@dataclass(frozen=True)
class CalendarPage:
    """One calendar and its own days off, in order."""

    id: int
    name: str
    country: str
    subdivision: str
    days: tuple[tuple[date, str], ...]
    units: tuple[str, ...]


def calendar_list(*, by: Actor) -> tuple[CalendarRow, ...]:
    """Return the calendars for those who keep the units of the whole organisation."""
    by.must(Permission.UNIT_MANAGE, on=organisation())
    return calendars()


def calendar_page(*, by: Actor, calendar_id: int) -> CalendarPage:
    """Return one calendar. Raises NotAllowed, NotFound."""
    by.must(Permission.UNIT_MANAGE, on=organisation())
    row = store.execute(
        select(Calendar.id, Calendar.name, Calendar.country, Calendar.subdivision).where(Calendar.id == calendar_id)
    ).first()
    if row is None:
        raise NotFound(say("There is no such calendar."))
    found = _with_days(row.id, row.name, row.country, row.subdivision)
    units = store.scalars(select(Unit.name).where(Unit.calendar_id == calendar_id).order_by(Unit.name))
    return CalendarPage(row.id, row.name, row.country, row.subdivision, tuple(found.days_off.items()), tuple(units))
