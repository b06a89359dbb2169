"""The page about oneself."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.words import say
from qitracker.people import commands
from qitracker.people.forms import ProfileForm
from qitracker.people.queries.people_pages import profile_page
from qitracker.people.views.blueprints import people_bp
from qitracker.web.actors import current_actor
from qitracker.web.answers import answer, go_on


@people_bp.route("/me", methods=["GET", "POST"])
def me() -> ResponseReturnValue:
    """Show and change one's own name, discipline and language."""
    by, page = current_actor(), profile_page(by=current_actor())
    person = page.person
    known = {"name": person.name, "discipline": person.discipline, "language": person.language, "seen": person.version}
    form = ProfileForm(data=known)

    def deed() -> None:
        commands.change_profile(
            by=by,
            seen=form.seen.data,
            name=form.name.data,
            discipline=form.discipline.data or "",
            language=form.language.data,
        )

    return answer(
        form,
        deed=deed,
        then=lambda _: go_on(url_for("people.me"), say("Your profile is saved.")),
        page=lambda: render_template("people/me.html", page=page, form=form),
    )
