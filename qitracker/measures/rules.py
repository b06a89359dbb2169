"""What a measure is: its kinds, its scoring, its definition, and what counts as a change of meaning."""

from dataclasses import dataclass, field
from enum import StrEnum

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
