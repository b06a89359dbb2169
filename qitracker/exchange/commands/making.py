"""Make what an import needs and was allowed to make: units, strata, collections."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from qitracker.exchange.commands.examine import Examined
from qitracker.exchange.commands.opening import Day
from qitracker.exchange.queries.batches import Batch
from qitracker.foundation.actor import Actor
from qitracker.measures.commands import add_strata_beside, begin_collecting
from qitracker.measures.queries import strata_of
from qitracker.people.commands import add_unit
from qitracker.people.queries import unit_facts


@dataclass
class Made:
    """The numbers that what was planned has now, by the numbers below 0 it had in the plans."""

    units: dict[int, int] = field(default_factory=dict)
    strata: dict[int, int] = field(default_factory=dict)


def make_missing(batch: Batch, examined: Examined, *, by: Actor, day: Day) -> Made:
    """Make the planned units, strata and collections, each by its own deed, with its rights and its trail."""
    made, plans = Made(), examined.plans
    if plans.units and batch.choices.units_below is not None:
        parent = unit_facts(batch.choices.units_below)
        for code, spot in plans.units.items():
            place = add_unit(
                by=by, parent_id=parent.id, kind="unit", name=spot.name, code=code, valid_from=parent.valid_from
            )
            made.units[spot.id] = place.id
    for measure_id in sorted({measure_id for measure_id, _ in plans.strata}):
        _add_strata(made, measure_id, examined, by=by)
    for measure_id, days in plans.collections.items():
        first_days = {made.units.get(unit_id, unit_id): first for unit_id, first in days.items()}
        begin_collecting(by=by, measure_id=measure_id, first_days=first_days, fiscal_start=day.fiscal_start)
    return made


def _add_strata(made: Made, measure_id: int, examined: Examined, *, by: Actor) -> None:
    """Add all new strata of a measure in one change of its definition."""
    wanted = {title: number for (one, title), number in examined.plans.strata.items() if one == measure_id}
    add_strata_beside(by=by, measure_id=measure_id, titles=tuple(wanted))
    titles = {" ".join(one.title.split()): one.id for one in strata_of(measure_id)}
    made.strata.update({number: titles[" ".join(title.split())] for title, number in wanted.items()})


def with_ids(rows: Sequence[tuple[Any, ...]], made: Made) -> Sequence[tuple[Any, ...]]:
    """Return the rows with the numbers of what was made for them, in the order in which points are stored."""
    if not made.units and not made.strata:
        return rows
    units, strata = made.units, made.strata
    return sorted((units.get(row[0], row[0]), row[1], strata.get(row[2], row[2]), *row[3:]) for row in rows)
