"""What invented people did on which day: deeds from many stories, done in the order in which they happened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from qitracker.foundation import clock

MORNING = time(9, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One deed and when it was done: so many days back, so many seconds after the morning began."""

    back: int
    seconds: int
    do: Callable[[], None]


def live_through(entries: Iterable[Entry], today: date) -> None:
    """Do all of it, the oldest first; what happened at the same moment in the order given."""
    for entry in sorted(entries, key=lambda entry: (-entry.back, entry.seconds)):
        with clock.at(moment(today, entry.back, entry.seconds)):
            entry.do()


def moment(today: date, back: int, seconds: int = 0) -> datetime:
    """Return a moment of the morning so many days before `today`."""
    return datetime.combine(today - timedelta(days=back), MORNING) + timedelta(seconds=seconds)
