"""The parts of an open worksheet, drawn again after a change: only the steps that it touched, and what sums up all."""

from collections.abc import Collection

from flask import render_template

from qitracker.actions.queries import ActionLine, actions_answering
from qitracker.actions.rules import ActionState
from qitracker.links.rules import Ref
from qitracker.web.actors import current_actor
from qitracker.web.faces import initials, tone
from qitracker.worksheets.kinds.fmea import StepGroup
from qitracker.worksheets.linked import ROW
from qitracker.worksheets.queries import Changes, SheetPage, sheet_page
from qitracker.worksheets.queries.page import Here
from qitracker.worksheets.views.fmea_view import FmeaView, fmea_view
from qitracker.worksheets.views.kept_parts import Answer, Answers, drawn_once


def answers_of(page: SheetPage) -> dict[int, tuple[ActionLine, ...]]:
    """Return the actions that answer each cause of the sheet; one that was dropped answers nothing any more."""
    refs = [Ref(ROW, str(row.id)) for row in page.rows if row.section == "cause"]
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
    page = sheet_page(by=current_actor(), sheet_id=sheet_id)
    of_the_sheet = found.sequence > after and not found.changed  # its title, state or team: what may be done changes
    touched = {row.id for row in page.rows} if found.gone or of_the_sheet else {*found.changed, also} - {0}
    return {**drawn(page, touched), "sequence": found.sequence}


def drawn(page: SheetPage, touched: Collection[int]) -> Answer:
    """Return the changed steps as HTML, the order of all, and the parts that sum up the whole."""
    actions = answers_of(page)
    return drawn_once(page, touched, actions, lambda: _drawn(page, touched, actions))


def _drawn(page: SheetPage, touched: Collection[int], actions: Answers) -> Answer:
    view = fmea_view(page, actions)
    return {
        "sequence": page.sequence,
        "version": page.version,
        "steps": [group.step.id for group in view.groups],
        "groups": {str(group.step.id): _group(group, page, view, actions) for group in _hit(view.groups, touched)},
        "side": render_template("worksheets/_risk.html", page=page, fmea=view, actions=actions),
        "head": render_template("worksheets/_head.html", page=page, fmea=view, actions=actions),
        "process": render_template("worksheets/_process.html", page=page, fmea=view, actions=actions),
    }


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


def _group(group: StepGroup, page: SheetPage, view: FmeaView, actions: Answers) -> str:
    return render_template("worksheets/_group.html", group=group, page=page, fmea=view, actions=actions)


def _hit(groups: Collection[StepGroup], touched: Collection[int]) -> list[StepGroup]:
    """Return the steps that hold one of the touched rows; a step is drawn whole, so its order is right."""
    rows = set(touched)
    return [group for group in groups if rows & _rows_of(group)]


def _rows_of(group: StepGroup) -> set[int]:
    found = {group.step.id}
    for line in group.lines:
        found |= {line.mode.id, *(each.id for each in line.effects), *(each.id for each in line.controls)}
        found |= {line.cause.id} if line.cause else set()
    return found
