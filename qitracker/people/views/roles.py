"""Pages where roles end: one role, all of them handed over, a person removed."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields import SelectChoice

from qitracker.foundation.words import say
from qitracker.people import commands, queries
from qitracker.people.forms import HandOverForm
from qitracker.people.queries.people_pages import person_page, successors
from qitracker.people.views.blueprints import people_bp
from qitracker.web.actors import current_actor
from qitracker.web.answers import answer, go_on, tell
from qitracker.web.forms import Form


@people_bp.post("/people/<int:user_id>/roles/<int:grant_id>/end")
def end_role(user_id: int, grant_id: int) -> ResponseReturnValue:
    """End one role of a person."""
    commands.revoke_role(by=current_actor(), user_id=user_id, grant_id=grant_id)
    tell(say("The role has ended."))
    return redirect(url_for("people.show", user_id=user_id), code=303)


@people_bp.route("/people/<int:user_id>/hand-over", methods=["GET", "POST"])
def hand_over(user_id: int) -> ResponseReturnValue:
    """Ask who takes over, naming the roles that move."""
    by, page, form = current_actor(), person_page(by=current_actor(), user_id=user_id), HandOverForm()
    form.successor.choices = [SelectChoice(*one) for one in successors(by=by, user_id=user_id)]
    return answer(
        form,
        deed=lambda: commands.hand_over(by=by, user_id=user_id, successor_id=form.successor.data),
        then=lambda _: go_on(
            url_for("people.show", user_id=form.successor.data),
            say("The roles of {name} are handed over.", name=page.row.person.name),
        ),
        page=lambda: render_template("people/hand_over.html", page=page, form=form),
    )


@people_bp.route("/people/<int:user_id>/remove", methods=["GET", "POST"])
def remove(user_id: int) -> ResponseReturnValue:
    """Ask before a person is removed, naming what ends."""
    by, page, form = current_actor(), person_page(by=current_actor(), user_id=user_id), Form()
    queries.must_reach_whole(page.row.person, by=by)
    return answer(
        form,
        deed=lambda: commands.remove_person(by=by, user_id=user_id),
        then=lambda _: go_on(url_for("people.index"), say("{name} is removed.", name=page.row.person.name)),
        page=lambda: render_template("people/person_remove.html", page=page, form=form),
    )
