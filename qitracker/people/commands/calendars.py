"""Working calendars: shared by the whole organisation, so its administrators keep them."""

from datetime import date

from sqlalchemy import delete, insert, select

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, refuse_duplicate, store
from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.people import events, rules
from qitracker.people.calendar import check_country
from qitracker.people.models import Calendar, CalendarDay
from qitracker.people.queries.places import organisation


def add_calendar(*, by: Actor, name: str, country: str = "", subdivision: str = "") -> int:
    """Add a calendar of a country's holidays (or of weekdays alone) and return its id.

    Raises:
        NotAllowed: `by` does not keep the whole organisation.
        Invalid: name empty or taken, country or part of it unknown.
    """
    by.must(Permission.UNIT_MANAGE, on=organisation())
    country, subdivision = country.strip().upper(), subdivision.strip()
    check_country(country, subdivision)
    with refuse_duplicate("name", say("There is a calendar of this name. Choose another name.")), atomic():
        values = {"name": rules.check_name(name), "country": country, "subdivision": subdivision}
        calendar_id = store.scalars(insert(Calendar).values(**values).returning(Calendar.id)).one()
        record(events.CALENDAR_ADDED, by=by, subject=("calendar", calendar_id), after=values)
    return calendar_id


def add_day_off(*, by: Actor, calendar_id: int, day: date, name: str) -> None:
    """Add one day off to a calendar. Raises NotAllowed, NotFound, Invalid."""
    by.must(Permission.UNIT_MANAGE, on=organisation())
    with refuse_duplicate("day", say("This day is in the calendar already.")), atomic():
        calendar = _named(calendar_id)
        words = rules.check_name(name)
        store.execute(insert(CalendarDay).values(calendar_id=calendar_id, day=day, name=words))
        after = {"name": calendar, "changes": f"{day.isoformat()} {words}", "day": day}
        record(events.CALENDAR_CHANGED, by=by, subject=("calendar", calendar_id), after=after)


def remove_day_off(*, by: Actor, calendar_id: int, day: date) -> None:
    """Take one day off out of a calendar. Raises NotAllowed, NotFound, Invalid."""
    by.must(Permission.UNIT_MANAGE, on=organisation())
    with atomic():
        calendar = _named(calendar_id)
        gone = store.execute(
            delete(CalendarDay)
            .where(CalendarDay.calendar_id == calendar_id, CalendarDay.day == day)
            .returning(CalendarDay.name)
            .execution_options(synchronize_session=False)
        ).first()
        if gone is None:
            raise Invalid(say("This day is not in the calendar. Reload the page."), field="day")
        after = {"name": calendar, "changes": f"−{day.isoformat()} {gone.name}"}
        record(events.CALENDAR_CHANGED, by=by, subject=("calendar", calendar_id), before={"day": day}, after=after)


def _named(calendar_id: int) -> str:
    name = store.scalar(select(Calendar.name).where(Calendar.id == calendar_id))
    if name is None:
        raise NotFound(say("There is no such calendar."))
    return name
