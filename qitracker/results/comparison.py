"""A result beside its benchmarks: the ones that hold at the end of its period, and the ones that ran out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qitracker.foundation.words import Quantity, Sentence, say
from qitracker.measures.benchmark_rules import (
    BENCHMARK_KIND_TITLES,
    Benchmark,
    BenchmarkKind,
    effective_at,
    gap,
    is_expired,
    meets,
    value_at,
)
from qitracker.measures.figures import decimals_of
from qitracker.measures.rules import Definition


@dataclass(frozen=True)
class Compared:
    """One benchmark beside one result. `value` is what holds at the end of the period, None once it ran out."""

    benchmark: Benchmark
    title: Sentence
    value: float | None
    gap: float | None  # positive is better
    met: bool | None
    ran_out_on: date | None = None
    decimals: int = 0  # with which the value is shown


def compared(
    benchmarks: Sequence[Benchmark],
    result: float | None,
    *,
    period_ends: date,
    today: date,
    definition: Definition,
    lineage: tuple[int, ...],
) -> tuple[Compared, ...]:
    """Return every benchmark that holds at the end of the result's period, then those that have run out by today."""
    held = effective_at(benchmarks, period_ends, lineage=lineage)
    found = []
    for benchmark in held:
        value = value_at(benchmark, period_ends)
        if value is None and not benchmark.percentiles:
            continue
        both = result is not None and value is not None
        found.append(
            Compared(
                benchmark=benchmark,
                title=BENCHMARK_KIND_TITLES[benchmark.kind],
                value=value,
                gap=gap(result, value, definition.direction) if both else None,
                met=meets(result, value, definition.direction) if both else None,
                ran_out_on=benchmark.effective_to if is_expired(benchmark, today) else None,
                decimals=decimals_of(benchmark, definition),
            )
        )
    return (*found, *_ran_out(benchmarks, held, period_ends, lineage))


def _ran_out(
    benchmarks: Sequence[Benchmark], held: Sequence[Benchmark], day: date, lineage: tuple[int, ...]
) -> list[Compared]:
    """Return the newest expired benchmark of each kind and population that nothing has replaced."""
    replaced = {(one.kind, one.population) for one in held}
    newest: dict[tuple[BenchmarkKind, str], Benchmark] = {}
    for one in benchmarks:
        here = one.unit_id is None or one.unit_id in lineage
        if (
            here
            and one.effective_to is not None
            and one.effective_to < day
            and (one.kind, one.population) not in replaced
        ):
            known = newest.get((one.kind, one.population))
            if known is None or (known.effective_to or date.min) < one.effective_to:
                newest[one.kind, one.population] = one
    return [
        Compared(one, BENCHMARK_KIND_TITLES[one.kind], None, None, None, ran_out_on=one.effective_to)
        for one in newest.values()
    ]


def target_of(comparisons: Sequence[Compared]) -> Compared | None:
    """Return the target among the comparisons; a threshold a regulator sets stands in where there is none."""
    for kind in (BenchmarkKind.TARGET, BenchmarkKind.REGULATORY):
        for one in comparisons:
            if one.benchmark.kind is kind and one.value is not None:
                return one
    return None


def gap_words(one: Compared, definition: Definition) -> Sentence | None:
    """Return how far a result is from a benchmark, in words, None where no direction is better."""
    if one.gap is None:
        return None
    distance = Quantity(abs(one.gap), _points(definition.unit), max(definition.decimals, one.decimals, 1))
    if one.gap == 0:
        return say("exactly on it")
    return say("{gap} better", gap=distance) if one.gap > 0 else say("{gap} worse", gap=distance)


def _points(unit: str) -> str:
    """A difference of percentages is in percentage points."""
    return "points" if unit == "%" else unit
