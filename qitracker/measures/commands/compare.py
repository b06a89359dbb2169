"""Add, change and take away what a measure is held against. None without its source and its date."""

from sqlalchemy import update

from qitracker.audit.commands import record
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Conflict, Invalid, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Quantity, plain, say
from qitracker.measures import events
from qitracker.measures.benchmark_rules import Benchmark, check_benchmark
from qitracker.measures.commands.storing import benchmark_values, store_benchmark
from qitracker.measures.models import BenchmarkRow
from qitracker.measures.queries import Measured, stored_benchmark, stored_benchmarks, visible_measure_by_id
from qitracker.measures.rules import Definition
from qitracker.measures.stored import benchmark_to_body
from qitracker.measures.texts import tidy_benchmark
from qitracker.people.queries import known_place, place_of

CHANGED_MEANWHILE = say(
    "Somebody else changed this benchmark meanwhile. Nothing was overwritten: open it again, then repeat your change."
)


def add_benchmark(*, by: Actor, measure_id: int, benchmark: Benchmark) -> int:
    """Hold a measure against one more figure and return its number.

    Raises:
        NotFound: no measure or unit that `by` may know of.
        NotAllowed: `by` may not set benchmarks where it is to hold.
        Invalid: it has no source, no date, no figure, or is there already.
    """
    measured = visible_measure_by_id(measure_id, by=by)
    place = _must_set(by, measured, benchmark.unit_id)
    checked = _checked(benchmark, measured.definition)
    with atomic():
        if any(one.benchmark == checked for one in stored_benchmarks(measure_id)):
            raise Invalid(
                say("This benchmark is there already. Change that one, or correct what differs."), field="value"
            )
        benchmark_id = store_benchmark(measure_id, checked)
        _tell(events.BENCHMARK_ADDED, by, place, measured, after=checked)
    return benchmark_id


def change_benchmark(*, by: Actor, measure_id: int, benchmark_id: int, benchmark: Benchmark, version: int) -> None:
    """Correct a benchmark.

    Raises:
        NotFound, NotAllowed, Invalid: as `add_benchmark`, for where it held and where it is to hold.
        Conflict: somebody else changed it meanwhile.
    """
    measured = visible_measure_by_id(measure_id, by=by)
    old = stored_benchmark(benchmark_id, measure_id=measure_id)
    _must_set(by, measured, old.benchmark.unit_id)
    place = _must_set(by, measured, benchmark.unit_id)
    checked = _checked(benchmark, measured.definition)
    with atomic():
        _change(benchmark_id, version, **benchmark_values(checked))
        _tell(events.BENCHMARK_CHANGED, by, place, measured, before=old.benchmark, after=checked)


def retire_benchmark(*, by: Actor, measure_id: int, benchmark_id: int, version: int) -> None:
    """Take a benchmark away; the trail keeps it.

    Raises:
        NotFound, NotAllowed: as `add_benchmark`.
        Conflict: somebody else changed it meanwhile.
    """
    measured = visible_measure_by_id(measure_id, by=by)
    old = stored_benchmark(benchmark_id, measure_id=measure_id)
    place = _must_set(by, measured, old.benchmark.unit_id)
    with atomic():
        _change(benchmark_id, version, retired_at=clock.now())
        _tell(events.BENCHMARK_TAKEN_AWAY, by, place, measured, after=old.benchmark)


def figure_of(benchmark: Benchmark, definition: Definition) -> str:
    """Return the figure in plain words: "88 %", "75 % in 2026-04, 80 % in 2026-10", "10th 4.1, 50th 6"."""

    def written(value: float) -> str:
        return plain(Quantity(value, definition.unit, definition.decimals))

    if benchmark.trajectory:
        return ", ".join(f"{written(value)} from {plain(day)}" for day, value in benchmark.trajectory)
    if benchmark.value is not None:
        return written(benchmark.value)
    return ", ".join(f"{key}: {written(value)}" for key, value in sorted(benchmark.percentiles.items()))


def _must_set(by: Actor, measured: Measured, unit_id: int | None) -> Place:
    """Return the place where a benchmark holds (None: wherever the measure is used), if `by` may set it there."""
    place = place_of(measured.unit_id) if unit_id in (None, measured.unit_id) else known_place(unit_id, by=by)
    if measured.unit_id not in place.lineage:
        raise NotFound(say("There is no such unit where this measure is used."))
    by.must(Permission.BENCHMARK_SET, on=place)
    return place


def _checked(benchmark: Benchmark, definition: Definition) -> Benchmark:
    tidied = tidy_benchmark(benchmark)
    check_benchmark(tidied, definition)
    return tidied


def _change(benchmark_id: int, version: int, **values: object) -> None:
    changed = store.execute(
        update(BenchmarkRow)
        .where(BenchmarkRow.id == benchmark_id, BenchmarkRow.version == version, BenchmarkRow.retired_at.is_(None))
        .values(version=version + 1, **values)
    )
    if changed.rowcount != 1:
        raise Conflict(CHANGED_MEANWHILE)


def _tell(
    event: str, by: Actor, place: Place, measured: Measured, *, after: Benchmark, before: Benchmark | None = None
) -> None:
    told = {
        "title": measured.title,
        "figure": figure_of(after, measured.definition),
        "source": after.source,
        "benchmark": benchmark_to_body(after),
    }
    earlier = None if before is None else {"benchmark": benchmark_to_body(before)}
    record(event, by=by, subject=("measure", measured.id), unit=place, before=earlier, after=told)
