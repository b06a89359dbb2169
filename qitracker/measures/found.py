"""Measures among what a search finds."""

from collections.abc import Iterator
from datetime import date

from qitracker.foundation.actor import Actor
from qitracker.foundation.sought import IN_TITLE, Sought
from qitracker.foundation.words import Sentence, say
from qitracker.links.found import Find, Spot, findable
from qitracker.measures.queries import Measured, visible_measures
from qitracker.people.queries import places


@findable("measure", say("Measures"), icon="measures", place=1)
def find_measures(words: Sought, by: Actor, today: date) -> Iterator[Find]:
    """Return the measures whose title, group or description fits; those in use first. Two statements."""
    known = sorted(visible_measures(by=by).values(), key=lambda one: one.retired_on is not None)
    named = places(one.unit_id for one in known)
    for one in known:
        unit = named[one.unit_id].name
        texts = _texts(one)
        rank = words.rank(one.title, one.domain, *(text for _, text in texts), about=unit)
        if rank is not None:
            spots = tuple(Spot(text, label) for label, text in texts if _holds(words, text, f"{one.title} {unit}"))
            yield Find(
                rank, one.title, f"/measures/{one.slug}", _where(one, unit), spots[:1] if rank > IN_TITLE else ()
            )


def _texts(one: Measured) -> tuple[tuple[Sentence, str], ...]:
    told = one.definition
    return (
        (say("What is counted"), told.numerator),
        (say("Out of"), told.denominator),
        (say("Why it is measured"), told.rationale),
        (say("Left out"), told.exclusions),
        (say("Codes"), " ".join(told.codes.values())),
    )


def _holds(words: Sought, text: str, about: str) -> bool:
    return words.rank("", text, about=about) is not None


def _where(one: Measured, unit: str) -> Sentence:
    if one.retired_on is not None:
        return say("{domain}, {unit}, retired on {day}", domain=one.domain, unit=unit, day=one.retired_on)
    return say("{domain}, {unit}", domain=one.domain, unit=unit)
