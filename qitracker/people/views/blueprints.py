"""The two blueprints and what their views share: a deed behind a form, and its answer."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Conflict, Invalid
from qitracker.foundation.words import Sentence
from qitracker.web.filters import reader
from qitracker.web.forms import Form

people_bp = Blueprint("people", __name__)
units_bp = Blueprint("units", __name__)


def answer(
    form: Form, *, deed: Callable[[], object], done: Callable[[], str], said: Sentence | None, page: Callable[[], str]
) -> ResponseReturnValue:
    """Do the deed when the form is sent and sound, then go on to `done`; otherwise show `page` with what is wrong."""
    status = 200
    if form.validate_on_submit():
        try:
            deed()
        except Invalid as problem:
            form.show(problem)
        except Conflict as conflict:
            form.form_errors.append(reader().say(conflict.words))
            status = 409
        else:
            tell(said)
            return redirect(done(), code=303)
    return page(), status if status == 409 or not form.is_submitted() else 422


def tell(words: Sentence | None) -> None:
    """Say after the redirect what was done."""
    if words is not None:
        flash(reader().say(words), "ok")
