"""Definitions and benchmarks as JSON and back: bodies of rows, tolerant of fields that came later or went."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

from qitracker.measures.benchmark_rules import Benchmark, BenchmarkKind, Path, Statistic
from qitracker.measures.rules import Aim, Area, Definition, Frequency, Interval, Kind, Scoring
from qitracker.spc.analysis import Direction

Body = dict[str, Any]


def to_body(definition: Definition) -> Body:
    """Return the definition as JSON can hold it; enums become their codes."""
    return {name: _plain(value) for name, value in asdict(definition).items()}


def from_body(body: Mapping[str, Any]) -> Definition:
    """Return the definition a body holds. Unknown fields are passed over, absent ones take their default.

    Raises:
        ValueError: a code that no version of the program has known.
        TypeError: a field without default is absent.
    """
    known = _known(Definition, body)
    known["scoring"] = Scoring(known["scoring"])
    known["direction"] = Direction(known["direction"])
    _convert(known, "kind", Kind)
    _convert(known, "frequency", Frequency)
    _convert(known, "area", Area)
    _convert(known, "interval", Interval)
    _convert(known, "aims", lambda codes: tuple(Aim(code) for code in codes))
    _convert(known, "references", tuple)
    _convert(known, "strata", tuple)
    return Definition(**known)


@lru_cache(maxsize=2048)
def definition_from(text: str, number: int) -> Definition:
    """Return the definition that the JSON of a version holds, with its number; the same text is read once.

    Raises:
        ValueError, TypeError: see `from_body`.
    """
    return replace(from_body(json.loads(text)), version=number)


def benchmark_to_body(benchmark: Benchmark) -> Body:
    """Return the benchmark as JSON can hold it; percentile keys become text, dates ISO."""
    body = {name: _plain(value) for name, value in asdict(benchmark).items()}
    body["percentiles"] = {str(key): value for key, value in benchmark.percentiles.items()}
    return body


def benchmark_from_body(body: Mapping[str, Any]) -> Benchmark:
    """Return the benchmark a body holds. Unknown fields are passed over, absent ones take their default.

    Raises:
        ValueError: a code or date that cannot be read.
        TypeError: a field without default is absent.
    """
    known = _known(Benchmark, body)
    known["kind"] = BenchmarkKind(known["kind"])
    _convert(known, "statistic", Statistic)
    _convert(known, "path", Path)
    for name in ("effective_from", "effective_to", "published"):
        _convert(known, name, date.fromisoformat)
    _convert(known, "percentiles", lambda pairs: {int(key): value for key, value in pairs.items()})
    _convert(known, "trajectory", lambda steps: tuple((date.fromisoformat(day), value) for day, value in steps))
    return Benchmark(**known)


@lru_cache(maxsize=4096)
def benchmark_from(text: str) -> Benchmark:
    """Return the benchmark that a JSON text holds; the same text is read once. Raises as `benchmark_from_body`."""
    return benchmark_from_body(json.loads(text))


def _known(kind: type, body: Mapping[str, Any]) -> Body:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in body.items() if name in names}


def _convert(known: Body, name: str, make: Any) -> None:
    if known.get(name) is not None:
        known[name] = make(known[name])


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case str():
            return str(value)
        case tuple() | list():
            return [_plain(one) for one in value]
        case _:
            return value
