"""The page that says which units collect a measure."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.words import say
from qitracker.measures import commands
from qitracker.measures.forms.units import UnitsForm, chosen_units, seen
from qitracker.measures.queries.choosing import units_page
from qitracker.measures.views.blueprint import bp
from qitracker.people.choosing import unit_choices
from qitracker.web.actors import current_actor
from qitracker.web.answers import answer, go_on
from qitracker.web.installation import settings, today


@bp.route("/<slug>/units", methods=["GET", "POST"])
def units(slug: str) -> ResponseReturnValue:
    """Choose the units that collect a measure from a day on."""
    by = current_actor()
    page = units_page(by=by, slug=slug, today=today())
    going_on = [str(row.unit.id) for row in page.rows if row.goes_on]
    first = {"units": going_on, "day": today().replace(day=1), "seen": str(page.measured.row_version)}
    form = UnitsForm(data=first)
    form.units.choices = unit_choices([row.unit for row in page.rows])

    def deed() -> str:
        commands.set_collecting_units(
            by=by,
            measure_id=page.measured.id,
            unit_ids=chosen_units(form),
            day=form.day.data,
            row_version=seen(form),
            fiscal_start=settings().fiscal_year_starts,
        )
        return url_for("measures.definition", slug=slug)

    return answer(
        form,
        deed=deed,
        then=lambda address: go_on(address, say("The units of {title} are saved.", title=page.measured.title)),
        page=lambda: render_template("measures/units.html", form=form, page=page),
    )
