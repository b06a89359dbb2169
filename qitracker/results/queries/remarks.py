"""What people said of a series: phases, excluded points, notes."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, Table, bindparam, select

from qitracker.foundation.db import store
from qitracker.results.keys import SeriesKey, day_of
from qitracker.results.models import Exclusion, Note, PhaseRow
from qitracker.spc.analysis import PhaseStart


def _said_in(table: Table) -> Select[tuple[object, ...]]:
    return (
        select(*table.c)
        .where(
            table.c.measure_id == bindparam("measure_id"), table.c.unit_id.in_(bindparam("unit_ids", expanding=True))
        )
        .order_by(table.c.start, table.c.id)
    )


PHASES, EXCLUSIONS, NOTES = (_said_in(each.__table__) for each in (PhaseRow, Exclusion, Note))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Remark:
    """One thing said of one period: who said it, when, and why."""

    id: int
    start: date
    text: str
    by: str
    at: datetime
    frozen_to: date | None = None


@dataclass(frozen=True)
class Remarks:
    """Everything people said of one series."""

    phases: tuple[Remark, ...] = ()
    excluded: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()

    @property
    def phase_starts(self) -> tuple[PhaseStart, ...]:
        """Return the phases as the analysis wants them."""
        return tuple(PhaseStart(phase.start, phase.text, phase.frozen_to) for phase in self.phases)

    @property
    def excluded_starts(self) -> frozenset[date]:
        """Return the periods that do not count towards the limits."""
        return frozenset(remark.start for remark in self.excluded)


def remarks_of(measure_id: int, unit_ids: Collection[int], *, notes: bool = True) -> dict[SeriesKey, Remarks]:
    """Return what was said of the series of these units. Three statements, two without notes."""
    phases, excluded, said = defaultdict(list), defaultdict(list), defaultdict(list)
    values = {"measure_id": measure_id, "unit_ids": sorted(unit_ids)}
    for row in store.execute(PHASES, values):
        frozen_to = day_of(row.frozen_to) if row.frozen_to else None
        phases[_key(row)].append(Remark(row.id, day_of(row.start), row.reason, row.by_name, row.at, frozen_to))
    for row in store.execute(EXCLUSIONS, values):
        excluded[_key(row)].append(Remark(row.id, day_of(row.start), row.reason, row.by_name, row.at))
    for row in store.execute(NOTES, values) if notes else ():
        said[_key(row)].append(Remark(row.id, day_of(row.start), row.text, row.by_name, row.at))
    return {
        key: Remarks(tuple(phases[key]), tuple(excluded[key]), tuple(said[key])) for key in {*phases, *excluded, *said}
    }


def _key(row) -> SeriesKey:  # type: ignore[no-untyped-def]
    return SeriesKey(row.unit_id, row.measure_id, row.stratum_id)
