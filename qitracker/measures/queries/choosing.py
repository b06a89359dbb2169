"""Which units may be chosen to collect a measure, and which collect it now."""

from dataclasses import dataclass
from datetime import date

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.measures.queries.collected import Collecting, who_collects
from qitracker.measures.queries.measured import Measured, visible_measure
from qitracker.people.queries import UnitChoice, place_of, places, visible_units
from qitracker.people.queries.names import PersonChoice, people_around


@dataclass(frozen=True)
class UnitRow:
    """One unit that may be chosen, and what it does now."""

    unit: UnitChoice
    collecting: Collecting | None  # None: never collected it
    goes_on: bool


@dataclass(frozen=True)
class UnitsPage:
    """Everything templates/measures/units.html may use."""

    measured: Measured
    rows: tuple[UnitRow, ...]
    elsewhere: int  # units that collect it where the reader may not decide

    @property
    def headline(self) -> Sentence:
        """Return the sentence the page opens with."""
        if not self.rows:
            return say("Quality officers decide which units collect {title}.", title=self.measured.title)
        return say("Which units collect {title}?", title=self.measured.title)


def units_page(*, by: Actor, slug: str, today: date) -> UnitsPage:
    """Return the units where `by` may decide about the measure, in tree order. Five statements."""
    measured = visible_measure(slug, by=by)
    choices = visible_units(by, Permission.MEASURE_DEFINE, on=today)
    within = places(choice.id for choice in choices)
    now = {one.unit_id: one for one in who_collects(measured.id)}
    rows = tuple(
        UnitRow(choice, now.get(choice.id), choice.id in now and _goes_on(now[choice.id], today))
        for choice in choices
        if measured.unit_id in within[choice.id].lineage
    )
    mine = {row.unit.id for row in rows}
    elsewhere = sum(_goes_on(one, today) for key, one in now.items() if key not in mine)
    return UnitsPage(measured, rows, elsewhere)


def definable_units(by: Actor, *, today: date) -> tuple[UnitChoice, ...]:
    """Return the units for which `by` may define measures, in tree order. Two statements."""
    return visible_units(by, Permission.MEASURE_DEFINE, on=today)


def benchmark_units(by: Actor, measured: Measured, *, today: date) -> tuple[UnitChoice, ...]:
    """Return the units below the measure's own for which `by` may set benchmarks, in tree order. Three statements."""
    choices = visible_units(by, Permission.BENCHMARK_SET, on=today)
    within = places(choice.id for choice in choices)
    return tuple(one for one in choices if measured.unit_id in within[one.id].lineage and one.id != measured.unit_id)


def may_answer_for(place: Place) -> tuple[PersonChoice, ...]:
    """Return the people who may be named for a measure in a unit. One statement."""
    return people_around(place)


def place_where_defined(measured: Measured) -> Place:
    """Return the place of the unit a measure belongs to. One statement."""
    return place_of(measured.unit_id)


def _goes_on(one: Collecting, day: date) -> bool:
    return one.ends is None or one.ends >= day
