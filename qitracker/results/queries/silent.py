"""The series that have been silent for long: by measure, in which units, since when, and who may end them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.permissions import Permission
from qitracker.measures.queries import Measured, collections, strata_of_all
from qitracker.people.queries import facts_of, places
from qitracker.people.rules import UnitFacts
from qitracker.results.queries.changes import silent_since
from qitracker.results.queries.standings import OwnSeries, own_series
from qitracker.results.standing import Standing


@dataclass(frozen=True)
class SilentUnit:
    """One chart that nobody adds to, in one unit."""

    name: str
    slug: str
    stratum: str  # code of the part it shows, "" for the whole
    last: date


@dataclass(frozen=True)
class SilentMeasure:
    """The silent charts of one measure, the latest first."""

    measured: Measured
    units: tuple[SilentUnit, ...]
    still_kept: int  # units that collect it and are not silent
    may_end: bool  # in at least one of these units
    may_retire: bool

    @property
    def last(self) -> date:
        """Return the latest period that any of them has a result of."""
        return self.units[0].last


@dataclass(frozen=True)
class SilentPage:
    """Everything templates/desk/silent.html may use."""

    measures: tuple[SilentMeasure, ...]
    charts: int
    since: date | None


def silent_page(*, by: Actor, today: date) -> SilentPage:
    """Return the silent charts in reach. Seven statements, however many there are."""
    silent = [one for one in own_series(by, today) if one.stands is Standing.SILENT]
    by_measure: dict[int, list[OwnSeries]] = defaultdict(list)
    for one in sorted(silent, key=lambda one: (-one.last.toordinal(), one.unit_id)):
        by_measure[one.measured.id].append(one)
    collecting = collections(by, on=today, measure_ids=by_measure, permission=Permission.RESULT_READ)
    kept = Counter(one.measure_id for one in collecting)
    where = places({one.unit_id for one in silent} | {one.measured.unit_id for one in silent})
    units = facts_of(where)
    codes = {part.id: part.code for parts in strata_of_all(by_measure).values() for part in parts}
    made = [_silent(by, some, kept[key] - len(some), where, units, codes) for key, some in by_measure.items()]
    return SilentPage(
        measures=tuple(sorted(made, key=lambda one: (one.measured.domain, one.measured.position, one.measured.id))),
        charts=len(silent),
        since=silent_since(silent),
    )


def silent_units(*, by: Actor, measure_id: int, today: date) -> set[int]:
    """Return the units in which a measure has been silent for long. Three statements."""
    return {
        one.unit_id for one in own_series(by, today) if one.measured.id == measure_id and one.stands is Standing.SILENT
    }


def _silent(
    by: Actor,
    some: Sequence[OwnSeries],
    still_kept: int,
    where: Mapping[int, Place],
    units: Mapping[int, UnitFacts],
    codes: Mapping[int, str],
) -> SilentMeasure:
    measured = some[0].measured
    return SilentMeasure(
        measured=measured,
        units=tuple(
            SilentUnit(units[one.unit_id].name, units[one.unit_id].slug, codes.get(one.stratum_id, ""), one.last)
            for one in some
        ),
        still_kept=still_kept,
        may_end=any(by.may(Permission.MEASURE_DEFINE, on=where[one.unit_id]) for one in some),
        may_retire=by.may(Permission.MEASURE_DEFINE, on=where[measured.unit_id]),
    )
