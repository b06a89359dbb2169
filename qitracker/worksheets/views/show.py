"""One worksheet: its page, what changed in it since, and its title, state and end."""

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Conflict, Invalid
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.links.queries import threads_of
from qitracker.links.rules import Ref
from qitracker.links.trails import trails_through
from qitracker.people.local_day import tell_time_of, today_in
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.sent import whole_number
from qitracker.worksheets import commands, queries
from qitracker.worksheets.commands.presence import be_here
from qitracker.worksheets.forms import SheetForm
from qitracker.worksheets.linked import SHEET
from qitracker.worksheets.rules.states import WORDS, SheetState
from qitracker.worksheets.views.blueprint import bp
from qitracker.worksheets.views.kind_page import page_of
from qitracker.worksheets.views.parts import answers_of, here, since


@bp.get("/<int:sheet_id>")
def show(sheet_id: int) -> str:
    """Show a worksheet to read and to write in."""
    page = queries.sheet_page(by=current_actor(), sheet_id=sheet_id)
    tell_time_of(page.place.id)
    actions = answers_of(page)
    shown = page_of(page)
    ref = Ref(SHEET, str(page.id))
    hops = [hop for hop in threads_of([ref], current_actor())[ref] if hop.forward]
    return render_template(
        shown.template,
        page=page,
        actions=actions,
        hops=hops,
        trails=trails_through(ref, by=current_actor(), today=today_in(page.place.id)),
        person_id=current_actor().user_id,
        **{page.kind.code: shown.view(page, actions)},
    )


@bp.get("/<int:sheet_id>/changes")
def changes(sheet_id: int) -> ResponseReturnValue:
    """Send what changed since `after`, and who is here; nothing (204) where nothing did."""
    by = current_actor()
    after = whole_number(request.args.get("after")) or 0
    found = queries.changes(by=by, sheet_id=sheet_id, after=after)
    at_row, at_column = whole_number(request.args.get("row")), request.args.get("column", "")[:40]
    be_here(by=by, sheet_id=sheet_id, row_id=at_row, column=at_column, known=found.here)
    people = here(found.here)
    if found.sequence == after and not people and request.args.get("alone") == "1":
        return Response(status=204)
    if found.sequence == after:
        return jsonify({"sequence": after, "here": people})
    return jsonify({**since(after, found, sheet_id), "here": people})


@bp.get("/<int:sheet_id>/settings")
def settings(sheet_id: int) -> str:
    """Ask for another title or state, or for the end."""
    page = queries.sheet_page(by=current_actor(), sheet_id=sheet_id)
    current_actor().must(Permission.SHEET_MANAGE, on=page.place)
    return _settings(page, _sheet_form(page))


@bp.post("/<int:sheet_id>/settings")
def change(sheet_id: int) -> ResponseReturnValue:
    """Give another title, or move to another state."""
    by = current_actor()
    page = queries.sheet_page(by=by, sheet_id=sheet_id)
    form = _sheet_form(page)
    seen = whole_number(form.seen.data) or 0
    if form.validate_on_submit():
        try:
            seen = commands.rename_sheet(by=by, sheet_id=sheet_id, title=form.title.data or "", seen=seen)
            commands.move_sheet(by=by, sheet_id=sheet_id, state=SheetState(form.state.data), seen=seen)
        except Invalid as problem:
            form.show(problem)
        except Conflict as clash:
            form.form_errors.append(reader().say(clash.words))
        else:
            flash(reader().say(say("It is changed.")), "ok")
            return redirect(url_for("worksheets.show", sheet_id=sheet_id), code=303)
    return _settings(page, form), 422


@bp.post("/<int:sheet_id>/delete")
def delete(sheet_id: int) -> ResponseReturnValue:
    """Delete a worksheet with a reason."""
    by = current_actor()
    page = queries.sheet_page(by=by, sheet_id=sheet_id)
    form = _sheet_form(page)
    try:
        commands.delete_sheet(by=by, sheet_id=sheet_id, reason=form.reason.data or "")
    except Invalid as problem:
        form.show(problem)
        return _settings(page, form), 422
    flash(
        reader().say(say("“{title}” is deleted. Its story stays in the history of the unit.", title=page.title)), "ok"
    )
    return redirect(url_for("worksheets.index"), code=303)


def _sheet_form(page: queries.SheetPage) -> SheetForm:
    form = SheetForm(data={"title": page.title, "state": page.state.value, "seen": str(page.version)})
    form.offer(page)
    return form


def _settings(page: queries.SheetPage, form: SheetForm) -> str:
    return render_template("worksheets/settings.html", page=page, form=form, words=WORDS)
