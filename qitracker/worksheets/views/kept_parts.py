"""Drawn parts of worksheets, kept a while: of fifty people who follow a sheet, one has each change drawn.

A key names everything a thing is made from (the rows with their last change, rights, actions, and here the reader's
language and time zone), so nothing has to be told that something changed. An action that answers a row takes a number
of the sheet as well. Nothing personal is among the parts.
"""

from collections.abc import Callable, Hashable
from threading import RLock
from typing import Any, Final, TypeVar

from flask import current_app

from qitracker.foundation.recent import Recent
from qitracker.web.filters import reader
from qitracker.worksheets.queries import SheetPage
from qitracker.worksheets.sheet_kind import SheetRow
from qitracker.worksheets.views.kind_page import Answers

MOST: Final = 200  # things of this process, some 10 kB each

Thing = TypeVar("Thing")


class _Kept:
    """The things, and a lock under which each is made once while others who ask for it wait; one is made of others."""

    def __init__(self) -> None:
        self.things: Recent[Hashable, Any] = Recent(MOST)
        self.lock = RLock()


def kept_once(made_from: tuple[Hashable, ...], make: Callable[[], Thing]) -> Thing:
    """Return what `make` gives, made once for each key. It belongs to all: do not change it."""
    if current_app.config["TEMPLATES_AUTO_RELOAD"]:
        return make()
    kept: _Kept = current_app.extensions.setdefault("kept_sheet_parts", _Kept())
    key = (*made_from, str(reader().locale), str(reader().timezone))
    thing: Thing | None = kept.things.get(key)
    if thing is None:
        with kept.lock:
            thing = kept.things.get(key)
            if thing is None:
                thing = make()
                kept.things.keep(key, thing)
    return thing


def what_of(page: SheetPage, rows: tuple[SheetRow, ...], actions: Answers) -> tuple[Hashable, ...]:
    """Return what a part with these rows is made from, whoever reads it."""
    answers = tuple((row.id, tuple((one.id, one.version) for one in actions.get(row.id, ()))) for row in rows)
    changes = tuple((row.id, row.changed) for row in rows)
    return page.id, page.version, page.state, page.may_edit, page.may_manage, changes, answers
