"""What can be found by a search: each kind finds among its own, only what the reader may see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from qitracker.foundation.actor import Actor
from qitracker.foundation.sought import Sought
from qitracker.foundation.words import Sentence


@dataclass(frozen=True)
class Spot:
    """One place inside a thing where the words stand: a cell of a worksheet, the detail of an action."""

    text: str
    label: Sentence | str = ""
    url: str = ""


@dataclass(frozen=True)
class Find:
    """One thing that was found: what it is called, where it is read, what and where it is."""

    rank: int  # 0 is best
    title: str
    url: str
    where: Sentence | str
    spots: tuple[Spot, ...] = ()


class Finder(Protocol):
    """Find things of one kind, in a fixed number of statements."""

    def __call__(self, words: Sought, by: Actor, today: date) -> Iterable[Find]:
        """Return everything that fits and that `by` may see, in the order of its lists."""
        ...


@dataclass(frozen=True)
class FindableKind:
    """One kind of thing that a search covers. `place` is its turn on the page."""

    code: str
    title: Sentence
    icon: str
    place: int
    find: Finder


_kinds: Final[dict[str, FindableKind]] = {}


def findable(code: str, title: Sentence, *, icon: str, place: int) -> Callable[[Finder], Finder]:
    """Register the function that finds things of one kind."""

    def keep(find: Finder) -> Finder:
        if code in _kinds:
            raise RuntimeError(f"The findable kind {code!r} is registered twice.")
        _kinds[code] = FindableKind(code, title, icon, place, find)
        return find

    return keep


def findable_kinds() -> tuple[FindableKind, ...]:
    """Return all kinds, in the order in which a page shows them."""
    return tuple(sorted(_kinds.values(), key=lambda kind: kind.place))
