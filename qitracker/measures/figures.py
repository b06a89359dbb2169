"""With how many decimals a figure to compare with is shown: never fewer than it was given in."""

from typing import Final

from qitracker.measures.benchmark_rules import Benchmark
from qitracker.measures.rules import Definition

MOST: Final = 6  # beyond them lies only what a float cannot hold


def decimals_of(benchmark: Benchmark, definition: Definition) -> int:
    """Return the decimals of the measure, or more where a figure has more: 78.5 is not 79 beside whole results.

    All figures of one benchmark share them, so that the steps of a target stand below each other.
    """
    given = [benchmark.value or 0.0, *benchmark.percentiles.values(), *(value for _, value in benchmark.trajectory)]
    return max(definition.decimals, *map(_decimals, given))


def _decimals(number: float) -> int:
    return len(f"{number:.{MOST}f}".rstrip("0").partition(".")[2])
