"""What day it is in a unit, for the views of whatever belongs to it."""

from datetime import date

from qitracker.foundation import clock
from qitracker.people.queries import timezone_of
from qitracker.web.filters import use_timezone
from qitracker.web.installation import settings


def today_in(unit_id: int) -> date:
    """Return the date in a unit, and have the moments of the page written in its time zone. One statement."""
    timezone = timezone_of(unit_id, default=settings().timezone)
    use_timezone(timezone)
    return clock.today(timezone)
