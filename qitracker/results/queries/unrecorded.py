"""A closed period of which nothing is recorded: it has a page too, which says why it takes no number."""

from dataclasses import dataclass
from datetime import date

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Period, Sentence, say
from qitracker.measures.queries import Measured, definition_at
from qitracker.measures.rules import Definition
from qitracker.people.queries.names import who_may
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.checkers import named
from qitracker.results.queries.points import period_state


@dataclass(frozen=True)
class UnrecordedPage:
    """Everything templates/results/unrecorded.html may use."""

    start: date
    definition: Definition
    unit: str
    words: Sentence


def unrecorded_page(*, by: Actor, key: SeriesKey, place: Place, measured: Measured, start: date) -> UnrecordedPage:
    """Return the page of a closed period without a number. Raises NotFound where it is open, or hidden from `by`."""
    definition = definition_at(measured, start)
    stage = period_state(key.unit_id, definition.frequency, start)
    if not by.may(Permission.RESULT_READ, on=place) or stage == "open":
        raise NotFound(say("Nothing is recorded for this period."))
    names = named(who_may(Permission.RESULT_LOCK, place)) or say("an administrator for somebody who may lock periods")
    words = say("{period} is closed, and nothing is recorded in it. Ask {names} to reopen it.",
                period=Period(start, definition.frequency), names=names)  # fmt: skip
    return UnrecordedPage(start, definition, place.name, words)
