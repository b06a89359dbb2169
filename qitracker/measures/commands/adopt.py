"""Take a measure into use: from the library, or written by hand."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import atomic, refuse_duplicate, store
from qitracker.foundation.errors import Invalid
from qitracker.foundation.periods import period_of
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures import events
from qitracker.measures.commands.checks import (
    check_not_within_each_other,
    check_open,
    check_person,
    checked_definition,
    collecting_places,
)
from qitracker.measures.commands.storing import NewMeasure, store_benchmark, store_measure
from qitracker.measures.library import library_measure
from qitracker.measures.models import Measure, MeasureVersion
from qitracker.measures.rules import Definition, rolls_up
from qitracker.measures.stored import to_body
from qitracker.measures.texts import tidy_line
from qitracker.people.queries import known_place

SAME_MOMENT = say("Somebody else saved a measure like this at the same moment. Look at the list, then try again.")


def adopt_measure(
    *,
    by: Actor,
    code: str,
    unit_id: int,
    collecting_unit_ids: Iterable[int],
    begins: date,
    owner_id: int | None = None,
    fiscal_start: int = 1,
) -> int:
    """Take a measure of the library into use at a unit, with its benchmarks, and return its number.

    Raises:
        NotAllowed: `by` may not define measures there.
        NotFound: no such measure in the library, or no such unit to define it for.
        Invalid: it is in use there already, no unit is chosen, or a unit cannot collect it.
    """
    place = known_place(unit_id, by=by)
    by.must(Permission.MEASURE_DEFINE, on=place)
    ready = library_measure(code)
    with refuse_duplicate("units", SAME_MOMENT), atomic():
        _check_not_in_use(place, code)
        new = NewMeasure(place, ready.domain, checked_definition(ready.definition), begins, owner_id, code)
        measure_id = _take_into_use(new, collecting_unit_ids, fiscal_start, by)
        for benchmark in ready.benchmarks:
            store_benchmark(measure_id, benchmark)
        said = {"title": ready.definition.title, "place": place.name, "code": code, "begins": begins}
        record(events.ADOPTED, by=by, subject=("measure", measure_id), unit=place, after=said)
    return measure_id


def define_measure(
    *,
    by: Actor,
    unit_id: int,
    domain: str,
    definition: Definition,
    collecting_unit_ids: Iterable[int],
    begins: date,
    owner_id: int | None = None,
    fiscal_start: int = 1,
) -> int:
    """Take a measure of one's own into use at a unit and return its number.

    Raises:
        NotAllowed: `by` may not define measures there.
        NotFound: no such unit.
        Invalid: the definition cannot be, or a unit cannot collect it.
    """
    place = known_place(unit_id, by=by)
    by.must(Permission.MEASURE_DEFINE, on=place)
    with refuse_duplicate("title", SAME_MOMENT), atomic():
        checked = checked_definition(definition)
        _check_title_is_new(place, checked.title)
        new = NewMeasure(place, check_domain(domain), checked, begins, owner_id)
        measure_id = _take_into_use(new, collecting_unit_ids, fiscal_start, by)
        said = {"title": checked.title, "place": place.name, "begins": begins, "definition": to_body(checked)}
        record(events.DEFINED, by=by, subject=("measure", measure_id), unit=place, after=said)
    return measure_id


def check_domain(domain: str) -> str:
    """Return the heading a measure stands under, as one tidy line.

    Raises:
        Invalid: it is empty or too long.
    """
    cleaned = tidy_line(domain, "domain")
    if not cleaned:
        raise Invalid(say("Say under which heading it stands, such as Infection or Safety."), field="domain")
    return cleaned


def _check_not_in_use(place: Place, code: str) -> None:
    row = store.execute(
        select(Measure.retired_on).where(Measure.unit_id == place.id, Measure.library_code == code)
    ).first()
    if row is None:
        return
    if row.retired_on is not None:
        raise Invalid(
            say("{place} used it until {day}. Take it back into use instead.", place=place.name, day=row.retired_on),
            field="at",
        )
    raise Invalid(say("{place} uses it already. Add units to it instead.", place=place.name), field="at")


def _check_title_is_new(place: Place, title: str) -> None:
    wanted = " ".join(title.split()).casefold()
    rows = store.execute(
        select(MeasureVersion.title)
        .join(Measure, Measure.id == MeasureVersion.measure_id)
        .where(Measure.unit_id == place.id, Measure.retired_on.is_(None))
    )
    if wanted and any(" ".join(row.title.split()).casefold() == wanted for row in rows):
        raise Invalid(
            say("{place} has a measure with this title. Give it another title.", place=place.name), field="title"
        )


def _take_into_use(new: NewMeasure, collecting_unit_ids: Iterable[int], fiscal_start: int, by: Actor) -> int:
    """Check the units and store the measure; collection begins with the period that holds the day."""
    first = period_of(new.begins, new.definition.frequency, fiscal_start=fiscal_start)
    chosen = collecting_places(new.place, collecting_unit_ids, may_be_none=True)
    check_open(chosen, new.begins)
    if rolls_up(new.definition.scoring):
        check_not_within_each_other(chosen)
    check_person(new.place, new.owner_id, field="owner")
    return store_measure(replace(new, begins=first), chosen, by=by)
