"""Pages that take a measure into use: one of the library, or a new one."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.words import say
from qitracker.measures import commands
from qitracker.measures.forms.definition import NewMeasureForm
from qitracker.measures.forms.units import AdoptForm, chosen_units, offer_units
from qitracker.measures.queries import measure_by_id
from qitracker.measures.queries.choosing import definable_units, may_answer_for
from qitracker.measures.queries.listing import shelf_measure
from qitracker.measures.views.blueprint import bp
from qitracker.measures.views.words import definition_words
from qitracker.people.queries import UnitChoice, place_of
from qitracker.web.actors import current_actor
from qitracker.web.answers import answer, go_on
from qitracker.web.installation import settings, today


@bp.route("/library/<code>", methods=["GET", "POST"])
def ready_made(code: str) -> ResponseReturnValue:
    """Show a ready-made measure in words, and take it into use."""
    by, form = current_actor(), AdoptForm()
    row = shelf_measure(by=by, code=code)
    units = definable_units(by, today=today())
    _offer(form, units)

    def deed() -> str:
        measure_id = commands.adopt_measure(
            by=by,
            code=code,
            unit_id=int(form.at.data),
            collecting_unit_ids=chosen_units(form),
            begins=form.begins.data,
            owner_id=form.owner_id,
            fiscal_start=settings().fiscal_year_starts,
        )
        return _address(measure_id)

    return answer(
        form,
        deed=deed,
        then=lambda address: go_on(address, say("{title} is in use.", title=row.ready.definition.title)),
        page=lambda: render_template(
            "measures/ready_made.html",
            row=row,
            words=definition_words(row.ready.definition),
            form=form,
            may_adopt=bool(units),
        ),
    )


@bp.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Define a measure of one's own."""
    by, form = current_actor(), NewMeasureForm()
    units = definable_units(by, today=today())
    form.offer()
    _offer(form, units)

    def deed() -> str:
        measure_id = commands.define_measure(
            by=by,
            unit_id=int(form.at.data),
            domain=form.domain.data,
            definition=form.definition(),
            collecting_unit_ids=chosen_units(form),
            begins=form.begins.data,
            owner_id=form.owner_id,
            fiscal_start=settings().fiscal_year_starts,
        )
        return _address(measure_id)

    return answer(
        form,
        deed=deed,
        then=lambda address: go_on(address, say("{title} is in use.", title=form.title.data)),
        page=lambda: render_template("measures/new.html", form=form, may_define=bool(units)),
    )


def _offer(form: Any, units: tuple[UnitChoice, ...]) -> None:
    """Fill the choices; on a page not yet sent, with the usual answers."""
    people = may_answer_for(place_of(units[0].id)) if units else ()
    offer_units(form, units, people)
    if form.is_submitted() or not units:
        return
    form.at.data = str(units[0].id)
    form.begins.data = today().replace(day=1)
    own = current_actor().user_id
    if own is not None and any(person.id == own for person in people):
        form.owner.data = str(own)
    if len(units) == 1:
        form.units.data = [str(units[0].id)]


def _address(measure_id: int) -> str:
    return url_for("measures.definition", slug=measure_by_id(measure_id).slug)
