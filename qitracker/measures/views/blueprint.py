"""The blueprint of measures, and what its pages share: what an address asks for, and a deed behind a form."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Conflict, Invalid
from qitracker.foundation.words import Sentence
from qitracker.measures.queries.listing import Wanted
from qitracker.measures.rules import Area, Kind
from qitracker.web.filters import reader
from qitracker.web.forms import Form

bp = Blueprint("measures", __name__, url_prefix="/measures")

LONGEST_SEARCH = 200


def wanted() -> Wanted:
    """Return what this address asks a list for; what is not known is passed over."""
    kind, area = request.args.get("kind", ""), request.args.get("area", "")
    return Wanted(
        search=" ".join(request.args.get("search", "").replace("\0", "").split())[:LONGEST_SEARCH],
        domain=request.args.get("domain", ""),
        kind=Kind(kind) if kind in set(Kind) else None,
        area=Area(area) if area in set(Area) else None,
        retired="retired" in request.args,
    )


def answer(
    form: Form, *, deed: Callable[[], str], said: Callable[[], Sentence], page: Callable[[], str]
) -> ResponseReturnValue:
    """Do the deed when the form is sent and sound and go on to the address it gives; else show `page` again."""
    if not form.is_submitted():
        return page()
    status = 422
    if form.validate():
        try:
            address = deed()
        except Invalid as problem:
            form.show(problem)
        except Conflict as conflict:
            form.form_errors.append(reader().say(conflict.words))
            status = 409
        else:
            flash(reader().say(said()), "ok")
            return redirect(address, code=303)
    return page(), status
