"""The lists of chart types and rule sets: each is one file, named by a short code that data may store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from qitracker.foundation.shelf import Shelf
from qitracker.spc.analysis import Series
from qitracker.spc.judged import Finding, Judged
from qitracker.spc.limits import Limits


@dataclass(frozen=True)
class Settings:
    """What a person, or the rule set, decides about how limits are calculated."""

    sigma_per_range: float  # sigma of an XmR chart = this times the mean moving range
    screening: bool
    centre: float | None = None  # raw units (a proportion of 0.1, not 10 %); None: the baseline sets it


class Draw(Protocol):
    """Turn a phase and the points that set its lines into limits, in raw units."""

    def __call__(self, series: Series, *, baseline: Series, settings: Settings) -> Limits: ...


@dataclass(frozen=True)
class ChartType:
    """One chart type as choosers, captions and the analysis need it."""

    code: str
    title: str
    draw: Draw
    centre_word: str  # what the centre line is: "average" or "median"
    limits_by_chance: bool  # limits come from counting chance alone (P, U, C) and may be too narrow
    limits_from_ranges: bool  # limits come from moving ranges (XmR), so that screening matters
    scorings: tuple[str, ...]  # kinds of measure it fits, empty = every kind


@dataclass(frozen=True)
class RuleSet:
    """One set of rules. `priority` lists rule codes, most important first."""

    code: str
    title: str
    find: Callable[[Judged], Sequence[Finding]]
    priority: tuple[str, ...]
    sigma_per_range: float
    screening: bool


CHART_TYPES: Shelf[ChartType] = Shelf("chart type")
RULE_SETS: Shelf[RuleSet] = Shelf("rule set")


def chart_type(
    code: str,
    *,
    title: str,
    centre_word: str = "average",
    limits_by_chance: bool = False,
    limits_from_ranges: bool = False,
    scorings: tuple[str, ...] = (),
) -> Callable[[Draw], Draw]:
    """Register the function below as the chart type `code`."""

    def register(draw: Draw) -> Draw:
        kind = ChartType(code, title, draw, centre_word, limits_by_chance, limits_from_ranges, scorings)
        CHART_TYPES.add(code, kind)
        return draw

    return register


Find = Callable[[Judged], Sequence[Finding]]


def rule_set(
    code: str, *, title: str, priority: tuple[str, ...], sigma_per_range: float, screening: bool
) -> Callable[[Find], Find]:
    """Register the function below as the rule set `code`."""

    def register(find: Find) -> Find:
        RULE_SETS.add(code, RuleSet(code, title, find, priority, sigma_per_range, screening))
        return find

    return register
