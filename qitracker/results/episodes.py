"""Episodes: one special cause from the period in which it began to the one in which it was last seen. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from qitracker.links.rules import Linked, Ref
from qitracker.results.keys import SeriesKey
from qitracker.spc.analysis import Reading

KIND: Final = "episode"
SeriesAt = tuple[int, int]  # unit and stratum, of one measure


@dataclass(frozen=True)
class Episode:
    """One special cause: the series, what it means, and the periods in which it was seen."""

    id: int
    key: SeriesKey
    side: str
    reading: Reading
    first: date
    last: date
    is_open: bool
    ended_at: datetime | None = None

    @property
    def ref(self) -> Ref:
        """Return what links name it by."""
        return Ref(KIND, str(self.id))

    @property
    def url(self) -> str:
        """Return where its thread is read."""
        return f"/threads/{self.id}"


@dataclass(frozen=True)
class Answered:
    """One episode, and the worksheets and actions that answer it."""

    episode: Episode
    answers: tuple[Linked, ...]


class Signal(NamedTuple):
    """What the status row of a series carries now; periods as day numbers."""

    unit_id: int
    stratum_id: int
    rule: str
    side: str
    reading: str
    first: int
    last: int


class Known(NamedTuple):
    """One stored episode."""

    id: int
    unit_id: int
    stratum_id: int
    rule: str
    side: str
    reading: str
    first: int
    last: int
    is_open: bool


class Carried(NamedTuple):
    """An episode that goes on, and what is to be kept of it now."""

    id: int
    side: str
    reading: str
    last: int


class Course(NamedTuple):
    """What becomes of the episodes of some series."""

    begun: tuple[Signal, ...]
    carried: tuple[Carried, ...]  # those of which something changed
    ended: tuple[int, ...]


def course(signals: Iterable[Signal], known: Sequence[Known]) -> Course:
    """Return which episodes begin, go on and end, given the signals that stand and the episodes of the same series.

    A signal is the same episode while it means the same and overlaps what was seen of it: limits move a little with
    each result, so that its first period may move too, and a single point beyond a limit often grows into a run. To
    the people who look into it that is one cause. An episode that had ended only by mistake is opened again.
    """
    held: dict[SeriesAt, list[Known]] = defaultdict(list)
    for one in known:
        held[one.unit_id, one.stratum_id].append(one)
    begun: list[Signal] = []
    carried: list[Carried] = []
    going_on: set[int] = set()
    for signal in signals:
        same = _same(signal, held.get((signal.unit_id, signal.stratum_id), ()))
        if same is None:
            begun.append(signal)
            continue
        going_on.add(same.id)
        if (same.side, same.reading, same.last, same.is_open) != (signal.side, signal.reading, signal.last, True):
            carried.append(Carried(same.id, signal.side, signal.reading, max(signal.last, same.first)))
    ended = (one.id for one in known if one.is_open and one.id not in going_on)
    return Course(tuple(begun), tuple(carried), tuple(ended))


def _same(signal: Signal, held: Sequence[Known]) -> Known | None:
    """Return the episode that the signal goes on with: the open one, else the one that is stored under its name."""
    for one in held:
        if one.is_open and (_is_named_as(one, signal) or _overlaps(one, signal)):
            return one
    return next((one for one in held if _is_named_as(one, signal)), None)


def _is_named_as(one: Known, signal: Signal) -> bool:
    return (one.rule, one.first) == (signal.rule, signal.first)


def _overlaps(one: Known, signal: Signal) -> bool:
    return one.reading == signal.reading and one.first <= signal.last and signal.first <= one.last
