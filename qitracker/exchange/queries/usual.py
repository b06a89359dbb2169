"""What the measures of a file are held against: the level of what is recorded, and the target of today."""

from collections.abc import Collection
from datetime import date

from qitracker.exchange.doubts import Known
from qitracker.measures.benchmark_rules import Benchmark, BenchmarkKind, effective_at
from qitracker.measures.queries import Measured, benchmarks_of_all
from qitracker.results.queries.levels import usual_levels


def known_levels(measures: Collection[Measured], today: date) -> dict[int, Known]:
    """Return by measure what is usual and what is aimed at. Two statements; nothing for no measures."""
    if not measures:
        return {}
    ids = [one.id for one in measures]
    compared = benchmarks_of_all(ids)
    usual = usual_levels(ids)
    return {
        one.id: Known(
            usual=usual[one.id] * one.definition.multiplier if one.id in usual else None,
            target=_target(effective_at(compared.get(one.id, ()), today)),
        )
        for one in measures
    }


def _target(held: Collection[Benchmark]) -> float | None:
    return next((one.value for one in held if one.kind is BenchmarkKind.TARGET and one.value is not None), None)
