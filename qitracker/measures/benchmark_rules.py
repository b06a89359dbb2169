"""What a result is compared with: benchmarks and targets, when they hold, and how far a result is from them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import isfinite
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say
from qitracker.measures.rules import MAY_BE_NEGATIVE, Definition, Scoring
from qitracker.spc.analysis import Direction


class BenchmarkKind(StrEnum):
    """Whose figure it is."""

    TARGET = "target"
    REGULATORY = "regulatory"
    NATIONAL_MEAN = "national_mean"
    PERCENTILE = "percentile"
    PEER = "peer"
    OWN_BEST = "own_best"


class Statistic(StrEnum):
    """What the figure says of the population it comes from."""

    MEAN = "mean"
    MEDIAN = "median"
    PERCENTILES = "percentiles"
    ACHIEVABLE = "achievable"  # achievable benchmark of care: the best providers with 10 % of the patients
    THRESHOLD = "threshold"  # a limit set by a rule, a law or a payer
    TARGET = "target"  # what we want to reach


class Path(StrEnum):
    """How a target moves between the dates of its trajectory."""

    STEP = "step"  # holds until the next date
    LINEAR = "linear"  # moves evenly, day by day


BENCHMARK_KIND_TITLES: Final[Mapping[BenchmarkKind, Sentence]] = {
    BenchmarkKind.TARGET: say("Target"),
    BenchmarkKind.REGULATORY: say("Required by a regulator"),
    BenchmarkKind.NATIONAL_MEAN: say("National average"),
    BenchmarkKind.PERCENTILE: say("Percentiles"),
    BenchmarkKind.PEER: say("Peers"),
    BenchmarkKind.OWN_BEST: say("Own best"),
}

STATISTIC_TITLES: Final[Mapping[Statistic, Sentence]] = {
    Statistic.MEAN: say("Mean"),
    Statistic.MEDIAN: say("Median"),
    Statistic.PERCENTILES: say("Percentiles"),
    Statistic.ACHIEVABLE: say("Achievable benchmark"),
    Statistic.THRESHOLD: say("Threshold"),
    Statistic.TARGET: say("Target"),
}


@dataclass(frozen=True)
class Benchmark:
    """One figure, or set of percentiles, with where it comes from and when it holds.

    All values are in display units (88.4 with multiplier 100). `percentiles` maps 1–99 to values
    that rise with the percentile, whichever direction is better. `trajectory` is for a target that
    moves: (date, value), in time order. `unit_id` None means: holds everywhere.
    """

    kind: BenchmarkKind
    source: str
    effective_from: date | None
    statistic: Statistic = Statistic.MEAN
    value: float | None = None
    percentiles: Mapping[int, float] = field(default_factory=dict)
    trajectory: tuple[tuple[date, float], ...] = ()
    path: Path = Path.STEP
    population: str = ""  # whom it was measured on
    source_url: str = ""
    licence: str = ""
    data_period: str = ""  # which period its data come from, in words
    published: date | None = None
    effective_to: date | None = None  # the last day it holds; None: until replaced
    unit_id: int | None = None


# What must be true ---------------------------------------------------------------------------------


def check_benchmark(benchmark: Benchmark, definition: Definition) -> None:
    """Pass, or say for each field what cannot be.

    Raises:
        Invalid: with one sentence for each field at fault.
    """
    fields: dict[str, Sentence] = {}
    for check in (_origin, _average, _content, _shapes, _possible):
        for name, sentence in check(benchmark, definition):
            fields.setdefault(name, sentence)
    if fields:
        raise Invalid(fields=fields)


Faults = Iterator[tuple[str, Sentence]]


def _origin(benchmark: Benchmark, _: Definition) -> Faults:
    if not benchmark.source.strip():
        yield "source", say("A benchmark cannot be saved without its source. Name who published it.")
    if benchmark.effective_from is None:
        yield "effective_from", say("A benchmark cannot be saved without its date. Say from when it holds.")
    elif benchmark.effective_to is not None and benchmark.effective_to < benchmark.effective_from:
        yield "effective_to", say("It ends before it begins. Check both dates; they may be swapped.")
    if benchmark.source_url and not benchmark.source_url.startswith(("https://", "http://")):
        yield "source_url", say("A link begins with https://. Correct it or leave it empty.")


def _average(benchmark: Benchmark, _: Definition) -> Faults:
    """An average means something only of a population and a time."""
    if benchmark.kind is not BenchmarkKind.NATIONAL_MEAN:
        return
    if not benchmark.population.strip():
        yield (
            "population",
            say("A national average cannot be saved without its population. Say whom it was measured on."),
        )
    if not benchmark.data_period.strip():
        yield (
            "data_period",
            say("A national average cannot be saved without the period of its data. Say from when they are."),
        )


def _content(benchmark: Benchmark, _: Definition) -> Faults:
    given = [benchmark.value is not None, bool(benchmark.percentiles), bool(benchmark.trajectory)]
    if not any(given):
        yield "value", say("A benchmark needs a value, percentiles, or values by date. Enter one of them.")
    if benchmark.value is not None and benchmark.trajectory:
        yield "value", say("A target is either one value or values by date. Keep one of them.")
    if benchmark.trajectory and benchmark.kind is not BenchmarkKind.TARGET:
        yield "trajectory", say("Only a target moves by date. Choose “Target”, or enter one value.")
    if benchmark.kind is BenchmarkKind.PERCENTILE and not benchmark.percentiles:
        yield "percentiles", say("Enter the percentiles, such as the 10th, 50th and 90th.")


def _shapes(benchmark: Benchmark, _: Definition) -> Faults:
    keys = sorted(benchmark.percentiles)
    if any(not 1 <= key <= 99 for key in keys):
        yield "percentiles", say("Percentiles go from 1 to 99. Correct the one outside.")
    elif any(benchmark.percentiles[a] > benchmark.percentiles[b] for a, b in pairwise(keys)):
        yield "percentiles", say("Values must not fall from one percentile to the next. Check their order.")
    days = [day for day, _ in benchmark.trajectory]
    if any(a >= b for a, b in pairwise(days)):
        yield "trajectory", say("The dates must rise, each only once. Check their order.")


def _possible(benchmark: Benchmark, definition: Definition) -> Faults:
    floor = None if definition.scoring in MAY_BE_NEGATIVE else 0.0
    ceiling = definition.multiplier if definition.scoring is Scoring.PROPORTION else None
    values = {
        "value": [] if benchmark.value is None else [benchmark.value],
        "percentiles": list(benchmark.percentiles.values()),
        "trajectory": [value for _, value in benchmark.trajectory],
    }
    for name, numbers in values.items():
        for number in numbers:
            if not isfinite(number):
                yield name, say("Enter a number.")
            elif floor is not None and number < floor:
                yield name, say("{number} is below 0, which this measure cannot be. Correct it.", number=number)
            elif ceiling is not None and number > ceiling:
                yield (
                    name,
                    say(
                        "{number} is above {ceiling}, which this measure cannot be. Correct it.",
                        number=number,
                        ceiling=ceiling,
                    ),
                )


# When it holds -------------------------------------------------------------------------------------


def is_effective(benchmark: Benchmark, day: date) -> bool:
    """Say whether the benchmark holds on `day`, its first and last day included."""
    begun = benchmark.effective_from is not None and benchmark.effective_from <= day
    return begun and (benchmark.effective_to is None or day <= benchmark.effective_to)


def is_expired(benchmark: Benchmark, today: date) -> bool:
    """Say whether the last day it holds has passed."""
    return benchmark.effective_to is not None and benchmark.effective_to < today


def effective_at(
    benchmarks: Iterable[Benchmark], day: date, *, lineage: tuple[int, ...] | None = None
) -> tuple[Benchmark, ...]:
    """Return the benchmarks that hold on `day`: the END of a result's period.

    Of the same kind, statistic, population and unit only the newest holds: next year's figure
    replaces this year's although that had no end. `lineage` (the unit first, the organisation last)
    keeps what holds for that unit; of targets then only the nearest, since a ward's own target goes
    before the hospital's. Order: targets first, then by kind.
    """
    newest: dict[tuple[object, ...], Benchmark] = {}
    for one in benchmarks:
        if not is_effective(one, day) or (lineage is not None and one.unit_id not in (None, *lineage)):
            continue
        key = (one.kind, one.statistic, one.population, one.unit_id)
        if key not in newest or _begins(newest[key]) <= _begins(one):
            newest[key] = one
    held = sorted(newest.values(), key=lambda one: (list(BenchmarkKind).index(one.kind), one.population))
    return tuple(held) if lineage is None else _nearest_target(held, lineage)


def _begins(benchmark: Benchmark) -> date:
    return benchmark.effective_from or date.min


def _nearest_target(held: list[Benchmark], lineage: tuple[int, ...]) -> tuple[Benchmark, ...]:
    def distance(one: Benchmark) -> int:
        return len(lineage) if one.unit_id is None else lineage.index(one.unit_id)

    targets = [one for one in held if one.kind is BenchmarkKind.TARGET]
    nearest = min(map(distance, targets), default=0)
    return tuple(one for one in held if one.kind is not BenchmarkKind.TARGET or distance(one) == nearest)


def value_at(benchmark: Benchmark, day: date) -> float | None:
    """Return the figure that holds on `day`, in display units; None where none does.

    A trajectory holds from its first date, and its last value stays. Percentiles alone give their
    50th, when they have it.
    """
    if not is_effective(benchmark, day):
        return None
    if benchmark.trajectory:
        return _on_path(benchmark, day)
    return benchmark.value if benchmark.value is not None else benchmark.percentiles.get(50)


def _on_path(benchmark: Benchmark, day: date) -> float | None:
    past = [step for step in benchmark.trajectory if step[0] <= day]
    if not past:
        return None
    (begun, value), ahead = past[-1], benchmark.trajectory[len(past) :]
    if benchmark.path is Path.STEP or not ahead:
        return value
    reached, aim = ahead[0]
    return value + (aim - value) * ((day - begun).days / (reached - begun).days)


# How far a result is from it -----------------------------------------------------------------------


def gap(value: float, benchmark: float, direction: Direction) -> float | None:
    """Return how far `value` is from `benchmark`, in display units: positive is better.

    None where no direction is better. Compare unrounded figures.
    """
    if direction is Direction.NONE:
        return None
    return value - benchmark if direction is Direction.UP else benchmark - value


def meets(value: float, target: float, direction: Direction) -> bool | None:
    """Say whether `value` reaches `target` (equal is reached); None where no direction is better."""
    distance = gap(value, target, direction)
    return None if distance is None else distance >= 0


DECILE_KEYS: Final = (10, 20, 30, 40, 50, 60, 70, 80, 90)


def percentile_band(value: float, percentiles: Mapping[int, float], direction: Direction) -> int | None:
    """Return the decile of `value`: 10 is the best tenth, 1 the last, as CMS quality benchmarks count.

    Higher is better: decile d begins at the (d − 1) × 10th percentile, which belongs to it. Lower is
    better: the values stay ascending and are read from the other end, decile 10 up to and with the
    10th percentile, decile 1 above the 90th. None without the nine percentiles 10 to 90, or where no
    direction is better.

    Source: CMS, Merit-based Incentive Payment System, 2025 quality benchmarks.
    """
    if direction is Direction.NONE or any(key not in percentiles for key in DECILE_KEYS):
        return None
    steps = (percentiles[key] for key in DECILE_KEYS)
    return 1 + sum(value >= step if direction is Direction.UP else value <= step for step in steps)


def is_flat(percentiles: Mapping[int, float]) -> bool:
    """Say whether the percentiles repeat their own numbers (10 → 10): set by rule, not measured."""
    return bool(percentiles) and all(value == key for key, value in percentiles.items())
