"""Pages that name people: the owner of a measure, and who answers for it in one unit."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures import commands
from qitracker.measures.forms.units import PersonForm, person_choices, seen
from qitracker.measures.queries import Collecting, Measured, visible_measure, who_collects
from qitracker.measures.queries.choosing import may_answer_for, place_where_defined
from qitracker.measures.views.blueprint import bp
from qitracker.people.queries import visible_place
from qitracker.web.actors import current_actor
from qitracker.web.answers import answer, go_on


@bp.route("/<slug>/owner", methods=["GET", "POST"])
def owner(slug: str) -> ResponseReturnValue:
    """Say who owns a measure."""
    by = current_actor()
    measured = visible_measure(slug, by=by)
    place = place_where_defined(measured)
    by.must(Permission.MEASURE_DEFINE, on=place)
    form = _form(place, measured.owner_id, measured.row_version)

    def deed() -> str:
        commands.set_owner(by=by, measure_id=measured.id, owner_id=form.person_id, row_version=seen(form))
        return url_for("measures.definition", slug=slug)

    return answer(
        form,
        deed=deed,
        then=lambda address: go_on(address, say("The owner of {title} is saved.", title=measured.title)),
        page=lambda: render_template("measures/person.html", form=form, measured=measured, place=None),
    )


@bp.route("/<slug>/units/<unit>/responsible", methods=["GET", "POST"])
def responsible(slug: str, unit: str) -> ResponseReturnValue:
    """Say who answers for a measure in one unit."""
    by = current_actor()
    measured, place, collecting = _collected_at(by, slug, unit)
    by.must(Permission.MEASURE_DEFINE, on=place)
    form = _form(place, collecting.responsible_id, collecting.version)

    def deed() -> str:
        commands.set_responsible(
            by=by, measure_id=measured.id, unit_id=place.id, responsible_id=form.person_id, version=seen(form)
        )
        return url_for("measures.definition", slug=slug)

    return answer(
        form,
        deed=deed,
        then=lambda address: go_on(
            address, say("Who answers for {title} in {unit} is saved.", title=measured.title, unit=place.name)
        ),
        page=lambda: render_template("measures/person.html", form=form, measured=measured, place=place),
    )


def _form(place: Place, now: int | None, version: int) -> PersonForm:
    form = PersonForm(data={"person": "" if now is None else str(now), "seen": str(version)})
    form.person.choices = person_choices(may_answer_for(place))
    return form


def _collected_at(by: Actor, slug: str, unit: str) -> tuple[Measured, Place, Collecting]:
    measured, place = visible_measure(slug, by=by), visible_place(unit, by=by)
    for one in who_collects(measured.id):
        if one.unit_id == place.id:
            return measured, place, one
    raise NotFound
