"""A worksheet moves on by one button of its page; what is still missing is told first, and never in the way."""

from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Conflict, Invalid
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.sent import whole_number
from qitracker.worksheets.commands import move_sheet
from qitracker.worksheets.queries import SheetPage, sheet_page
from qitracker.worksheets.rules.gaps import Gap
from qitracker.worksheets.rules.states import MOVES, SheetState
from qitracker.worksheets.views.blueprint import bp
from qitracker.worksheets.views.kind_page import view_of
from qitracker.worksheets.views.parts import answers_of

ASKED: Final = (SheetState.REVIEW, SheetState.CLOSED)
"""Before these a team is told what is missing."""

SAID: Final[dict[SheetState, Sentence]] = {
    SheetState.DRAFT: say("It is a draft again."),
    SheetState.ANALYSIS: say("It is at work."),
    SheetState.REVIEW: say("It is in review. It can still be changed; one click takes it back."),
    SheetState.CLOSED: say("It is closed: to be read, not changed. One click opens it again."),
}


@bp.get("/<int:sheet_id>/move")
def ask_move(sheet_id: int) -> ResponseReturnValue:
    """Say what is missing before the worksheet moves on, and ask whether it goes anyway."""
    page = _managed(sheet_id)
    state = _wanted(request.args.get("state"), page)
    if state not in MOVES[page.state]:
        return _back(sheet_id)
    return _asked(page, state, gaps_of(page))


@bp.post("/<int:sheet_id>/move")
def move_on(sheet_id: int) -> ResponseReturnValue:
    """Move a worksheet on, or back. What is missing is told once; a click sent twice moves it once."""
    page = _managed(sheet_id)
    state = _wanted(request.form.get("state"), page)
    if state in ASKED and state in MOVES[page.state] and "anyway" not in request.form and gaps_of(page):
        return redirect(url_for("worksheets.ask_move", sheet_id=sheet_id, state=state.value), code=303)
    try:
        move_sheet(by=current_actor(), sheet_id=sheet_id, state=state, seen=whole_number(request.form.get("seen")) or 0)
    except (Conflict, Invalid) as problem:
        if _managed(sheet_id).state is not state:
            flash(reader().say(problem.words), "warn")
            return _back(sheet_id)
    flash(reader().say(SAID[state]), "ok")
    return _back(sheet_id)


def gaps_of(page: SheetPage) -> tuple[Gap, ...]:
    """Return what is missing in a worksheet, whatever its kind."""
    return view_of(page, answers_of(page)).missing


def _managed(sheet_id: int) -> SheetPage:
    page = sheet_page(by=current_actor(), sheet_id=sheet_id)
    current_actor().must(Permission.SHEET_MANAGE, on=page.place)
    return page


def _wanted(typed: str | None, page: SheetPage) -> SheetState:
    return SheetState(typed) if typed in set(SheetState) else MOVES[page.state][0]


def _asked(page: SheetPage, state: SheetState, gaps: tuple[Gap, ...]) -> str:
    return render_template("worksheets/move.html", page=page, state=state, gaps=gaps)


def _back(sheet_id: int) -> ResponseReturnValue:
    return redirect(url_for("worksheets.show", sheet_id=sheet_id), code=303)
