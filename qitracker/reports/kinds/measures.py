"""The report on a measure, or a chosen set of measures, of a unit and period: everything its pages show.

Words are in the language the report was asked for in, numbers are numbers. What is here is stored as the
snapshot; pages are made from nothing else.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Final, Self

from qitracker.reports import snapshot
from qitracker.spc.analysis import Analysis, Assurance, Direction, Phase, Point, Reading, State

FORMAT: Final = 2
"""Raised when a stored snapshot can no longer be read as what it was."""


@dataclass(frozen=True)
class ValueRow:
    """One period as drawn and as listed. `words` say what it means, or why there is no value."""

    start: date
    state: State
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    phase: int = 0
    included: bool = True
    reading: Reading = Reading.USUAL
    words: str = ""


@dataclass(frozen=True)
class PhaseLine:
    """One stretch with its own average: first and last row, and why it begins."""

    first: int
    last: int
    reason: str = ""
    centre: float | None = None
    baseline: int = 0


@dataclass(frozen=True)
class BenchmarkLine:
    """A target or benchmark as tabled and, where it holds, as drawn. `gap` is signed: above 0 is better.

    `missing_since` is set once it ran out and nothing replaced it: then there is no value and no line.
    """

    title: str  # "Target", "National average"
    source: str
    is_target: bool = False
    value: float | None = None
    gap: float | None = None
    population: str = ""
    data_period: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    missing_since: date | None = None
    steps: tuple[tuple[date, float], ...] = ()
    sloped: bool = False
    words: str = ""  # at the line's end in the chart: "target", "peers"
    decimals: int = 0  # in which its value was given


@dataclass(frozen=True)
class NoteLine:
    """A remark about a day."""

    day: date
    text: str


@dataclass(frozen=True)
class Definition:
    """What is counted, in words: (term, explanation) in the order they are read."""

    version: int
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MeasurePart:
    """One measure of the report."""

    name: str
    headline: str
    definition: Definition
    chart: str  # code of the chart type
    direction: Direction
    frequency: str
    rows: tuple[ValueRow, ...] = ()  # oldest first
    phases: tuple[PhaseLine, ...] = ()
    unit: str = ""  # behind numbers: "%", "per 1,000 bed days"
    axis_words: str = ""
    decimals: int = 1
    behind: str = "of"  # how numbers behind a value are told: of, n, expected, ""
    numerator_label: str = ""
    denominator_label: str = ""
    stratum: str = ""
    lead: str = ""  # one or two sentences after the headline
    reading: Reading = Reading.USUAL
    early: bool = False
    happened: tuple[str, ...] = ()  # reasons, rule by rule
    assurance: Assurance = Assurance.NO_TARGET
    target_words: str = ""  # will the target be met?
    against: tuple[str, ...] = ()  # sentences on benchmarks
    benchmarks: tuple[BenchmarkLine, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    caption: str = ""
    alt: str = ""
    completeness: str = ""  # "7 of 9 units"
    empty_reason: str = ""  # why there is no chart, and when data are expected

    @property
    def full_name(self) -> str:
        """Return the name with the part of the measure, where it is one."""
        return f"{self.name}, {self.stratum}" if self.stratum else self.name

    @property
    def latest(self) -> ValueRow | None:
        """Return the last row that counts; the last with a value where none counts."""
        return next((row for row in reversed(self.rows) if row.value is not None and row.included), None) or next(
            (row for row in reversed(self.rows) if row.value is not None), None
        )

    @property
    def has_denominator(self) -> bool:
        """Say whether the table has a column for the denominator."""
        return bool(self.denominator_label)

    @property
    def target(self) -> BenchmarkLine | None:
        """Return the target that holds now, if there is one."""
        return next((one for one in self.benchmarks if one.is_target and one.value is not None), None)

    def analysis(self) -> Analysis:
        """Return what drawing needs to know, made from the rows: the same picture each time it is asked for."""
        points = tuple(
            Point(
                start=row.start, state=row.state, value=row.value, numerator=row.numerator, denominator=row.denominator,
                phase=row.phase, included=row.included, centre=row.centre, lower=row.lower, upper=row.upper,
                lower_2=None, upper_2=None, rules=(), reading=row.reading,
            )
            for row in self.rows
        )  # fmt: skip
        phases = tuple(Phase(one.first, one.last, one.reason, one.centre, one.baseline) for one in self.phases)
        return Analysis(
            self.chart, "", self.direction, self.frequency, points, phases, (), self.reading, False, early=self.early
        )


@dataclass(frozen=True)
class MeasuresReport:
    """The whole report."""

    KIND: ClassVar[str] = "measures"

    title: str  # "Quality measures of Ward 4B"
    headline: str  # the most important thing, as a sentence
    lead: str
    unit: str
    period: str  # "November 2023 to October 2026"
    data_as_of: datetime
    made_at: datetime
    made_by: str
    document: str  # "MR-12"
    measures: tuple[MeasurePart, ...]
    organisation: str = ""
    label: str = ""  # top right of each page: who may see it
    not_included: tuple[str, ...] = ()  # what a reader may miss, and why
    chance: str = ""  # how many false signals chance alone gives among so many charts
    method: tuple[str, ...] = ()
    language: str = "en"
    timezone: str = "UTC"  # of the unit: its moments are written in it
    paper: str = "a4"  # a4 or letter
    format: int = field(default=FORMAT)

    def to_json(self) -> str:
        """Return the snapshot as text."""
        return snapshot.to_json(self)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the report a snapshot holds. Raises Invalid when it cannot be read."""
        return snapshot.from_json(cls, text, format=FORMAT)

    def fingerprint(self) -> str:
        """Return 16 signs that name this very content."""
        return snapshot.fingerprint(self.to_json())

    def count(self, *readings: Reading) -> int:
        """Return how many measures read so at their end."""
        return sum(part.reading in readings for part in self.measures)
