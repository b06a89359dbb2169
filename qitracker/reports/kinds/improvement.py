"""The improvement report of a unit and period: measures, then the work they led to, as its pages show them.

Like the report on measures it extends, it is words and numbers only: what is here is stored as the snapshot.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Final, Self

from qitracker.reports import snapshot
from qitracker.reports.kinds.measures import MeasuresReport

FORMAT: Final = 1
"""Raised when a stored snapshot can no longer be read as what it was."""


@dataclass(frozen=True)
class ActionLine:
    """One action as tabled. `effect` is what can be said of it by its measure."""

    title: str
    unit: str
    owner: str
    due: date
    state: str  # in words
    level: int  # of strength: 1 weaker, 2 intermediate, 3 stronger
    strength: str
    days_late: int = 0
    judge: str = ""  # "" where no measure is named
    effect: str = ""


@dataclass(frozen=True)
class RiskLine:
    """One cause of failure. `answer` tells its action, the reason why there is none, or "" where it is open."""

    name: str  # in the grid: "1"
    cause: str
    mode: str
    effect: str
    sheet: str
    severity: int
    occurrence: int
    detection: int
    priority: str  # H, M or L
    rpn: int
    answer: str = ""
    asks: bool = False  # for an action or a written reason

    @property
    def is_open(self) -> bool:
        """Say whether it asks for an action and has neither one nor a reason."""
        return self.asks and not self.answer


@dataclass(frozen=True)
class RootLine:
    """One open root cause of one analysis."""

    letter: str
    cause: str
    statements: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()  # its actions, each with state and day


@dataclass(frozen=True)
class AnalysisPart:
    """One root cause analysis with its open root causes. `facts` name harm and safety code with their scales."""

    title: str
    unit: str
    event: str
    facts: str
    state: str
    roots: tuple[RootLine, ...]


@dataclass(frozen=True)
class MixLine:
    """How strong actions are, in percent: ours, or those of a published study."""

    name: str
    stronger: float
    intermediate: float
    weaker: float
    count: int
    ours: bool = False


@dataclass(frozen=True)
class ThreadLine:
    """What became of a signal, or of a worksheet: two sentences. `measure` is the number of its measure, 0 for none."""

    title: str
    lead: str
    verdict: str
    measure: int = 0


@dataclass(frozen=True)
class Figure:
    """One number of the first page, written, and what it counts."""

    number: str
    words: str


@dataclass(frozen=True)
class ImprovementReport(MeasuresReport):
    """The whole report. A tuple that is empty has its reason among `why_empty`, by the name of the field."""

    KIND: ClassVar[str] = "improvement"

    decisions: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    risks: tuple[RiskLine, ...] = ()  # the most pressing ones, in the default order
    risks_headline: str = ""
    risks_left: int = 0  # scored causes that are not listed
    analyses: tuple[AnalysisPart, ...] = ()
    roots_headline: str = ""
    actions: tuple[ActionLine, ...] = ()  # open ones, the most overdue first
    actions_headline: str = ""
    actions_left: int = 0
    finished: tuple[ActionLine, ...] = ()  # done within the period
    mix: tuple[MixLine, ...] = ()
    threads: tuple[ThreadLine, ...] = ()
    scales: tuple[str, ...] = ()  # by which risk and harm were told, with their versions
    why_empty: tuple[tuple[str, str], ...] = ()
    format: int = field(default=FORMAT)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the report a snapshot holds. Raises Invalid when it cannot be read."""
        return snapshot.from_json(cls, text, format=FORMAT)

    def why(self, name: str) -> str:
        """Return why a part is empty."""
        return dict(self.why_empty).get(name, "")

    def threads_of(self, number: int) -> tuple[ThreadLine, ...]:
        """Return the threads that begin with a signal of one measure, in the unit or below it."""
        return tuple(one for one in self.threads if one.measure == number)

    @property
    def signals(self) -> tuple[int, ...]:
        """Return the numbers of the measures that read otherwise than as usual: each has a page of its own."""
        return tuple(n for n, part in enumerate(self.measures, start=1) if part.latest and part.reading != "usual")
