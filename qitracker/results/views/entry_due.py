"""The page of the collection calendar."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from qitracker.foundation import clock
from qitracker.results.queries.due import due_page
from qitracker.results.queries.grid import recording_units
from qitracker.results.views.blueprint import settings
from qitracker.results.views.entry import bp
from qitracker.web.actors import current_actor


@bp.get("/due")
def due() -> ResponseReturnValue:
    """Show what is due and late, by unit and by person."""
    today = clock.today(settings().timezone)
    recording_units(current_actor(), today=today)
    page = due_page(
        by=current_actor(),
        today=today,
        fiscal_start=settings().fiscal_year_starts,
        unit=request.args.get("unit", ""),
        person_id=_number("person"),
        number=_number("page") or 1,
    )
    return render_template("entry/due.html", page=page, today=today, asked=request.args)


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
