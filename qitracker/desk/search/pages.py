"""The page of a search: what was found, by kind, the best first. A fixed number of statements."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from qitracker.foundation.actor import Actor
from qitracker.foundation.sought import Piece, Sought, excerpt, sought
from qitracker.foundation.words import Sentence, say
from qitracker.links.found import Find, FindableKind, findable_kinds

SHOWN: Final = 6  # of each kind while all kinds are shown
SHOWN_OF_ONE: Final = 100  # of the only kind asked for
SPOTS: Final = 3  # places inside one thing


@dataclass(frozen=True)
class Place:
    """One place inside a thing, with the words around the hit."""

    label: Sentence | str
    pieces: tuple[Piece, ...]
    url: str


@dataclass(frozen=True)
class Row:
    """One thing found, as the page shows it."""

    title: tuple[Piece, ...]
    url: str
    where: Sentence | str
    places: tuple[Place, ...]
    more_places: int


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    code: str
    title: Sentence
    icon: str
    count: int
    rows: tuple[Row, ...]

    @property
    def left(self) -> int:
        """Return how many are not shown."""
        return self.count - len(self.rows)


@dataclass(frozen=True)
class SearchPage:
    """Everything templates/desk/search.html may use. `counts` name all kinds with hits, `groups` those shown."""

    text: str
    wanted: str  # code of the only kind shown, "" for all
    counts: tuple[tuple[str, Sentence, int], ...]
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        """Return how many things were found in all."""
        return sum(count for _, _, count in self.counts)

    @property
    def headline(self) -> Sentence:
        """Return the sentence of the page."""
        if not self.text:
            return say("Find anything that you may read.")
        if not self.count:
            return say("Nothing holds “{sought}”.", sought=self.text)
        if self.count == 1:
            return say("One thing holds “{sought}”.", sought=self.text)
        return say("{count} things hold “{sought}”.", count=self.count, sought=self.text)


def search_page(*, by: Actor, typed: str, today: date, wanted: str = "") -> SearchPage:
    """Return what holds all the words that somebody typed, and that they may see."""
    words = sought(typed)
    found = [(kind, _found(kind, words, by, today)) for kind in findable_kinds()] if words.words else []
    hits = [(kind, finds) for kind, finds in found if finds]
    only = wanted if wanted in {kind.code for kind, _ in hits} else ""
    most = SHOWN_OF_ONE if only else SHOWN
    return SearchPage(
        text=words.text if words.words else "",
        wanted=only,
        counts=tuple((kind.code, kind.title, len(finds)) for kind, finds in hits),
        groups=tuple(_group(kind, finds, words, most) for kind, finds in hits if only in ("", kind.code)),
    )


def _found(kind: FindableKind, words: Sought, by: Actor, today: date) -> list[Find]:
    return sorted(kind.find(words, by, today), key=lambda one: one.rank)


def _group(kind: FindableKind, finds: list[Find], words: Sought, most: int) -> Group:
    shown = finds if len(finds) <= most + 1 else finds[:most]  # never "1 more" in place of a name
    return Group(kind.code, kind.title, kind.icon, len(finds), tuple(_row(one, words) for one in shown))


def _row(one: Find, words: Sought) -> Row:
    return Row(
        title=excerpt(one.title, words.words, around=None),
        url=one.url,
        where=one.where,
        places=tuple(Place(spot.label, excerpt(spot.text, words.words), spot.url) for spot in one.spots[:SPOTS]),
        more_places=max(len(one.spots) - SPOTS, 0),
    )
