"""What a measure is held against: its benchmarks and targets, the most specific first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Text, bindparam, cast, or_, select

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures.benchmark_rules import Benchmark, BenchmarkKind
from qitracker.measures.models import BenchmarkRow
from qitracker.measures.stored import benchmark_from
from qitracker.people.queries import places

_benchmark = BenchmarkRow.__table__
BENCHMARKS = (
    select(_benchmark.c.id, _benchmark.c.measure_id, _benchmark.c.version, cast(_benchmark.c.body, Text).label("body"))
    .where(_benchmark.c.retired_at.is_(None))
    .order_by(_benchmark.c.measure_id, _benchmark.c.effective_from.desc(), _benchmark.c.id)
)
OF_MEASURES = BENCHMARKS.where(_benchmark.c.measure_id.in_(bindparam("measure_ids", expanding=True)))
HERE = OF_MEASURES.where(
    or_(_benchmark.c.unit_id.is_(None), _benchmark.c.unit_id.in_(bindparam("lineage", expanding=True)))
)
BY_ID = OF_MEASURES.where(_benchmark.c.id == bindparam("benchmark_id"))

KINDS = list(BenchmarkKind)

NO_SUCH_BENCHMARK = say("There is no such benchmark, or it was taken away.")


@dataclass(frozen=True)
class StoredBenchmark:
    """One benchmark with its row: what pages change or take away."""

    id: int
    measure_id: int
    version: int
    benchmark: Benchmark


def benchmarks_of(measure_id: int, lineage: tuple[int, ...] | None = None) -> tuple[Benchmark, ...]:
    """Return the benchmarks of a measure, expired ones included. One statement.

    `lineage` (the unit first, the organisation last) keeps what holds for that unit: its own first, then those of
    what stands above it, then those that hold everywhere. See `benchmark_rules.effective_at` for a day.
    """
    return tuple(one.benchmark for one in stored_benchmarks(measure_id, lineage))


def benchmarks_of_all(measure_ids: Iterable[int]) -> dict[int, tuple[Benchmark, ...]]:
    """Return the benchmarks of many measures, for every unit. One statement."""
    found: dict[int, tuple[Benchmark, ...]] = {}
    for one in _read(OF_MEASURES, measure_ids=sorted(set(measure_ids))):
        found[one.measure_id] = (*found.get(one.measure_id, ()), one.benchmark)
    return found


def stored_benchmarks(measure_id: int, lineage: tuple[int, ...] | None = None) -> tuple[StoredBenchmark, ...]:
    """Return the benchmarks of a measure with their rows, in the order of `benchmarks_of`. One statement."""
    if lineage is None:
        return _read(OF_MEASURES, measure_ids=[measure_id])
    found = _read(HERE, measure_ids=[measure_id], lineage=lineage)
    return tuple(
        sorted(found, key=lambda one: _distance(one.benchmark, lineage))
    )  # stable: the rest of the order holds


def stored_benchmark(benchmark_id: int, *, measure_id: int) -> StoredBenchmark:
    """Return one benchmark of a measure. Asks no rights. Raises NotFound."""
    found = _read(BY_ID, benchmark_id=benchmark_id, measure_ids=[measure_id])
    if not found:
        raise NotFound(NO_SUCH_BENCHMARK)
    return found[0]


@dataclass(frozen=True)
class PlacedBenchmark:
    """One benchmark with the unit it holds for; None: wherever the measure is used."""

    stored: StoredBenchmark
    place: Place | None


def visible_benchmarks(measure_id: int, *, by: Actor) -> tuple[PlacedBenchmark, ...]:
    """Return the benchmarks that hold everywhere, where `by` reaches, or above it. Three statements."""
    stored = stored_benchmarks(measure_id)
    where = places(one.benchmark.unit_id for one in stored if one.benchmark.unit_id is not None)
    rooted = places(by.units_granting(Permission.MEASURE_READ))
    above = {unit_id for place in rooted.values() for unit_id in place.lineage}
    known = {key for key, place in where.items() if key in above or by.may(Permission.MEASURE_READ, on=place)}
    return tuple(
        PlacedBenchmark(one, where.get(one.benchmark.unit_id) if one.benchmark.unit_id is not None else None)
        for one in stored
        if one.benchmark.unit_id is None or one.benchmark.unit_id in known
    )


def visible_benchmark(benchmark_id: int, *, measure_id: int, by: Actor) -> PlacedBenchmark:
    """Return one benchmark of a measure, if `by` may see it. Three statements. Raises NotFound."""
    for one in visible_benchmarks(measure_id, by=by):
        if one.stored.id == benchmark_id:
            return one
    raise NotFound(NO_SUCH_BENCHMARK)


def _distance(benchmark: Benchmark, lineage: tuple[int, ...]) -> int:
    return len(lineage) if benchmark.unit_id is None else lineage.index(benchmark.unit_id)


def _read(statement: Select[Any], **values: object) -> tuple[StoredBenchmark, ...]:
    rows = store.execute(statement, values)
    found = [StoredBenchmark(row.id, row.measure_id, row.version, benchmark_from(row.body)) for row in rows]
    return tuple(sorted(found, key=lambda one: KINDS.index(one.benchmark.kind)))
