"""Rows and cells of the entry grid: what a unit collects, and what is recorded of it, for a few periods."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.measures.benchmark_rules import Benchmark
from qitracker.measures.queries import (
    Collecting,
    Measured,
    StratumChoice,
    benchmarks_of_all,
    collections,
    definition_at,
    measures,
    strata_of_all,
)
from qitracker.measures.rules import Definition
from qitracker.results.keys import SeriesKey, day_number, day_of
from qitracker.results.models import PointComment, point, status
from qitracker.results.queries.points import STORED, StoredPoint, as_stored
from qitracker.results.queries.sparks import LINE, Spark, spark_of
from qitracker.results.rules import displayed_value, is_calculated
from qitracker.results.typed import is_incomplete, readable, second_of, typed_numbers
from qitracker.spc.analysis import State

Held = Mapping[tuple[SeriesKey, date], StoredPoint]


@dataclass(frozen=True)
class Slot:
    """One row in one period: what stands there and whether anything may."""

    start: date
    definition: Definition
    second: str  # what the second cell holds: "denominator", "n" or ""
    is_collected: bool
    version: int = 0  # 0: nothing is recorded
    state: State | None = None  # None: nothing is recorded
    first: float | None = None  # as typed
    other: float | None = None
    value: float | None = None
    is_incomplete: bool = False
    comments: int = 0

    @property
    def is_empty(self) -> bool:
        """Say whether something should stand here and nothing does."""
        return self.is_collected and self.version == 0

    @property
    def shown(self) -> float | None:
        """Return the first number as a person reads it."""
        return readable(self.first, self.definition)

    @property
    def is_stateful(self) -> bool:
        """Say whether a state stands here in place of numbers."""
        return self.state not in (None, State.VALUE, State.NOT_CALCULATED) and not self.is_incomplete


@dataclass(frozen=True)
class SheetRow:
    """One measure, or one stratum of it, over the periods of the sheet."""

    key: SeriesKey
    slug: str
    domain: str
    definition: Definition
    stratum: StratumChoice | None
    slots: tuple[Slot, ...]
    spark: Spark | None

    @property
    def title(self) -> str:
        """Return the name of the row: of the measure, or of the part."""
        return self.stratum.title if self.stratum else self.definition.title

    @property
    def is_waiting(self) -> bool:
        """Say whether nothing stands in the newest period."""
        return self.slots[-1].is_empty

    @property
    def full_title(self) -> str:
        """Return the name by which a message says which row is meant."""
        return f"{self.definition.title}, {self.stratum.title}" if self.stratum else self.definition.title


@dataclass(frozen=True)
class Collected:
    """What a unit collects at one frequency, with all that its rows are made of."""

    pairs: tuple[tuple[Collecting, Measured], ...]
    strata: Mapping[int, tuple[StratumChoice, ...]]

    @property
    def measure_ids(self) -> tuple[int, ...]:
        """Return the numbers of the measures."""
        return tuple(measured.id for _, measured in self.pairs)


def collected_measures(by: Actor, unit_id: int) -> tuple[tuple[Collecting, Measured], ...]:
    """Return what the unit collects or has collected, in the order of lists. Two statements."""
    found = collections(by, [unit_id], permission=Permission.RESULT_RECORD)
    known = measures(one.measure_id for one in found)
    return tuple((one, known[one.measure_id]) for one in found)


def sheet_rows(
    place: Place, pairs: Sequence[tuple[Collecting, Measured]], frequency: str, starts: Sequence[date], *, day: date
) -> tuple[SheetRow, ...]:
    """Return the rows of a sheet. Five statements, however many rows there are."""
    chosen = [pair for pair in pairs if _belongs(pair, frequency, starts)]
    collected = Collected(tuple(chosen), strata_of_all(measured.id for _, measured in chosen))
    held = held_points(place.id, collected.measure_ids, starts[0], starts[-1])
    comments = _comment_counts(place.id, starts[0], starts[-1])
    sparks = _sparks(place.id, collected.measure_ids)
    benchmarks = benchmarks_of_all(collected.measure_ids)
    return tuple(_rows(place, collected, frequency, starts, held, comments, sparks, benchmarks, day))


def held_points(
    unit_id: int, measure_ids: Collection[int], first: date, last: date
) -> dict[tuple[SeriesKey, date], StoredPoint]:
    """Return the points of a unit whose periods begin between these days. One statement."""
    rows = store.execute(
        select(point.c.measure_id, point.c.stratum_id, *STORED).where(
            point.c.unit_id == unit_id,
            point.c.measure_id.in_(sorted(measure_ids)),
            point.c.start.between(day_number(first), day_number(last)),
        )
    )
    return {
        (SeriesKey(unit_id, measure_id, stratum_id), day_of(start)): as_stored(start, *rest)
        for measure_id, stratum_id, start, *rest in rows
    }


def is_active(collecting: Collecting, measured: Measured, start: date) -> bool:
    """Say whether the unit collects the measure in the period that begins then."""
    retired = measured.retired_on is not None and start > measured.retired_on
    return not retired and collecting.begins <= start and (collecting.ends is None or start <= collecting.ends)


def _belongs(pair: tuple[Collecting, Measured], frequency: str, starts: Sequence[date]) -> bool:
    collecting, measured = pair
    return any(
        is_active(collecting, measured, start) and definition_at(measured, start).frequency == frequency
        for start in starts
    )


def _rows(
    place: Place,
    collected: Collected,
    frequency: str,
    starts: Sequence[date],
    held: Held,
    comments: Mapping[tuple[SeriesKey, date], int],
    sparks: Mapping[SeriesKey, object],
    benchmarks: Mapping[int, tuple[Benchmark, ...]],
    day: date,
) -> Iterator[SheetRow]:
    for collecting, measured in collected.pairs:
        for stratum in _parts(measured, collected.strata.get(measured.id, ()), held, place.id):
            key = SeriesKey(place.id, measured.id, stratum.id if stratum else 0)
            yield SheetRow(
                key=key,
                slug=measured.slug,
                domain=measured.domain,
                definition=definition_at(measured, starts[-1]),
                stratum=stratum,
                slots=tuple(
                    _slot(key, collecting, measured, frequency, start, held.get((key, start)), comments)
                    for start in starts
                ),
                spark=spark_of(
                    sparks.get(key), measured.definition, benchmarks.get(measured.id, ()), place.lineage, day
                ),
            )


def _parts(
    measured: Measured, strata: Iterable[StratumChoice], held: Held, unit_id: int
) -> tuple[StratumChoice | None, ...]:
    """Return the total, then the strata that are collected or have numbers in these periods."""
    with_numbers = {key.stratum_id for key, _ in held if key.measure_id == measured.id and key.unit_id == unit_id}
    return (None, *(one for one in strata if one.is_collected or one.id in with_numbers))


def _slot(
    key: SeriesKey,
    collecting: Collecting,
    measured: Measured,
    frequency: str,
    start: date,
    stored: StoredPoint | None,
    comments: Mapping[tuple[SeriesKey, date], int],
) -> Slot:
    definition = definition_at(measured, start)
    fits = definition.frequency == frequency and is_active(collecting, measured, start)
    return slot_of(definition, start, stored, is_collected=fits, comments=comments.get((key, start), 0))


def slot_of(
    definition: Definition, start: date, stored: StoredPoint | None, *, is_collected: bool = True, comments: int = 0
) -> Slot:
    """Return what a cell shows of a point, or of nothing."""
    second = second_of(definition)
    if stored is None:
        return Slot(start, definition, second, is_collected, comments=comments)
    entry = stored.entry()
    first, other = typed_numbers(entry, definition)
    calculated = is_calculated(entry, definition)
    return Slot(
        start=start,
        definition=definition,
        second=second,
        is_collected=is_collected,
        version=stored.version,
        state=State.NOT_CALCULATED if entry.state is State.VALUE and not calculated else entry.state,
        first=first,
        other=other,
        value=displayed_value(entry, definition) if calculated else None,
        is_incomplete=is_incomplete(entry, definition),
        comments=comments,
    )


def _comment_counts(unit_id: int, first: date, last: date) -> dict[tuple[SeriesKey, date], int]:
    rows = store.execute(
        select(PointComment.measure_id, PointComment.stratum_id, PointComment.start, func.count())
        .where(PointComment.unit_id == unit_id, PointComment.start.between(day_number(first), day_number(last)))
        .group_by(PointComment.measure_id, PointComment.stratum_id, PointComment.start)
    )
    return {(SeriesKey(unit_id, m, s), day_of(start)): count for m, s, start, count in rows}


def _sparks(unit_id: int, measure_ids: Collection[int]) -> dict[SeriesKey, object]:
    rows = store.execute(
        select(status.c.measure_id, status.c.stratum_id, *LINE).where(
            status.c.unit_id == unit_id, status.c.measure_id.in_(sorted(measure_ids))
        )
    )
    return {SeriesKey(unit_id, row.measure_id, row.stratum_id): row for row in rows}
