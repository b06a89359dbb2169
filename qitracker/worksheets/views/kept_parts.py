"""Drawn parts of worksheets, kept a while: of fifty people who follow a sheet, one has each change drawn.

The key is everything the parts are made from (the sheet and its last change, rights, actions, the reader's language
and time zone), so nothing has to be told that something changed. Nothing personal is among the parts.
"""

from collections.abc import Callable, Collection, Hashable
from typing import Final

from flask import current_app

from qitracker.foundation.actor import Actor
from qitracker.foundation.recent import Recent
from qitracker.web.filters import reader
from qitracker.worksheets.queries import Changes, SheetPage
from qitracker.worksheets.views.kind_page import Answer, Answers

MOST: Final = 40  # answers of this process, some 10 kB each, 500 kB for a whole sheet


def drawn_once(page: SheetPage, touched: Collection[int], actions: Answers, draw: Callable[[], Answer]) -> Answer:
    """Return what `draw` gives for this sheet, these rows and actions. The answer belongs to all: do not change it."""
    return _once((*_sheet(page), frozenset(touched), _versions(actions)), draw)


def news_once(
    sheet_id: int, found: Changes, touched: Collection[int] | None, by: Actor, draw: Callable[[], Answer]
) -> Answer:
    """Return what `draw` gives for these changes to whoever has the same roles; the sheet is not even read again.

    An action that answers a row takes a number of the sheet as well, so its changes are among them.
    """
    rows = None if touched is None else frozenset(touched)
    return _once((sheet_id, found.sequence, found.version, rows, by.is_system, frozenset(by.grants)), draw)


def _once(made_from: tuple[Hashable, ...], draw: Callable[[], Answer]) -> Answer:
    if current_app.config["TEMPLATES_AUTO_RELOAD"]:
        return draw()
    parts: Recent[Hashable, Answer] = current_app.extensions.setdefault("kept_sheet_parts", Recent(MOST))
    key = (*made_from, str(reader().locale), str(reader().timezone))
    answer = parts.get(key)
    if answer is None:
        answer = draw()
        parts.keep(key, answer)
    return answer


def _sheet(page: SheetPage) -> tuple[Hashable, ...]:
    return page.id, page.sequence, page.version, page.state, page.may_edit, page.may_manage


def _versions(actions: Answers) -> Hashable:
    return frozenset((row, tuple((one.id, one.version) for one in lines)) for row, lines in actions.items())
