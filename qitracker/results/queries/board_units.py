"""The units behind a board, or those a search found: how many of their charts stand how, the worst first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from qitracker.foundation.actor import Actor
from qitracker.foundation.permissions import Permission
from qitracker.people.queries import UnitChoice, visible_units
from qitracker.results.queries.standings import OwnSeries, own_series
from qitracker.results.standing import Standing, Tally, tally

A_PAGE = 50


@dataclass(frozen=True)
class UnitTally:
    """One unit, and how many of its own charts stand how."""

    unit: UnitChoice
    tally: Tally


@dataclass(frozen=True)
class UnitsPart:
    """One page of units, and how many there are in all."""

    rows: tuple[UnitTally, ...]
    units: int
    silent_units: int  # not listed: none of their charts is current
    tally: Tally  # of all of them
    number: int
    last: int


@dataclass(frozen=True)
class UnitsFound:
    """Everything templates/desk/found.html may use."""

    sought: str
    part: UnitsPart


def units_below(units: Sequence[UnitChoice], chosen: UnitChoice) -> tuple[UnitChoice, ...]:
    """Return the units that stand below the chosen one, of a list in the order of the tree."""
    at = units.index(chosen) + 1
    ends = next((n for n in range(at, len(units)) if units[n].depth <= chosen.depth), len(units))
    return tuple(units[at:ends])


def units_part(
    units: Iterable[UnitChoice], found: Iterable[OwnSeries], *, number: int, everyone: bool = False
) -> UnitsPart:
    """Return a page of these units; those without a current chart only where `everyone` is wanted."""
    stands: dict[int, list[Standing]] = defaultdict(list)
    for one in found:
        stands[one.unit_id].append(one.stands)
    rows = [UnitTally(unit, tally(stands.get(unit.id, ()))) for unit in units]
    listed = sorted((row for row in rows if everyone or row.tally.current), key=_by_weight)
    last = max(1, -(-len(listed) // A_PAGE))
    number = min(max(number, 1), last)
    return UnitsPart(
        rows=tuple(listed[(number - 1) * A_PAGE : number * A_PAGE]),
        units=len(listed),
        silent_units=sum(row.tally.charts > row.tally.current == 0 for row in rows),
        tally=tally(stand for row in rows for stand in stands.get(row.unit.id, ())),
        number=number,
        last=last,
    )


def _by_weight(row: UnitTally) -> tuple[int, int, int, bool]:
    return -row.tally.worse, -row.tally.better, -row.tally.changed, not row.tally.current


def units_found(*, by: Actor, sought: str, today: date, number: int = 1) -> UnitsFound:
    """Return the units in reach whose name, code or path holds all the words. Five statements."""
    words = sought.casefold().split()
    found = [
        unit
        for unit in visible_units(by, Permission.RESULT_READ, on=today)
        if all(word in f"{unit.words} {unit.code}".casefold() for word in words)
    ]
    named = [unit for unit in found if sought.strip().casefold() in (unit.name.casefold(), unit.words.casefold())]
    return UnitsFound(sought, units_part(named or found, own_series(by, today), number=number, everyone=True))
