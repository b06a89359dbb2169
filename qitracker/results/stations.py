"""The stations of the thread that runs from the signals of a series to the work they led to. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from qitracker.foundation.words import Sentence, say
from qitracker.links.rules import Linked
from qitracker.results.episodes import Answered, Episode
from qitracker.results.wording import episode_words
from qitracker.spc.analysis import Reading

OVER: Final = ("done", "closed")  # states of work that is done
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


def stations(episodes: Iterable[Answered], work: Iterable[Linked], frequency: str) -> tuple[Station, ...]:
    """Return the stations in the order in which things came: each signal, what answers it, then the other work."""
    signals = [station for one in episodes for station in _signal(one, frequency)]
    return (*signals, *map(_work, work))


def _signal(one: Answered, frequency: str) -> Iterator[Station]:
    seen: Episode = one.episode
    words = episode_words(seen.side, seen.first, seen.last, is_open=seen.is_open, frequency=frequency)
    yield Station("done", SIGNALS[seen.reading], words, seen.url, "" if seen.is_open else say("It is over."))
    yield from map(_work, one.answers)
    if seen.is_open and not one.answers:
        yield Station("next", WORK["sheet"], say("Nobody has looked into it yet."))


def _work(one: Linked) -> Station:
    return Station("done" if one.state in OVER else "now", WORK.get(one.kind, ""), one.title, one.url, one.words)
