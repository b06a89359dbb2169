"""One action: what it answers, how strong it is, what judges it, what was done; and its moves."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.actions import commands, queries
from qitracker.actions.forms import MoveForm, seen_in
from qitracker.actions.hierarchy import STRENGTH_REASONS
from qitracker.actions.rules import STATE_WORDS, ActionState
from qitracker.actions.views.blueprint import bp
from qitracker.foundation.errors import Conflict, Invalid
from qitracker.foundation.words import Sentence, say
from qitracker.links.trails import trails_through
from qitracker.people.local_day import today_in
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader

SAID: dict[ActionState, Sentence] = {
    ActionState.PLANNED: say("It is planned again."),
    ActionState.RUNNING: say("It is running."),
    ActionState.DONE: say("It is done. Its measure will tell whether it worked."),
    ActionState.DROPPED: say("It is dropped. The reason stays with it."),
}


@bp.get("/<int:action_id>")
def show(action_id: int) -> str:
    """Show one action."""
    page = _page(action_id)
    return _rendered(page, _fresh(page))


@bp.post("/<int:action_id>/move")
def move(action_id: int) -> ResponseReturnValue:
    """Move an action to another state."""
    by = current_actor()
    line = queries.known_action(action_id, by=by)
    form = MoveForm()
    form.offer(line, tuple(ActionState))  # a step that is no longer there is told by the deed, not by the field
    mine, status = None, 422
    if form.validate_on_submit():
        state = ActionState(form.state.data)
        try:
            commands.move_action(
                by=by,
                action_id=action_id,
                seen=seen_in(form),
                state=state,
                today=today_in(line.unit.id),
                reason=form.reason.data or "",
                done_on=form.done_on.data,
            )
        except Invalid as problem:
            form.show(problem)
        except Conflict as conflict:
            form.form_errors.append(reader().say(conflict.words))
            mine, status = STATE_WORDS[state], 409
        else:
            flash(reader().say(SAID[state]), "ok")
            return redirect(url_for("actions.show", action_id=action_id), code=303)
    page = _page(action_id)
    form.offer(page.line, page.moves)
    if mine:
        form.seen.data = str(page.line.version)  # who has seen both may keep theirs
    return _rendered(page, form, mine=mine), status


def _page(action_id: int) -> queries.ActionPage:
    by = current_actor()
    line = queries.known_action(action_id, by=by)
    return queries.action_page(line, by=by, today=today_in(line.unit.id))


def _fresh(page: queries.ActionPage) -> MoveForm:
    form = MoveForm(data={"done_on": page.today, "seen": str(page.line.version)})
    form.offer(page.line, page.moves)
    return form


def _rendered(page: queries.ActionPage, form: MoveForm, *, mine: Sentence | None = None) -> str:
    return render_template(
        "actions/show.html",
        page=page,
        form=form,
        mine=mine,
        states=STATE_WORDS,
        reasons=STRENGTH_REASONS,
        trails=trails_through(page.line.ref, by=current_actor(), today=page.today),
    )
