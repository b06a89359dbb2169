"""What the measures of a file are held against: the level of what is recorded, and the target of today."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from qitracker.exchange.doubts import Known
from qitracker.foundation.db import store
from qitracker.measures.benchmark_rules import Benchmark, BenchmarkKind, effective_at
from qitracker.measures.queries import Measured, benchmarks_of_all
from qitracker.results.models import status


def known_levels(measures: Collection[Measured], today: date) -> dict[int, Known]:
    """Return by measure what is usual and what is aimed at. Two statements; nothing for no measures."""
    if not measures:
        return {}
    ids = [one.id for one in measures]
    compared = benchmarks_of_all(ids)
    rows = store.execute(
        select(status.c.measure_id, func.sum(status.c.numerator_12), func.sum(status.c.denominator_12))
        .where(status.c.measure_id.in_(ids), status.c.stratum_id == 0, status.c.denominator_12 > 0)
        .group_by(status.c.measure_id)
    )
    usual = {measure_id: numerator / denominator for measure_id, numerator, denominator in rows}
    return {
        one.id: Known(
            usual=usual[one.id] * one.definition.multiplier if one.id in usual else None,
            target=_target(effective_at(compared.get(one.id, ()), today)),
        )
        for one in measures
    }


def _target(held: Collection[Benchmark]) -> float | None:
    return next((one.value for one in held if one.kind is BenchmarkKind.TARGET and one.value is not None), None)
