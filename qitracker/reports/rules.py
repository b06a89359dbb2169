"""What a report can be asked for: a unit, a period, a chosen set of measures and their parts. Pure."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from qitracker.foundation.errors import Invalid
from qitracker.foundation.periods import period_end, previous_period, shift_period
from qitracker.foundation.words import Period, Sentence, say

PAPERS: Final = ("a4", "letter")
IMPROVEMENT, MEASURES = "improvement", "measures"
KINDS: Final = (IMPROVEMENT, MEASURES)
USUAL_PERIODS: Final = 36
"""What a report shows unless told otherwise: three years of months, enough for limits and for two winters."""

MOST_MEASURES: Final = 40
"""Measures in one report: about 90 pages and 15 seconds; more is read by nobody and better asked for in parts."""


@dataclass(frozen=True)
class Wanted:
    """One chart of a report: a measure, or one of its parts by code ("" is all parts together)."""

    measure_id: int
    part: str = ""

    @property
    def sign(self) -> str:
        """Return it as one word, for forms and stored wishes: "7", "7:nurses"."""
        return f"{self.measure_id}:{self.part}" if self.part else str(self.measure_id)

    @classmethod
    def of(cls, sign: str) -> Self:
        """Return what `sign` names. Raises ValueError for what is no sign."""
        number, _, part = sign.partition(":")
        return cls(int(number), part)


@dataclass(frozen=True)
class Wish:
    """What a person asked for. Periods that begin from `first` to `last` are in the report."""

    wanted: tuple[Wanted, ...]
    first: date
    last: date
    paper: str = "a4"
    kind: str = MEASURES


def check_wish(wish: Wish, *, offered: Collection[Wanted]) -> None:
    """Pass, or say for each field what cannot be.

    `offered` are the measures and parts of the unit that the person may read.

    Raises:
        Invalid: with one sentence for each field at fault.
    """
    fields: dict[str, Sentence] = {}
    if not wish.wanted:
        fields["measures"] = say("Choose at least one measure.")
    elif len(set(wish.wanted)) > MOST_MEASURES:
        fields["measures"] = say("At most {most} measures go into one report. Make two of it.", most=MOST_MEASURES)
    elif not set(wish.wanted) <= set(offered):
        fields["measures"] = say("One of these measures is not collected in this unit. Choose from the list.")
    if wish.last < wish.first:
        fields["last"] = say("The last day lies before the first. Check both.")
    if wish.kind not in KINDS:
        fields["kind"] = say("Choose what the report tells.")
    if wish.paper not in PAPERS:
        fields["paper"] = say("Choose A4 or Letter.")
    if fields:
        raise Invalid(fields=fields)


# The usual period --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Held:
    """What one series holds: how often it is recorded, the first day of its earliest and of its latest period."""

    frequency: str
    earliest: date
    latest: date


@dataclass(frozen=True)
class Span:
    """The days a report covers unless told otherwise, and what they are in words."""

    first: date
    last: date
    words: Sentence


def usual_span(held: Sequence[Held], today: date) -> Span:
    """Return the latest 36 full periods that exist, or all where there are fewer.

    Series of several frequencies are counted in the commonest; events have no periods and are counted in months.
    """
    counts = Counter(one.frequency for one in held if one.frequency != "event")
    if not counts:
        return _months_until(today)
    frequency = counts.most_common(1)[0][0]
    counted = [one for one in held if one.frequency == frequency]
    last = max(_last_full(one, today) for one in counted)
    first = max(shift_period(last, frequency, 1 - USUAL_PERIODS), min(one.earliest for one in counted))
    first = min(first, last)
    words = SPANS_OF_ALL if _count(first, last, frequency) < USUAL_PERIODS else SPANS
    named = say(
        words.text,
        first=Period(first, frequency),
        last=Period(last, frequency),
        count=_count(first, last, frequency),
        periods=PERIODS[frequency],
    )
    return Span(first, period_end(last, frequency), named)


SPANS: Final = say("{first} to {last}: the latest {count} full {periods} with results.")
SPANS_OF_ALL: Final = say("{first} to {last}: all full {periods} with results.")
SPAN_TO_TODAY: Final = say("{first} to today: the latest {count} months.")
PERIODS: Final = {
    "day": say("days"),
    "week": say("weeks"),
    "month": say("months"),
    "quarter": say("quarters"),
    "year": say("years"),
}


def _last_full(one: Held, today: date) -> date:
    """Return the first day of the latest period that has ended; that of the latest one where none has."""
    if period_end(one.latest, one.frequency) <= today:
        return one.latest
    return max(previous_period(one.latest, one.frequency), one.earliest)


def _count(first: date, last: date, frequency: str) -> int:
    count = 1
    while first < last and count < USUAL_PERIODS:
        first, count = shift_period(first, frequency, 1), count + 1
    return count


def _months_until(today: date) -> Span:
    first = shift_period(today.replace(day=1), "month", 1 - USUAL_PERIODS)
    return Span(first, today, say(SPAN_TO_TODAY.text, first=Period(first), count=USUAL_PERIODS))
