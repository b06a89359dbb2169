"""The page behind a one-time link: the only one of people that strangers may see."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation import clock
from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.words import say
from qitracker.people import commands
from qitracker.people.forms import TakeUpForm
from qitracker.people.queries.people import invitation_page
from qitracker.people.session import open_to_strangers
from qitracker.people.views.blueprints import people_bp
from qitracker.web.answers import tell


@people_bp.route("/invitation/<token>", methods=["GET", "POST"])
@open_to_strangers
def take_up(token: str) -> ResponseReturnValue:
    """Let an invited person choose a password."""
    form = TakeUpForm()
    try:
        page = invitation_page(token, now=clock.now())
        if form.validate_on_submit():
            commands.take_up_invitation(token=token, password=form.password.data)
            tell(say("Your password is set. Sign in with it."))
            return redirect(url_for("security.login"), code=303)
    except NotFound as gone:
        return render_template("people/invitation_gone.html", words=gone.words), 404
    except Invalid as problem:
        form.show(problem)
    return render_template("people/invitation.html", page=page, form=form), 422 if form.is_submitted() else 200
