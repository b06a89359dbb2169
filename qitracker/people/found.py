"""Units and people among what a search finds."""

from collections.abc import Iterator
from datetime import date

from qitracker.foundation.actor import Actor
from qitracker.foundation.permissions import Permission
from qitracker.foundation.sought import Sought
from qitracker.foundation.words import say
from qitracker.links.found import Find, findable
from qitracker.people.queries import visible_units
from qitracker.people.queries.sought import people_sought


@findable("unit", say("Units"), icon="units", place=2)
def find_units(words: Sought, by: Actor, today: date) -> Iterator[Find]:
    """Return the open units in reach whose name or code fits, in the order of the tree. Two statements."""
    for unit in visible_units(by, Permission.RESULT_READ, on=today):
        rank = words.rank(unit.name, unit.code, about=unit.path)
        if rank is not None:
            where = say("{path}, code {code}", path=unit.path, code=unit.code) if unit.path else unit.code
            yield Find(rank, unit.name, f"/board?unit={unit.slug}", where)


@findable("person", say("People"), icon="people", place=6)
def find_people(words: Sought, by: Actor, today: date) -> Iterator[Find]:
    """Return the people whom `by` manages and whose name, address or discipline fits. At most two statements."""
    for person in people_sought(words, by=by):
        rank = words.rank(person.name, person.email, person.discipline)
        if rank is not None:
            where = say("{discipline}, {email}", discipline=person.discipline, email=person.email)
            yield Find(rank, person.name, f"/people/{person.id}", where if person.discipline else person.email)
