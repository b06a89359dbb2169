"""The thread that runs through a thing, as pages of every layer show it. The top layer knows how it runs and tells."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from qitracker.foundation.actor import Actor
from qitracker.foundation.words import Sentence
from qitracker.links.rules import Ref

STATES: Final = ("done", "now", "next", "gap", "none")
"""What a node is: behind us, at work, to come, missing though it is needed, or not part of this thread."""


@dataclass(frozen=True)
class Node:
    """One of the six nodes: its state, what kind of step it is, what stands there, and where that is read."""

    state: str
    kind: Sentence
    title: Sentence | str
    url: str = ""


@dataclass(frozen=True)
class Trail:
    """One thread in short: what it is about, where all of it is read, where it stands, and its six nodes."""

    title: Sentence | str
    url: str
    stands: Sentence
    nodes: tuple[Node, ...]


Tell = Callable[[Ref, Actor, date], tuple[Trail, ...]]
_tellers: list[Tell] = []


def tells_trails(tell: Tell) -> Tell:
    """Have `tell(ref, by, today)` answer for the threads through a thing."""
    if tell not in _tellers:
        _tellers.append(tell)
    return tell


def trails_through(ref: Ref, *, by: Actor, today: date) -> tuple[Trail, ...]:
    """Return the threads through a thing that `by` may read; nothing where no layer knows of threads."""
    return tuple(trail for tell in _tellers for trail in tell(ref, by, today))
