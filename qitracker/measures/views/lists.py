"""The list of measures, the shelf of ready-made ones, and where the address of a measure leads."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.permissions import Permission
from qitracker.measures.commands import hooks
from qitracker.measures.queries import collections, visible_measure
from qitracker.measures.queries.detail import DefinitionPage, definition_page
from qitracker.measures.queries.listing import measure_list, shelf
from qitracker.measures.titles import AREA_TITLES, DIRECTION_TITLES, FREQUENCY_TITLES, KIND_TITLES
from qitracker.measures.views.blueprint import bp, wanted
from qitracker.measures.views.words import definition_words
from qitracker.people.queries import facts_of
from qitracker.people.rules import UnitFacts
from qitracker.web.actors import current_actor
from qitracker.web.installation import today

TITLES = {"kinds": KIND_TITLES, "areas": AREA_TITLES, "directions": DIRECTION_TITLES, "frequencies": FREQUENCY_TITLES}


@bp.get("")
def index() -> str:
    """Show the measures by heading, narrowed as the reader wishes."""
    page = measure_list(by=current_actor(), wanted=wanted(), today=today())
    return render_template("measures/index.html", page=page, **TITLES)


@bp.get("/library")
def library() -> str:
    """Show the ready-made measures, and which are in use."""
    return render_template("measures/library.html", page=shelf(by=current_actor(), wanted=wanted()), **TITLES)


@bp.get("/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """Go to the chart of the reader's own unit or the topmost with results; while there are none, to who collects."""
    by = current_actor()
    measured = visible_measure(slug, by=by)
    unit_id = hooks.unit_to_open(by, measured.id)
    if unit_id is None:
        going_on = collections(by, on=today(), measure_ids=[measured.id])
        unit_id = going_on[0].unit_id if going_on else None
    if unit_id is None:
        return redirect(url_for("measures.definition", slug=slug), code=303)
    return redirect(url_for("results.show", measure=slug, unit=facts_of([unit_id])[unit_id].slug), code=303)


@bp.get("/<slug>/definition")
def definition(slug: str) -> str:
    """Show a measure in words, with its versions, units and history."""
    page = definition_page(by=current_actor(), slug=slug, today=today())
    return render_template(
        "measures/definition.html",
        page=page,
        words=definition_words(page.measured.definition),
        begin=_where_to_begin(page),
        **TITLES,
    )


def _where_to_begin(page: DefinitionPage) -> UnitFacts | None:
    """Return the unit in which the reader may record the first period, None once there are results."""
    by = current_actor()
    if page.measured.retired_on is not None or hooks.unit_to_open(by, page.measured.id) is not None:
        return None
    mine = collections(by, on=today(), measure_ids=[page.measured.id], permission=Permission.RESULT_RECORD)
    return facts_of([mine[0].unit_id])[mine[0].unit_id] if mine else None
