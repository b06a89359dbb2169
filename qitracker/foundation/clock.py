"""The one place that asks what time it is, so that tests, jobs and invented stories can own the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return this moment, in UTC, aware."""
    return _told.get() or datetime.now(UTC)


def today(timezone: str = "UTC") -> date:
    """Return the date it is now in `timezone` (an IANA name)."""
    return now().astimezone(ZoneInfo(timezone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be that moment for what is done inside, and for nobody else: an invented story happened earlier."""
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)
