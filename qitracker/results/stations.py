"""The stations of the thread that runs from the signals of a series to the work they led to. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from qitracker.foundation.words import Period, Sentence, say
from qitracker.links.rules import Linked
from qitracker.results.episodes import Answered, Episode
from qitracker.results.wording import episode_words
from qitracker.spc.analysis import Reading

OVER: Final = ("done", "closed")  # states of work that is done
ONE_DEED: Final = timedelta(minutes=1)  # from new limits to the end of the signals that they take away, stored at once
SIGNALS: Final = {
    Reading.BETTER: say("Signal, better"),
    Reading.WORSE: say("Signal, worse"),
    Reading.CHANGED: say("Signal"),
}
WORK: Final = {"sheet": say("Analysis"), "action": say("Action")}


@dataclass(frozen=True)
class Station:
    """One node of the thread: "done", "now" or "next", what kind of step it is, and where it is read."""

    state: str
    kind: Sentence | str
    title: Sentence | str
    url: str = ""
    detail: Sentence | str = ""


class NewLimits(Protocol):
    """From which period limits are calculated anew, and when somebody said so."""

    @property
    def start(self) -> date:
        """Return the first period of the new limits."""

    @property
    def at(self) -> datetime:
        """Return the moment in which they were asked for."""


def stations(
    episodes: Iterable[Answered], work: Iterable[Linked], frequency: str, phases: Sequence[NewLimits] = ()
) -> tuple[Station, ...]:
    """Return the stations in the order in which things came: each signal, what answers it, then the other work."""
    signals = [station for one in episodes for station in _signal(one, frequency, phases)]
    return (*signals, *map(_work, work))


def end_words(seen: Episode, frequency: str, phases: Sequence[NewLimits] = ()) -> Sentence | str:
    """Return how an episode came to its end: by results, or in the deed that moved the limits; "" while it is open.

    Where the limits moved, nothing became better or worse by that, and nobody should take it for an end of the matter.
    """
    if seen.is_open:
        return ""
    ended = seen.ended_at
    moved = [one.start for one in phases if ended and timedelta(0) <= ended - one.at <= ONE_DEED]
    if not moved:
        return say("It is over.")
    return say(
        "Ended by the new limits from {period}, not by a change of the results.", period=Period(max(moved), frequency)
    )


def _signal(one: Answered, frequency: str, phases: Sequence[NewLimits]) -> Iterator[Station]:
    seen: Episode = one.episode
    words = episode_words(seen.side, seen.first, seen.last, is_open=seen.is_open, frequency=frequency)
    yield Station("done", SIGNALS[seen.reading], words, seen.url, end_words(seen, frequency, phases))
    yield from map(_work, one.answers)
    if seen.is_open and not one.answers:
        yield Station("next", WORK["sheet"], say("Nobody has looked into it yet."))


def _work(one: Linked) -> Station:
    return Station("done" if one.state in OVER else "now", WORK.get(one.kind, ""), one.title, one.url, one.words)
