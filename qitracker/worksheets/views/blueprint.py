"""The blueprint of worksheets, and how a moment that was typed is written in its pages."""

from flask import Blueprint

from qitracker.web.filters import reader
from qitracker.worksheets.rules.moments import day_of, time_of

bp = Blueprint("worksheets", __name__, url_prefix="/worksheets")


@bp.app_template_filter("typed_moment")
def typed_moment(kept: str) -> str:
    """Return a kept moment in the reader's form: "19 Oct 2026, 08:10"; without its time where none was typed."""
    day = day_of(kept)
    return ", ".join(part for part in (reader().day(day) if day else "", time_of(kept)) if part)
