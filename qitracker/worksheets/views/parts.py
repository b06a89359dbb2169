"""The parts of an open worksheet, drawn again after a change: only what it touched, and what sums up all."""

from collections.abc import Collection
from typing import Any

from qitracker.actions.queries import ActionLine, actions_answering
from qitracker.actions.rules import ActionState
from qitracker.links.rules import Ref
from qitracker.web.actors import current_actor
from qitracker.web.faces import initials, tone
from qitracker.worksheets.linked import ROW
from qitracker.worksheets.queries import Changes, SheetPage, sheet_page
from qitracker.worksheets.queries.page import Here
from qitracker.worksheets.views.kept_parts import kept_once
from qitracker.worksheets.views.kind_page import Answer, Answers, page_of


def answers_of(page: SheetPage) -> dict[int, tuple[ActionLine, ...]]:
    """Return the actions that answer each cause of the sheet; one that was dropped answers nothing any more."""
    answered = page_of(page).answered
    refs = [Ref(ROW, str(row.id)) for row in page.rows if row.section == answered]
    found = actions_answering(refs, current_actor()) if refs else {}
    standing = {
        int(ref.id): tuple(one for one in lines if one.state is not ActionState.DROPPED) for ref, lines in found.items()
    }
    return {row_id: lines for row_id, lines in standing.items() if lines}


def since(after: int, found: Changes, sheet_id: int, *, also: int = 0) -> Answer:
    """Return what a browser that shows the sheet as of `after` puts in place for these changes, and for the row `also`.

    The number is that of the changes, not of the page that was read after them: what was written between the two
    reads is drawn already, and is sent once more with the next poll, never left out.
    """
    of_the_sheet = found.sequence > after and not found.changed  # its title, state or team: what may be done changes
    touched = None if found.gone or of_the_sheet else {*found.changed, also} - {0}

    by = current_actor()
    seen_by = (sheet_id, found.sequence, found.version, by.is_system, frozenset(by.grants))

    def draw() -> Answer:
        page, view, actions = kept_once(seen_by, lambda: _read(sheet_page(by=by, sheet_id=sheet_id)))
        wanted = {row.id for row in page.rows} if touched is None else touched
        return {**_drawn(page, view, actions, wanted), "sequence": found.sequence}

    answer: Answer = kept_once((*seen_by, None if touched is None else frozenset(touched)), draw)
    return answer


def drawn(page: SheetPage, touched: Collection[int]) -> Answer:
    """Return what these changes touch as HTML, and the parts that sum up the whole."""
    return _drawn(*_read(page), touched)


def _read(page: SheetPage) -> tuple[SheetPage, Any, Answers]:
    actions = answers_of(page)
    return page, page_of(page).view(page, actions), actions


def _drawn(page: SheetPage, view: Any, actions: Answers, touched: Collection[int]) -> Answer:
    parts = page_of(page).parts(page, view, actions, touched)
    return {"sequence": page.sequence, "version": page.version, **parts}


def here(people: Collection[Here]) -> list[Answer]:
    """Return who else has the sheet open."""
    me = current_actor().user_id
    return [
        {
            "name": one.name,
            "initials": initials(one.name),
            "tone": tone(one.name),
            "row": one.row_id,
            "column": one.column,
        }
        for one in people
        if one.user_id != me
    ]
