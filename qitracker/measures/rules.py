"""What a measure is: its kinds, its scoring, its definition, and what counts as a change of meaning."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import isfinite
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say
from qitracker.spc.analysis import Direction


class Kind(StrEnum):
    """Donabedian's three, and the two that keep an improvement honest."""

    STRUCTURE = "structure"
    PROCESS = "process"
    OUTCOME = "outcome"
    BALANCING = "balancing"
    EXPERIENCE = "experience"


class Aim(StrEnum):
    """The six aims of the Institute of Medicine (Crossing the Quality Chasm, 2001)."""

    SAFE = "safe"
    TIMELY = "timely"
    EFFECTIVE = "effective"
    EFFICIENT = "efficient"
    EQUITABLE = "equitable"
    PATIENT_CENTERED = "patient_centered"


class Area(StrEnum):
    """The eight areas of CMS Meaningful Measures 2.0."""

    PERSON_CENTERED = "person_centered_care"
    SAFETY = "safety"
    CHRONIC = "chronic_conditions"
    COORDINATION = "seamless_care_coordination"
    EQUITY = "equity"
    AFFORDABILITY = "affordability_and_efficiency"
    WELLNESS = "wellness_and_prevention"
    BEHAVIORAL = "behavioral_health"


class Scoring(StrEnum):
    """How numerator and denominator become a value."""

    PROPORTION = "proportion"
    RATE = "rate"
    RATIO = "ratio"
    OBSERVED_EXPECTED = "observed_expected"
    MEAN = "mean"
    MEDIAN = "median"
    COUNT = "count"
    TIME_BETWEEN = "time_between"
    CASES_BETWEEN = "cases_between"


class Interval(StrEnum):
    """How the interval of an observed/expected ratio is calculated."""

    MID_P = "mid_p"  # SIR: not calculated when predicted is below 1
    BYAR = "byar"  # SMR: exact Poisson when observed is below 10


