"""How a page with a form answers: the deed and what comes after it, or the page again with what is wrong."""

from collections.abc import Callable
from typing import TypeVar

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Conflict, Invalid
from qitracker.foundation.words import Sentence
from qitracker.web.filters import reader
from qitracker.web.forms import Form

T = TypeVar("T")


def answer(
    form: Form, *, deed: Callable[[], T], then: Callable[[T], ResponseReturnValue], page: Callable[[], str]
) -> ResponseReturnValue:
    """Do the deed when the form is sent and sound, and answer with `then`, which is given what the deed returned.

    Where the form is not sent, not sound, or refused by the deed, show `page`, with what is wrong beside the fields.
    """
    if not form.is_submitted():
        return page()
    if not form.validate():
        return page(), 422
    try:
        done = deed()
    except Invalid as problem:
        form.show(problem)
        return page(), 422
    except Conflict as conflict:
        form.form_errors.append(reader().say(conflict.words))
        return page(), 409
    return then(done)


def go_on(address: str, said: Sentence | None = None) -> ResponseReturnValue:
    """Go on to an address, and say there what was done."""
    if said is not None:
        tell(said)
    return redirect(address, code=303)


def tell(words: Sentence) -> None:
    """Say on the next page what was done."""
    flash(reader().say(words), "ok")
