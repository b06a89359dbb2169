"""What a report can be asked for: a unit, a period, a chosen set of measures. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say

PAPERS: Final = ("a4", "letter")
MOST_MEASURES: Final = 40
"""Measures in one report: about 90 pages and 15 seconds; more is read by nobody and better asked for in parts."""


@dataclass(frozen=True)
class Wish:
    """What a person asked for. Periods that begin from `first` to `last` are in the report."""

    measure_ids: tuple[int, ...]
    first: date
    last: date
    paper: str = "a4"


def check_wish(wish: Wish, *, offered: Collection[int]) -> None:
    """Pass, or say for each field what cannot be.

    `offered` are the measures of the unit that the person may read.

    Raises:
        Invalid: with one sentence for each field at fault.
    """
    fields: dict[str, Sentence] = {}
    if not wish.measure_ids:
        fields["measures"] = say("Choose at least one measure.")
    elif len(set(wish.measure_ids)) > MOST_MEASURES:
        fields["measures"] = say("At most {most} measures go into one report. Make two of it.", most=MOST_MEASURES)
    elif not set(wish.measure_ids) <= set(offered):
        fields["measures"] = say("One of these measures is not collected in this unit. Choose from the list.")
    if wish.last < wish.first:
        fields["last"] = say("The last day lies before the first. Check both.")
    if wish.paper not in PAPERS:
        fields["paper"] = say("Choose A4 or Letter.")
    if fields:
        raise Invalid(fields=fields)