class Frequency(StrEnum):
    """How often a result is due."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    EVENT = "event"


@dataclass(frozen=True)
class Definition:
    """One version of what a measure counts. A changed meaning is a new version, never an edit.

    `multiplier` turns numerator/denominator into the displayed value (100 for %, 1000 for "per
    1,000 bed days"); `unit` is written behind it. `chart` and `rule_set` are codes from `spc`.
    `plausible_low/high` are in display units: outside warns and still saves.
    """

    title: str
    scoring: Scoring
    direction: Direction
    numerator: str  # what is counted, in words
    kind: Kind = Kind.PROCESS
    denominator: str = ""  # out of what, in words; empty where scoring has none
    numerator_label: str = "Count"  # short column heads
    denominator_label: str = "Out of"
    rationale: str = ""
    exclusions: str = ""
    source: str = ""  # where the numbers come from
    sampling: str = ""
    references: tuple[str, ...] = ()  # public sources of the definition
    aims: tuple[Aim, ...] = ()
    area: Area | None = None
    unit: str = ""
    multiplier: float = 1.0
    decimals: int = 1
    frequency: Frequency = Frequency.MONTH
    interval: Interval | None = None
    chart: str = "i"
    rule_set: str = "mdc"
    plausible_low: float | None = None
    plausible_high: float | None = None
    codes: dict[str, str] = field(default_factory=dict)  # {"cms": …, "cbe": …, "mips": …, "local": …}
    strata: tuple[str, ...] = ()  # names of the strata that are collected beside the total
    due_days: int = 10  # working days after the end of the period by which the result is due
    version: int = 1


# What follows from the scoring ---------------------------------------------------------------------

BETWEEN: Final = frozenset({Scoring.TIME_BETWEEN, Scoring.CASES_BETWEEN})
WITH_DENOMINATOR: Final = frozenset(
    {Scoring.PROPORTION, Scoring.RATE, Scoring.RATIO, Scoring.OBSERVED_EXPECTED, Scoring.MEAN}
)
MAY_BE_NEGATIVE: Final = frozenset({Scoring.MEAN, Scoring.MEDIAN})  # a change or a difference may go below 0
FOLLOWS_UNIT: Final = frozenset({Scoring.MEAN, Scoring.MEDIAN, Scoring.TIME_BETWEEN, Scoring.RATIO})
"""Here the figures themselves are in `unit` (days, minutes), so another unit is another meaning."""

CHARTS: Final[Mapping[Scoring, tuple[str, ...]]] = {
    Scoring.PROPORTION: ("p", "i", "run"),
    Scoring.RATE: ("u", "i", "run"),
    Scoring.RATIO: ("i", "run"),
    Scoring.OBSERVED_EXPECTED: ("u", "i", "run"),
    Scoring.MEAN: ("i", "run"),
    Scoring.MEDIAN: ("i", "run"),
    Scoring.COUNT: ("c", "i", "run"),
    Scoring.TIME_BETWEEN: ("run", "i"),
    Scoring.CASES_BETWEEN: ("run", "i"),
}
"""Codes of the chart types that fit each scoring, the usual one first."""


def has_denominator(scoring: Scoring) -> bool:
    """Say whether a person enters a second number (out of, exposure, expected, number of patients)."""
    return scoring in WITH_DENOMINATOR


def default_chart(scoring: Scoring) -> str:
    """Return the code of the chart type a new measure of this scoring starts with."""
    return CHARTS[scoring][0]


def default_unit(scoring: Scoring, multiplier: float) -> str:
    """Return the unit that follows from the kind of value, where nobody wrote one: a share of 100 is in per cent."""
    return "%" if scoring is Scoring.PROPORTION and multiplier == 100 else ""


def rolls_up(scoring: Scoring) -> bool:
    """Say whether results of units add up to one of the whole.

    The median of medians is not the median of all patients, and the time between events in two units
    is not the time between events in the whole.
    """
    return scoring is not Scoring.MEDIAN and scoring not in BETWEEN


# What makes another measure of it ------------------------------------------------------------------


def changes_meaning(old: Definition, new: Definition) -> frozenset[str]:
    """Return the names of the changed fields that start a new version; empty when only wording changed.

    These decide what a stored number is: old and new points cannot stand in one series unmarked.
    Titles, rationale, codes, decimals, chart, plausible range and the like only change how it is told.
    The direction changes the judgement, not the number, so it needs an audit entry but no version.
    """
    fields = {"numerator", "denominator", "exclusions", "sampling", "scoring", "multiplier", "frequency", "interval"}
    if FOLLOWS_UNIT & {old.scoring, new.scoring}:
        fields.add("unit")
    changed = {name for name in fields if _bare(getattr(old, name)) != _bare(getattr(new, name))}
    if {_bare(name) for name in old.strata} != {_bare(name) for name in new.strata}:
        changed.add("strata")
    return frozenset(changed)


def _bare(value: object) -> object:
    """Return text without regard to spacing, anything else as it is."""
    return " ".join(value.split()) if type(value) is str else value


# What a definition must hold -----------------------------------------------------------------------

Faults = Iterator[tuple[str, Sentence]]  # field, what is wrong and what to do


def check_definition(
    definition: Definition,
    *,
    charts: Mapping[Scoring, Collection[str]] = CHARTS,
    rule_sets: Collection[str] | None = None,
) -> None:
    """Pass, or say for each field what cannot be.

    `charts` gives the chart codes that fit each scoring, `rule_sets` the known codes (None: any).

    Raises:
        Invalid: with one sentence for each field at fault.
    """
    fields: dict[str, Sentence] = {}
    for check in (_words, _numbers, _scoring, _frequency, _plausible):
        for name, sentence in check(definition):
            fields.setdefault(name, sentence)
    if definition.chart not in charts[definition.scoring]:
        choices = ", ".join(charts[definition.scoring])
        fields["chart"] = say("This chart does not fit the scoring. Choose one of: {choices}.", choices=choices)
    if rule_sets is not None and definition.rule_set not in rule_sets:
        fields["rule_set"] = say("No such set of rules. Choose one of: {choices}.", choices=", ".join(rule_sets))
    if fields:
        raise Invalid(fields=fields)


def _words(definition: Definition) -> Faults:
    if not definition.title.strip():
        yield "title", say("A measure needs a title. Say in a few words what it shows.")
    if not definition.numerator.strip():
        yield "numerator", say("Say in words what is counted.")
    if has_denominator(definition.scoring) and not definition.denominator.strip():
        yield (
            "denominator",
            say("This scoring needs a denominator. Say in words out of what, or for how much exposure."),
        )
    if not has_denominator(definition.scoring) and definition.denominator.strip():
        yield "denominator", say("This scoring has no denominator. Leave it empty, or choose another scoring.")
    if any(not name.strip() for name in definition.strata):
        yield "strata", say("A stratum has no name. Name it or take it away.")
    if len({_bare(name) for name in definition.strata}) < len(definition.strata):
        yield "strata", say("Two strata have the same name. Give each its own.")


def _numbers(definition: Definition) -> Faults:
    multiplier = definition.multiplier
    if not (isfinite(multiplier) and multiplier > 0):
        yield "multiplier", say("The multiplier must be above 0, such as 1, 100 or 1,000.")
    elif definition.scoring is Scoring.PROPORTION and multiplier not in (1, 100):
        yield "multiplier", say("A share is shown as 0 to 1 or as percent. Choose 1 or 100.")
    elif not has_denominator(definition.scoring) and multiplier != 1:
        yield "multiplier", say("This scoring shows the number as it is entered. Choose 1.")
    if not 0 <= definition.decimals <= 6:
        yield "decimals", say("Choose 0 to 6 decimals.")
    if not 0 <= definition.due_days <= 366:
        yield "due_days", say("Choose 0 to 366 working days.")


def _scoring(definition: Definition) -> Faults:
    ratio = definition.scoring is Scoring.OBSERVED_EXPECTED
    if ratio and definition.interval is None:
        yield "interval", say("Choose how the interval is calculated: mid-P for infections, Byar for deaths.")
    if not ratio and definition.interval is not None:
        yield "interval", say("Only observed over expected has an interval. Leave it empty.")


def _frequency(definition: Definition) -> Faults:
    if definition.frequency is Frequency.EVENT and definition.scoring not in BETWEEN:
        yield "frequency", say("Only time or cases between events are recorded at each event. Choose a period.")
    if definition.frequency is not Frequency.EVENT and definition.scoring in BETWEEN:
        yield "frequency", say("Time or cases between events are recorded at each event. Choose “At each event”.")


def _plausible(definition: Definition) -> Faults:
    low, high = definition.plausible_low, definition.plausible_high
    for name, bound in (("plausible_low", low), ("plausible_high", high)):
        if bound is not None and not isfinite(bound):
            yield name, say("Enter a number, or leave it empty.")
    if low is not None and high is not None and low > high:
        yield "plausible_high", say("The usual values end below where they begin. They may be swapped.")
