"""Who fills a worksheet in together: several disciplines see more than one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Invalid
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.people.queries.names import people_around
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.worksheets.commands import set_team
from qitracker.worksheets.forms import TeamForm
from qitracker.worksheets.queries import SheetPage, sheet_page
from qitracker.worksheets.views.blueprint import bp


@bp.get("/<int:sheet_id>/team")
def team(sheet_id: int) -> str:
    """Ask who is in the team."""
    page = _page(sheet_id)
    return render_template("worksheets/team.html", page=page, form=_form(page))


@bp.post("/<int:sheet_id>/team")
def change_team(sheet_id: int) -> ResponseReturnValue:
    """Say who is in the team."""
    page = _page(sheet_id)
    form = _form(page)
    if form.validate_on_submit():
        user_ids, leader_id = form.team()
        try:
            set_team(by=current_actor(), sheet_id=sheet_id, user_ids=user_ids, leader_id=leader_id)
        except Invalid as problem:
            form.show(problem)
        else:
            flash(reader().say(say("The team is kept.")), "ok")
            return redirect(url_for("worksheets.show", sheet_id=sheet_id), code=303)
    return render_template("worksheets/team.html", page=page, form=form), 422


def _page(sheet_id: int) -> SheetPage:
    page = sheet_page(by=current_actor(), sheet_id=sheet_id)
    current_actor().must(Permission.SHEET_MANAGE, on=page.place)
    return page


def _form(page: SheetPage) -> TeamForm:
    leader = next((str(one.user_id) for one in page.team if one.leads), "")
    form = TeamForm(data={"people": [str(one.user_id) for one in page.team], "leader": leader})
    form.offer(people_around(page.place))
    return form
