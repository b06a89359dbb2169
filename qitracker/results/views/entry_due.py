"""The page of the collection calendar."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from qitracker.results.queries.due import due_page
from qitracker.results.queries.grid import recording_units
from qitracker.results.views.entry import bp
from qitracker.web.actors import current_actor
from qitracker.web.installation import settings, today
from qitracker.web.sent import whole_number


@bp.get("/due")
def due() -> ResponseReturnValue:
    """Show what is due and late, by unit and by person."""
    day = today()
    recording_units(current_actor(), today=day)
    page = due_page(
        by=current_actor(),
        today=day,
        fiscal_start=settings().fiscal_year_starts,
        unit=request.args.get("unit", ""),
        person_id=whole_number(request.args.get("person")),
        number=whole_number(request.args.get("page")) or 1,
    )
    return render_template("entry/due.html", page=page, today=day, asked=request.args)
