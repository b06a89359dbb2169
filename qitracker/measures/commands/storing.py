"""Write the rows of a measure: itself, versions, strata, units, benchmarks. Everything was checked before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, insert, select

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.measures.benchmark_rules import Benchmark
from qitracker.measures.models import BenchmarkRow, Collection, Measure, MeasureVersion, Stratum
from qitracker.measures.rules import Definition
from qitracker.measures.stored import benchmark_to_body, to_body
from qitracker.people.rules import slug_of, unique_slug

TAKEN_BY_PAGES = ("library", "new")  # addresses below /measures that are no measure


@dataclass(frozen=True)
class NewMeasure:
    """A measure about to be taken into use at `place`, collected from the day `begins`."""

    place: Place
    domain: str
    definition: Definition
    begins: date
    owner_id: int | None = None
    library_code: str = ""


def store_measure(new: NewMeasure, unit_ids: Iterable[int], *, by: Actor) -> int:
    """Write a measure with its first version, its strata and the units that collect it; return its number."""
    measure_id = store.execute(
        insert(Measure)
        .values(
            slug=_new_slug(new.definition.title),
            unit_id=new.place.id,
            library_code=new.library_code,
            domain=new.domain,
            owner_id=new.owner_id,
            position=_next_position(),
            created_at=clock.now(),
        )
        .returning(Measure.id)
    ).scalar_one()
    store_version(measure_id, 1, new.definition, new.begins, "", by=by)
    store_strata(measure_id, new.definition.strata)
    store_collections(measure_id, unit_ids, new.begins)
    return measure_id


def store_version(
    measure_id: int, number: int, definition: Definition, effective_from: date, reason: str, *, by: Actor
) -> None:
    """Write one version of a definition."""
    store.execute(
        insert(MeasureVersion).values(
            measure_id=measure_id,
            number=number,
            effective_from=effective_from,
            reason=reason,
            created_at=clock.now(),
            created_by_id=by.user_id,
            **version_values(definition),
        )
    )


def version_values(definition: Definition) -> dict[str, object]:
    """Return what the row of a version repeats of its definition, and the definition itself."""
    return {
        "title": definition.title,
        "scoring": str(definition.scoring),
        "frequency": str(definition.frequency),
        "body": to_body(definition),
    }


def store_strata(measure_id: int, titles: Iterable[str], taken: Iterable[str] = ()) -> None:
    """Write new strata, each with a code that stays when its title changes; `taken` are codes in use."""
    codes = set(taken)
    for title in titles:
        code = unique_slug(title, codes, otherwise="stratum")
        codes.add(code)
        store.execute(insert(Stratum).values(measure_id=measure_id, code=code, title=title, is_collected=True))


def store_collections(measure_id: int, unit_ids: Iterable[int], begins: date) -> None:
    """Write which units collect the measure from that day on."""
    rows = [
        {"measure_id": measure_id, "unit_id": unit_id, "begins": begins, "version": 1} for unit_id in sorted(unit_ids)
    ]
    if rows:
        store.execute(insert(Collection), rows)


def store_benchmark(measure_id: int, benchmark: Benchmark) -> int:
    """Write one benchmark and return its number."""
    values = benchmark_values(benchmark)
    return store.execute(
        insert(BenchmarkRow).values(measure_id=measure_id, created_at=clock.now(), **values).returning(BenchmarkRow.id)
    ).scalar_one()


def benchmark_values(benchmark: Benchmark) -> dict[str, object]:
    """Return what the row of a benchmark repeats of it, and the benchmark itself."""
    return {
        "unit_id": benchmark.unit_id,
        "kind": str(benchmark.kind),
        "effective_from": benchmark.effective_from,
        "effective_to": benchmark.effective_to,
        "source": benchmark.source,
        "body": benchmark_to_body(benchmark),
    }


def _new_slug(title: str) -> str:
    start = slug_of(title, otherwise="measure")
    taken = store.scalars(select(Measure.slug).where(Measure.slug.startswith(start, autoescape=True)))
    return unique_slug(title, {*taken, *TAKEN_BY_PAGES}, otherwise="measure")


def _next_position() -> int:
    return (store.scalar(select(func.max(Measure.position))) or 0) + 1
