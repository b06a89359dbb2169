"""What day it is in a unit, and moments in its time zone, for the views of whatever belongs to it."""

from datetime import date

from qitracker.foundation import clock
from qitracker.people.queries import timezone_of
from qitracker.web.filters import use_timezone
from qitracker.web.installation import settings


def tell_time_of(unit_id: int) -> str:
    """Have the moments of this answer written in the time zone of a unit; return its name. One statement."""
    timezone = timezone_of(unit_id, default=settings().timezone)
    use_timezone(timezone)
    return timezone


def today_in(unit_id: int) -> date:
    """Return the date in a unit, and have the moments of the page written in its time zone. One statement."""
    return clock.today(tell_time_of(unit_id))
