"""The gallery of parts (development only): each component in each state, with invented data."""

from dataclasses import dataclass
from datetime import UTC, datetime

import wtforms
from flask import Blueprint, flash, render_template
from flask_babel import lazy_gettext
from wtforms.fields import SelectChoice

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say
from qitracker.web.forms import Form

bp = Blueprint("gallery", __name__, url_prefix="/gallery")


def _choices(**words: str) -> list[SelectChoice]:
    return [SelectChoice(code, word) for code, word in words.items()]


class GalleryForm(Form):
    """One field of each sort."""

    title = wtforms.StringField(lazy_gettext("Name of the measure"), description="As people on the ward say it.")
    reconciled = wtforms.IntegerField(lazy_gettext("Reconciled in 24 h"))
    since = wtforms.DateField(lazy_gettext("From"))
    kind = wtforms.SelectField(lazy_gettext("Kind"), choices=_choices(p="Proportion", u="Rate"))
    why = wtforms.TextAreaField(lazy_gettext("Reason"))
    direction = wtforms.RadioField(lazy_gettext("Better is"), choices=_choices(up="Higher", down="Lower"))
    sheet = wtforms.FileField(lazy_gettext("File"))
    keep_good = wtforms.BooleanField(lazy_gettext("Keep the good rows"))


@dataclass(frozen=True)
class Change:
    """One line of the history, as the history component reads it."""

    at: datetime
    actor: str
    sentence: Sentence


CHANGES = (
    Change(
        datetime(2026, 11, 2, 9, tzinfo=UTC), "Ada Quill", say("Ada Quill marked the change of 15 July on the chart.")
    ),
    Change(
        datetime(2026, 6, 9, 14, tzinfo=UTC),
        "Ben Oduya",
        say("Ben Oduya corrected May 2026 from 74 to 73 of 107. Reason: one patient counted twice."),
    ),
)

PROBLEM = Invalid(
    fields={
        "reconciled": say("130 is more than the 118 admissions. Check both numbers."),
        "direction": say("Choose one."),
    }
)


@bp.get("")
def index() -> str:
    """Show every part."""
    form = GalleryForm(reconciled=130)
    form.show(PROBLEM)
    flash("March 2026 is recorded.", "ok")
    return render_template("gallery/index.html", form=form, changes=CHANGES)
