"""How one invented series runs: its level, its turns, its odd periods, and what people said of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qitracker.spc.analysis import State

# Periods are counted from the end: 1 is the last complete one, so a story is as old on every day it is made.


@dataclass(frozen=True)
class Remark:
    """What a person said of a period: kind "note", "phase" (new limits), "left out" or "comment"."""

    kind: str
    back: int
    words: str
    by: str  # the person's name
    frozen: int | None = None  # of new limits: the last period back that sets them


@dataclass(frozen=True)
class Slip:
    """A wrong number that was entered first, then corrected by somebody for a reason."""

    back: int
    numerator: float
    reason: str
    by: str


@dataclass(frozen=True)
class Parts:
    """The strata: the share of the cases in each, and how far its level lies from the whole.

    `of_numerator` splits only what is counted (a reason of a cancellation), over one denominator.
    """

    shares: tuple[float, ...]
    offsets: tuple[float, ...] = ()
    of_numerator: bool = False


@dataclass(frozen=True)
class Course:
    """One measure in one unit. `level` is a share for proportions, else in display units.

    `size` is the usual denominator (cases, bed days, expected events); `spread` the standard deviation
    of means, medians and ratios from one period to the next.
    """

    unit: str
    size: float
    level: float
    turns: tuple[tuple[int, float], ...] = ()  # (periods back, the level from then on)
    drift: float = 0.0  # added each period
    season: float = 0.0  # added in January, taken away in July
    spread: float = 0.0
    salt: int = 0  # another draw of the same dice
    odd: Mapping[int, float] = field(default_factory=dict)  # the level in that one period
    states: Mapping[int, State] = field(default_factory=dict)
    unrecorded: int = 0  # the last periods that nobody has recorded yet
    only: tuple[int, ...] = ()  # the months of the year to which it applies; empty: all
    begins: int | None = None  # periods back at which collection began; None: with the three years
    responsible: str = ""
    remarks: tuple[Remark, ...] = ()
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True)
class Aim:
    """A target of the invented board: one value, or values by periods back; for one unit or for all."""

    value: float | None = None
    steps: tuple[tuple[int, float], ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class Peer:
    """An invented figure of other hospitals; it ran out `ended` months ago, or still holds (None)."""

    value: float
    ended: int | None = None


@dataclass(frozen=True)
class Reworded:
    """From that period on the definition counts something else, for a reason."""

    back: int
    numerator: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """One measure of the library, taken into use at the invented group."""

    code: str
    courses: tuple[Course, ...]
    owner: str = ""
    aims: tuple[Aim, ...] = ()
    peers: tuple[Peer, ...] = ()
    lag: int = 0  # periods by which results come later than others: a case needs time to be complete
    parts: Parts | None = None
    reworded: Reworded | None = None
    looked_at: int | None = None  # periods back in which a signal was seen that is over by now


def note(back: int, words: str, by: str) -> Remark:
    """Return a note at a period."""
    return Remark("note", back, words, by)


def new_limits(back: int, reason: str, by: str, *, frozen: int | None = None) -> Remark:
    """Return the decision to calculate limits anew from a period on, set by the periods up to `frozen`."""
    return Remark("phase", back, reason, by, frozen)


def left_out(back: int, reason: str, by: str) -> Remark:
    """Return the decision that a period does not count towards the limits."""
    return Remark("left out", back, reason, by)


def comment(back: int, words: str, by: str) -> Remark:
    """Return a comment beside a number."""
    return Remark("comment", back, words, by)
