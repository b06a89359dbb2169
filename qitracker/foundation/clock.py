"""The one place that asks what time it is, so that tests and jobs can own the clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return this moment, in UTC, aware."""
    return datetime.now(UTC)


def today(timezone: str = "UTC") -> date:
    """Return the date it is now in `timezone` (an IANA name)."""
    return datetime.now(ZoneInfo(timezone)).date()
