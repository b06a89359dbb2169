"""Reads of measures: `measured` (definitions), `collected` (by which unit), `compared` (benchmarks), `pages`."""

from qitracker.measures.queries.collected import (
    Collecting,
    collected_in,
    collections,
    is_collected,
    who_collects,
)
from qitracker.measures.queries.compared import (
    StoredBenchmark,
    benchmarks_of,
    benchmarks_of_all,
    stored_benchmark,
    stored_benchmarks,
)
from qitracker.measures.queries.measured import (
    Measured,
    StratumChoice,
    Version,
    definition_at,
    held_measure,
    held_measures,
    measure_by_id,
    measure_by_slug,
    measures,
    strata_of,
    strata_of_all,
    visible_measure,
    visible_measure_by_id,
    visible_measures,
)

__all__ = [
    "Collecting",
    "Measured",
    "StoredBenchmark",
    "StratumChoice",
    "Version",
    "benchmarks_of",
    "benchmarks_of_all",
    "collected_in",
    "collections",
    "definition_at",
    "held_measure",
    "held_measures",
    "is_collected",
    "measure_by_id",
    "measure_by_slug",
    "measures",
    "stored_benchmark",
    "stored_benchmarks",
    "strata_of",
    "strata_of_all",
    "visible_measure",
    "visible_measure_by_id",
    "visible_measures",
    "who_collects",
]
