"""The blueprint of imports, and what its pages share."""

from collections.abc import Callable

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from qitracker.exchange.commands.decide import CHECK, IMPORT
from qitracker.exchange.commands.opening import Day
from qitracker.foundation.errors import Conflict, Invalid
from qitracker.jobs.registry import result_page
from qitracker.web.filters import reader
from qitracker.web.forms import Form
from qitracker.web.installation import settings, today

bp = Blueprint("exchange", __name__, url_prefix="/import")

result_page(CHECK, lambda job: url_for("exchange.preview", batch_id=job.payload["batch_id"]))
result_page(IMPORT, lambda job: url_for("exchange.result", batch_id=job.payload["batch_id"]))


def day() -> Day:
    """Return what day it is in the installation, and when its years begin."""
    return Day(today(), settings().fiscal_year_starts)


def answer(form: Form, *, deed: Callable[[], ResponseReturnValue], page: Callable[[], str]) -> ResponseReturnValue:
    """Do the deed when the form is sent and sound; else show `page` again with what is wrong beside the fields."""
    if not form.is_submitted():
        return page()
    status = 422
    if form.validate():
        try:
            return deed()
        except Invalid as problem:
            form.show(problem)
        except Conflict as conflict:
            form.form_errors.append(reader().say(conflict.words))
            status = 409
    return page(), status
