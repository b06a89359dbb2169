"""Definitions and measures for tests, in one line."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from qitracker.foundation.actor import Place
from qitracker.measures import commands, queries
from qitracker.measures.benchmark_rules import Benchmark, BenchmarkKind, Statistic
from qitracker.measures.queries import Measured, StratumChoice
from qitracker.measures.rules import Definition, Scoring
from qitracker.spc.analysis import Direction
from tests.builders.people import SYSTEM, Build

JANUARY = date(2026, 1, 1)


def a_definition(**changes: Any) -> Definition:
    """Return a share of patients in percent, with any field changed."""
    definition = Definition(
        title="Pain assessed",
        scoring=Scoring.PROPORTION,
        direction=Direction.UP,
        numerator="Patients whose pain was assessed.",
        denominator="All patients on the ward.",
        unit="%",
        multiplier=100,
        chart="p",
    )
    return replace(definition, **changes)


def a_target(value: float = 90.0, **changes: Any) -> Benchmark:
    """Return a target of the board, with any field changed."""
    target = Benchmark(BenchmarkKind.TARGET, "Board plan 2026", JANUARY, statistic=Statistic.TARGET, value=value)
    return replace(target, **changes)


def a_measure(build: Build, at: Place, units: Iterable[Place], *, begins: date = JANUARY, **changes: Any) -> Measured:
    """Define a measure at a place, collected by units, and return it."""
    with build._inside():
        measure_id = commands.define_measure(
            by=SYSTEM,
            unit_id=at.id,
            domain="Safety",
            definition=a_definition(**changes),
            collecting_unit_ids=[unit.id for unit in units],
            begins=begins,
        )
        return queries.measure_by_id(measure_id)


def an_adopted_measure(
    build: Build, code: str, at: Place, units: Iterable[Place], *, begins: date = JANUARY
) -> Measured:
    """Adopt a measure of the library at a place, collected by units, and return it."""
    with build._inside():
        measure_id = commands.adopt_measure(
            by=SYSTEM, code=code, unit_id=at.id, collecting_unit_ids=[unit.id for unit in units], begins=begins
        )
        return queries.measure_by_id(measure_id)


def a_retired_measure(build: Build, at: Place, units: Iterable[Place], *, title: str = "Given up") -> Measured:
    """Define a measure and retire it again."""
    measured = a_measure(build, at, units, title=title)
    with build._inside():
        commands.retire_measure(
            by=SYSTEM, measure_id=measured.id, reason="Replaced", row_version=1, today=date(2026, 6, 1)
        )
        return queries.measure_by_id(measured.id)


def the_strata(build: Build, measured: Measured) -> tuple[StratumChoice, ...]:
    """Return the strata of a measure."""
    with build._inside():
        return queries.strata_of(measured.id)


def as_it_stands(build: Build, measured: Measured) -> Measured:
    """Read a measure again."""
    with build._inside():
        return queries.measure_by_id(measured.id)


def a_benchmark(build: Build, measured: Measured, benchmark: Benchmark) -> int:
    """Add a benchmark to a measure and return its number."""
    with build._inside():
        return commands.add_benchmark(by=SYSTEM, measure_id=measured.id, benchmark=benchmark)
