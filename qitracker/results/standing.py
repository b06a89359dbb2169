"""Where a series stands today: too early to judge, read as it is, or silent for so long that it is no news. Pure.

One rule and one count for home, boards and the calendar of what is due, so that they cannot disagree.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from qitracker.foundation.periods import period_end, shift_period
from qitracker.spc.analysis import Reading
from qitracker.spc.lines import MINIMUM
from qitracker.spc.wording.glance import LOOKED_BACK_ON

THREE_MONTHS: Final = 92  # days: a quarter at its longest
TWO_YEARS: Final = 731  # days without an event, which may be the good news itself
MISSED: Final = 2  # periods in a row


class Standing(StrEnum):
    """What a series is counted as: one of these, never two."""

    WORSE = "worse"
    BETTER = "better"
    CHANGED = "changed"
    USUAL = "usual"
    EARLY = "early"
    SILENT = "silent"


NEWS: Final = (Standing.WORSE, Standing.BETTER, Standing.CHANGED)
"""What people are told of, in the order in which they are told."""


def current_until(last: date, frequency: str, due_days: int) -> date:
    """Return the last day on which a series is current whose latest period begins at `last`.

    Two periods may be missed in a row, and three months at least: people are ill, a ward moves, and a week or
    a day is soon missed. The working days in which a result of the measure may come are added, as calendar
    days: a survey that takes half a year is not silent after four months. What happens rarely has no period to
    miss; there two years without an event pass before anybody asks whether it is still counted.
    """
    ends = period_end(last, frequency)
    grace = timedelta(days=-(-due_days * 7 // 5))
    if frequency == "event":
        return ends + timedelta(days=TWO_YEARS) + grace
    missed = period_end(shift_period(last, frequency, MISSED), frequency)
    return max(missed, ends + timedelta(days=THREE_MONTHS)) + grace


def is_current(last: date | None, frequency: str, due_days: int, *, today: date) -> bool:
    """Say whether a series is still kept. One without any result waits for its first, and is."""
    return last is None or today <= current_until(last, frequency, due_days)


def is_early(counted: int, *, points: int, chart: str, has_limits: bool) -> bool:
    """Say whether there are too few results to judge; of a long series its missing limits tell.

    `counted` are the values that count among the last 24 points.
    """
    if points < LOOKED_BACK_ON:
        return counted < MINIMUM
    return not has_limits and chart != "run" and counted < MINIMUM


def standing(reading: Reading, *, early: bool, current: bool) -> Standing:
    """Return what a series is counted as: silence first, since an old signal is no news."""
    if not current:
        return Standing.SILENT
    return Standing.EARLY if early else Standing(reading.value)


@dataclass(frozen=True)
class Tally:
    """How many charts stand how."""

    worse: int = 0
    better: int = 0
    changed: int = 0
    usual: int = 0
    early: int = 0
    silent: int = 0

    @property
    def charts(self) -> int:
        """Return how many charts there are."""
        return self.current + self.silent

    @property
    def current(self) -> int:
        """Return how many of them are still kept."""
        return self.signals + self.usual + self.early

    @property
    def signals(self) -> int:
        """Return how many show a change now."""
        return self.worse + self.better + self.changed


def tally(standings: Iterable[Standing]) -> Tally:
    """Return how many there are of each."""
    counts = Counter(standings)
    return Tally(**{str(one): counts[one] for one in Standing})
