"""How an invented worksheet and the actions on it are written down: rows below rows, days counted from today. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

# Days are counted back from today: 60 is sixty days ago, -14 is due in two weeks.


@dataclass(frozen=True)
class Then:
    """A moment in a cell: so many days back, by the clock of the unit."""

    back: int
    time: str

    def words(self, today: date) -> str:
        """Return it as a cell keeps it."""
        return f"{today - timedelta(days=self.back)} {self.time}"


@dataclass(frozen=True)
class Told:
    """One row: its cells by column, the rows below it, and the name by which actions find it."""

    section: str
    cells: Mapping[str, str | Then]
    below: tuple["Told", ...] = ()
    key: str = ""

    def written(self, today: date) -> dict[str, str]:
        """Return what stands in each cell when it is written."""
        return {column: one.words(today) if isinstance(one, Then) else one for column, one in self.cells.items()}

    @property
    def size(self) -> int:
        """Return how many rows it is, with all below it."""
        return 1 + sum(one.size for one in self.below)


@dataclass(frozen=True)
class SeriesName:
    """One series by the code of its measure and of its unit."""

    code: str
    unit: str


@dataclass(frozen=True)
class Turn:
    """One step of a worksheet or an action: the state it goes to so many days back, and why; done on another day."""

    back: int
    state: str
    reason: str = ""


@dataclass(frozen=True)
class Deed:
    """One action. `answers` names a row of its worksheet; without one it answers the signal of `signal`."""

    title: str
    type: str
    owner: str
    by: str
    made: int
    due: int
    answers: str = ""
    signal: SeriesName | None = None
    judged_by: SeriesName | None = None
    detail: str = ""
    turns: tuple[Turn, ...] = ()
    unit: str = ""  # where no worksheet says it


@dataclass(frozen=True)
class Story:
    """One worksheet with all that came of it. `sittings` are the days on which the team met, oldest first."""

    kind: str
    unit: str
    title: str
    by: str
    made: int
    leader: str
    team: tuple[str, ...]
    writers: tuple[str, ...]
    sittings: tuple[int, ...]
    rows: tuple[Told, ...]
    signal: SeriesName | None = None
    turns: tuple[Turn, ...] = ()
    deeds: tuple[Deed, ...] = field(default=())


# What an FMEA is written with -------------------------------------------------------------------------


def step(text: str, *below: Told) -> Told:
    """Return a step or sub-step of a process."""
    return Told("step", {"text": text}, below)


def mode(text: str, *below: Told) -> Told:
    """Return what can go wrong in a step."""
    return Told("mode", {"text": text}, below)


def effect(text: str, severity: int | None = None, *, on: str = "patient") -> Told:
    """Return what a failure does, and to whom."""
    return Told("effect", {"text": text, "on": on} | _score("severity", severity))


def cause(text: str, occurrence: int | None, *controls: Told, key: str = "", reason: str = "") -> Told:
    """Return why it would happen; `reason` says why a high risk is left as it is."""
    cells = {"text": text} | _score("occurrence", occurrence) | ({"reason": reason} if reason else {})
    return Told("cause", cells, controls, key)


def prevents(text: str) -> Told:
    """Return a control that keeps the cause away."""
    return Told("control", {"text": text, "kind": "prevention"})


def finds(text: str, detection: int | None) -> Told:
    """Return a control that finds the failure in time."""
    return Told("control", {"text": text, "kind": "detection"} | _score("detection", detection))


def _score(column: str, score: int | None) -> dict[str, str]:
    return {} if score is None else {column: str(score)}
