"""The ready-made measures: read from `library/<code>.toml`, checked like any definition."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.words import say
from qitracker.measures.benchmark_rules import Benchmark, BenchmarkKind, Path, Statistic, check_benchmark
from qitracker.measures.rules import Aim, Area, Definition, Frequency, Interval, Kind, Scoring, check_definition
from qitracker.spc.analysis import Direction


class BrokenLibraryFile(Exception):
    """A file of the library cannot be used; the text names the file and the key."""


@dataclass(frozen=True)
class LibraryMeasure:
    """One measure ready to adopt: `domain` is the heading it stands under on a board."""

    code: str
    domain: str
    definition: Definition
    benchmarks: tuple[Benchmark, ...] = ()


@cache
def library() -> tuple[LibraryMeasure, ...]:
    """Return all ready-made measures, by domain and then by title.

    Raises:
        BrokenLibraryFile: a file cannot be read or does not hold a whole measure.
    """
    folder = files(__package__) / "library"
    measures = [
        read_measure(file.name.removesuffix(".toml"), file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    ]
    return tuple(sorted(measures, key=lambda measure: (measure.domain, measure.definition.title)))


def library_measure(code: str) -> LibraryMeasure:
    """Return the ready-made measure with this code.

    Raises:
        NotFound: there is none.
    """
    for measure in library():
        if measure.code == code:
            return measure
    raise NotFound(say("The library has no measure “{code}”. Choose one from the list.", code=code))


def read_measure(code: str, text: str) -> LibraryMeasure:
    """Return the measure that the file `code`.toml with this text holds.

    Raises:
        BrokenLibraryFile: not TOML, an unknown, missing or unusable key, or a definition that cannot be.
    """
    try:
        keys = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BrokenLibraryFile(f"{code}.toml: {fault}") from fault
    missing = [name for name in NEEDED if name not in keys]
    if missing:
        raise BrokenLibraryFile(f"{code}.toml: {missing[0]}: is missing")
    domain = keys.pop("domain")
    benchmarks = keys.pop("benchmarks", [])
    definition = Definition(**_converted(code, keys, DEFINITION_KEYS))
    _must_pass(code, "", lambda: check_definition(definition))
    return LibraryMeasure(code, domain, definition, tuple(_benchmark(code, one, definition) for one in benchmarks))


NEEDED: Final = (
    *("domain", "title", "rationale", "kind", "aims", "area", "scoring", "direction", "unit", "multiplier"),
    *("decimals", "numerator", "numerator_label", "exclusions", "source", "sampling", "frequency", "chart"),
    *("rule_set", "references"),
)
DEFINITION_KEYS: Final = frozenset(field.name for field in fields(Definition)) - {"version"}
BENCHMARK_KEYS: Final = frozenset(field.name for field in fields(Benchmark)) - {"unit_id"}
CHOICES: Final[Mapping[str, type[StrEnum]]] = {
    **{"kind": Kind, "area": Area, "scoring": Scoring, "direction": Direction},
    **{"frequency": Frequency, "interval": Interval, "aims": Aim},
}
BENCHMARK_CHOICES: Final[Mapping[str, type[StrEnum]]] = {"kind": BenchmarkKind, "statistic": Statistic, "path": Path}
TYPES: Final[Mapping[str, type | tuple[type, ...]]] = {
    **dict.fromkeys(("multiplier", "plausible_low", "plausible_high", "value"), (int, float)),
    **dict.fromkeys(("decimals", "due_days"), int),
    **dict.fromkeys(("codes", "percentiles"), dict),
    **dict.fromkeys(("references", "strata", "aims", "trajectory"), list),
    **dict.fromkeys(("effective_from", "effective_to", "published"), date),
}


def _benchmark(code: str, keys: dict[str, object], definition: Definition) -> Benchmark:
    values = _converted(code, keys, BENCHMARK_KEYS, prefix="benchmarks.", choices=BENCHMARK_CHOICES)
    for name in ("kind", "source", "effective_from"):
        if name not in values:
            raise BrokenLibraryFile(f"{code}.toml: benchmarks.{name}: is missing")
    percentiles = values.get("percentiles", {})
    benchmark = Benchmark(**{**values, "percentiles": {int(key): value for key, value in percentiles.items()}})
    _must_pass(code, "benchmarks.", lambda: check_benchmark(benchmark, definition))
    return benchmark


def _converted(
    code: str,
    keys: Mapping[str, object],
    known: frozenset[str],
    *,
    prefix: str = "",
    choices: Mapping[str, type[StrEnum]] = CHOICES,
) -> dict[str, Any]:
    """Return the keys with choices as members and lists as tuples, each of the type it must have."""
    values: dict[str, Any] = {}
    for name, value in keys.items():
        where = f"{code}.toml: {prefix}{name}"
        if name not in known:
            raise BrokenLibraryFile(f"{where}: is not known")
        if not isinstance(value, TYPES.get(name, str)) or isinstance(value, bool):
            raise BrokenLibraryFile(f"{where}: {value!r} is not of the right type")
        values[name] = _member(where, choices[name], value) if name in choices else _frozen(value)
    return values


def _member(where: str, choice: type[StrEnum], value: object) -> object:
    """Return the member, or the tuple of members, that `value` names."""
    try:
        return tuple(choice(one) for one in value) if isinstance(value, list) else choice(str(value))
    except ValueError as fault:
        raise BrokenLibraryFile(f"{where}: {value!r} is not one of {', '.join(choice)}") from fault


def _frozen(value: object) -> object:
    """Return lists, also those inside lists, as tuples."""
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def _must_pass(code: str, prefix: str, check: Callable[[], None]) -> None:
    try:
        check()
    except Invalid as fault:
        name, words = next(iter(fault.fields.items()))
        raise BrokenLibraryFile(f"{code}.toml: {prefix}{name}: {words}") from fault
