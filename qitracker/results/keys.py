"""Which series is meant: one measure, in one unit, in one stratum (0 is the total)."""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, order=True)
class SeriesKey:
    """The key of a series, in the order in which rows are stored."""

    unit_id: int
    measure_id: int
    stratum_id: int = 0

    @property
    def subject(self) -> tuple[str, str]:
        """Return the subject under which the trail keeps what happens to the series."""
        return SERIES, f"{self.unit_id}/{self.measure_id}/{self.stratum_id}"


SERIES: Final = "series"
_LONGEST = 10  # digits of a row's number


def series_key(ident: str) -> SeriesKey | None:
    """Return the key that a subject or a link writes as "unit/measure/stratum"; None for any other text."""
    parts = ident.split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < _LONGEST for part in parts):
        return None
    return SeriesKey(*map(int, parts))


def day_number(day: date) -> int:
    """Return the number under which a day is stored."""
    return day.toordinal()


def day_of(number: int) -> date:
    """Return the day that is stored under `number`."""
    return date.fromordinal(number)
