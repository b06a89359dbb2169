"""How each kind of worksheet shows itself: its template, its view, the parts that are drawn again after a change."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from qitracker.actions.queries import ActionLine
from qitracker.foundation.shelf import Shelf
from qitracker.worksheets.queries import SheetPage
from qitracker.worksheets.rules.gaps import Gap

Answer = dict[str, Any]
Answers = Mapping[int, tuple[ActionLine, ...]]


class View(Protocol):
    """What a kind reads out of its rows. Every kind says what is missing."""

    @property
    def missing(self) -> tuple[Gap, ...]:
        """Return what is missing before review."""
        ...


@dataclass(frozen=True)
class KindPage:
    """The page of one kind. Its template finds the view under the code of the kind."""

    template: str
    answered: str  # the section whose rows actions answer
    view: Callable[[SheetPage, Answers], Any]
    parts: Callable[[SheetPage, Any, Answers, Collection[int]], Answer]


KIND_PAGES: Final[Shelf[KindPage]] = Shelf("page of a worksheet")


def page_of(page: SheetPage) -> KindPage:
    """Return how this worksheet is shown."""
    return KIND_PAGES.get(page.kind.code)


def view_of(page: SheetPage, actions: Answers) -> View:
    """Return what the page of this worksheet shows beyond its rows."""
    view: View = page_of(page).view(page, actions)
    return view
