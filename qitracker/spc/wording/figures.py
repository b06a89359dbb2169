"""Numbers, counts of periods and centre lines as they stand in a sentence."""

from dataclasses import dataclass

from qitracker.foundation.words import Period, Quantity, Sentence, say
from qitracker.spc.analysis import Analysis
from qitracker.spc.registry import CHART_TYPES

LONGEST_UNIT = 3
"""A unit up to this long ("%", "min") follows each number; a longer one stands at the axis and the table only."""


def short_unit(unit: str) -> str:
    """Return a unit that is short enough to follow each number, "" for a longer one."""
    return unit if len(unit) <= LONGEST_UNIT else ""


@dataclass(frozen=True)
class Figures:
    """How the numbers of one measure are written."""

    unit: str
    decimals: int

    def __call__(self, value: float) -> Quantity:
        """Return the value as it stands in a sentence."""
        return Quantity(value, short_unit(self.unit), self.decimals)

    def bare(self, value: float) -> Quantity:
        """Return the value without its unit, where the same unit follows soon: "70 to 89 %"."""
        return Quantity(value, "", self.decimals)

    def line(self, analysis: Analysis, centre: float) -> Sentence:
        """Return the centre line in words: "average of 2.5"."""
        return centre_in_words(self(centre), is_median=CHART_TYPES.get(analysis.chart).centre_word == "median")


def centre_in_words(centre: Quantity, *, is_median: bool) -> Sentence:
    """Return a centre line in words: "average of 2.5"."""
    return say("median of {value}", value=centre) if is_median else say("average of {value}", value=centre)


def filled(sentence: Sentence, **values: object) -> Sentence:
    """Return a sentence from a table with its values; tables hold `say(…)` so that catalogues find every text."""
    return Sentence(sentence.text, values)


def many(count: int, frequency: str) -> Sentence:
    """Return a count of periods: "8 months", "1 week"; of something else than periods, "8 points"."""
    texts = {
        "day": (say("{count} day"), say("{count} days")),
        "week": (say("{count} week"), say("{count} weeks")),
        "month": (say("{count} month"), say("{count} months")),
        "quarter": (say("{count} quarter"), say("{count} quarters")),
        "year": (say("{count} year"), say("{count} years")),
    }
    one, more = texts.get(frequency, (say("{count} point"), say("{count} points")))
    return filled(one if count == 1 else more, count=count)


def some(frequency: str) -> Sentence:
    """Return the periods without a count: "months"."""
    texts = {
        "day": say("days"),
        "week": say("weeks"),
        "month": say("months"),
        "quarter": say("quarters"),
        "year": say("years"),
    }
    return texts.get(frequency, say("points"))


def upcoming(frequency: str) -> Sentence:
    """Return the period to come: "next month"."""
    texts = {
        "day": say("tomorrow"),
        "week": say("next week"),
        "month": say("next month"),
        "quarter": say("next quarter"),
        "year": say("next year"),
    }
    return texts.get(frequency, say("next"))


def period(analysis: Analysis, at: int) -> Period:
    """Return the period of the point at this place."""
    return Period(analysis.points[at].start, analysis.frequency)


def joined(*sentences: Sentence | None) -> Sentence:
    """Return whole sentences one after another; those that are None are left out."""
    said = [sentence for sentence in sentences if sentence is not None]
    if len(said) == 1:
        return said[0]
    return say("{first} {then}", first=said[0], then=joined(*said[1:]))
