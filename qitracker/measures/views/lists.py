"""The list of measures, the shelf of ready-made ones, and where the address of a measure leads."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.measures.queries import collections, visible_measure
from qitracker.measures.queries.detail import definition_page
from qitracker.measures.queries.listing import measure_list, shelf
from qitracker.measures.titles import AREA_TITLES, DIRECTION_TITLES, FREQUENCY_TITLES, KIND_TITLES
from qitracker.measures.views.blueprint import bp, today, wanted
from qitracker.measures.views.words import definition_words
from qitracker.people.queries import facts_of
from qitracker.web.actors import current_actor

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
    """Go to the chart in the first unit that collects the measure, else to its definition."""
    by = current_actor()
    measured = visible_measure(slug, by=by)
    going_on = collections(by, on=today(), measure_ids=[measured.id])
    if not going_on:
        return redirect(url_for("measures.definition", slug=slug), code=303)
    unit = facts_of([going_on[0].unit_id])[going_on[0].unit_id]
    return redirect(url_for("results.show", measure=slug, unit=unit.slug), code=303)


@bp.get("/<slug>/definition")
def definition(slug: str) -> str:
    """Show a measure in words, with its versions, units and history."""
    page = definition_page(by=current_actor(), slug=slug, today=today())
    return render_template(
        "measures/definition.html",
        page=page,
        words=definition_words(page.measured.definition),
        **TITLES,
    )
