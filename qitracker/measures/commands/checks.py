"""What every deed on a measure asks first: may this person, is it true, has somebody else been there meanwhile."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import update

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.errors import Conflict, Invalid
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures.models import Measure
from qitracker.measures.queries import Measured, visible_measure_by_id
from qitracker.measures.rules import Definition, check_definition
from qitracker.measures.texts import tidy_definition
from qitracker.people.queries import facts_of, place_of, places
from qitracker.people.queries.names import people_around
from qitracker.spc import rules as rules  # registers every rule set
from qitracker.spc.registry import RULE_SETS

CHANGED_MEANWHILE = say(
    "Somebody else changed this measure meanwhile. Nothing was overwritten: open it again, then repeat your change."
)


def definable(by: Actor, measure_id: int) -> tuple[Measured, Place]:
    """Return the measure with its place, if `by` may change its definition.

    Raises:
        NotFound: none that `by` may know of.
        NotAllowed: known, but not theirs to change.
    """
    measured = visible_measure_by_id(measure_id, by=by)
    place = place_of(measured.unit_id)
    by.must(Permission.MEASURE_DEFINE, on=place)
    return measured, place


def checked_definition(definition: Definition) -> Definition:
    """Return the definition tidied, if it can be.

    Raises:
        Invalid: beside each field at fault.
    """
    tidied = tidy_definition(definition)
    check_definition(tidied, rule_sets=tuple(RULE_SETS.kinds))
    return tidied


def collecting_places(place: Place, unit_ids: Iterable[int], *, may_be_none: bool = False) -> dict[int, Place]:
    """Return the units that are to collect a measure defined at `place`, all at or below it.

    `may_be_none` while it is taken into use: an import can bring its units, or they are chosen later.

    Raises:
        Invalid: beside `units`.
    """
    wanted = sorted(set(unit_ids))
    if not wanted and not may_be_none:
        raise Invalid(say("No unit is chosen. Choose at least one that collects this measure."), field="units")
    found = places(wanted)
    if len(found) < len(wanted) or any(place.id not in one.lineage for one in found.values()):
        words = say("A chosen unit is not part of {place}. Choose units within it.", place=place.name)
        raise Invalid(words, field="units")
    return found


def check_open(unit_ids: Iterable[int], day: date) -> None:
    """Pass when none of these units was closed before `day`.

    Raises:
        Invalid: beside `units`.
    """
    for unit in facts_of(unit_ids).values():
        if unit.valid_to is not None and unit.valid_to < day:
            words = say("{unit} is closed since {day}. Leave it out.", unit=unit.name, day=unit.valid_to)
            raise Invalid(words, field="units")


def check_not_within_each_other(chosen: Mapping[int, Place]) -> None:
    """Pass when no chosen unit stands above another: what stands above is summed, never entered.

    Raises:
        Invalid: beside `units`.
    """
    for one in chosen.values():
        for above in one.lineage[1:]:
            if above in chosen:
                words = say(
                    "{above} is added up from the units below it, and {unit} is one of them. Choose one of the two.",
                    above=chosen[above].name,
                    unit=one.name,
                )
                raise Invalid(words, field="units")


def change_row(measured: Measured, row_version: int, **values: Any) -> None:
    """Change the measure's row if nobody has since `row_version` was read.

    Raises:
        Conflict: somebody has; `theirs` is the measure as it stands now.
    """
    changed = store.execute(
        update(Measure)
        .where(Measure.id == measured.id, Measure.version == row_version)
        .values(version=row_version + 1, **values)
    )
    if changed.rowcount != 1:
        raise Conflict(CHANGED_MEANWHILE, theirs=measured)


def check_person(place: Place, person_id: int | None, *, field: str) -> str:
    """Return the name of a person who holds a role around `place`; "" for nobody.

    Raises:
        Invalid: beside `field`.
    """
    if person_id is None:
        return ""
    for person in people_around(place):
        if person.id == person_id:
            return person.name
    raise Invalid(say("This person has no role in {place}. Choose somebody who has.", place=place.name), field=field)


def must_be_in_use(measured: Measured) -> None:
    """Pass unless the measure is retired.

    Raises:
        Invalid: it is.
    """
    if measured.retired_on is not None:
        raise Invalid(say("{title} is retired. Take it back into use first.", title=measured.title))
