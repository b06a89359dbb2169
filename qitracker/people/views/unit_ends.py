"""Pages where a unit ends or begins again: close, merge, open again."""

from datetime import date

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.people import commands, queries
from qitracker.people.choosing import unit_choices
from qitracker.people.forms import CloseForm, MergeForm, SeenForm
from qitracker.people.queries.unit_pages import closing_page, unit_page
from qitracker.people.views.blueprints import units_bp
from qitracker.web.actors import current_actor
from qitracker.web.answers import answer, go_on, tell
from qitracker.web.installation import today


@units_bp.route("/units/<slug>/close", methods=["GET", "POST"])
def close(slug: str) -> ResponseReturnValue:
    """Ask before a unit is closed, naming what closes with it."""
    page, by = closing_page(by=current_actor(), slug=slug), current_actor()
    form = CloseForm(data={"seen": page.unit.version, "last_day": today()})
    return answer(
        form,
        deed=lambda: commands.close_unit(
            by=by,
            unit_id=page.unit.id,
            seen=form.seen.data,
            last_day=form.last_day.data,
            sure=form.sure.data or "",
        ),
        then=lambda _: go_on(url_for("units.show", slug=slug), _closed(page.unit.name, form.last_day.data)),
        page=lambda: render_template("people/unit_close.html", form=form, page=page),
    )


@units_bp.route("/units/<slug>/merge", methods=["GET", "POST"])
def merge(slug: str) -> ResponseReturnValue:
    """Ask before a unit ends and goes on as another."""
    page, by = closing_page(by=current_actor(), slug=slug), current_actor()
    form = MergeForm(data={"seen": page.unit.version, "last_day": today()})
    ending = {unit.id for unit in page.closing}
    choices = queries.visible_units(by, Permission.UNIT_MANAGE, on=today())
    form.target.choices = unit_choices(
        unit for unit in choices if unit.id not in ending and unit.kind != "organisation"
    )
    if not form.target.choices:
        raise NotFound(say("There is no other open unit that {unit} could go on as.", unit=page.unit.name))

    def deed() -> None:
        commands.merge_units(
            by=by,
            source_id=page.unit.id,
            target_id=form.target.data,
            seen=form.seen.data,
            last_day=form.last_day.data,
            sure=form.sure.data or "",
        )

    return answer(
        form,
        deed=deed,
        then=lambda _: go_on(url_for("units.show", slug=slug), _merged(page.unit.name, form.last_day.data)),
        page=lambda: render_template("people/unit_merge.html", form=form, page=page),
    )


@units_bp.post("/units/<slug>/reopen")
def reopen(slug: str) -> ResponseReturnValue:
    """Open a closed unit again."""
    by, form = current_actor(), SeenForm()
    page = unit_page(by=by, slug=slug, today=today())
    by.must(Permission.UNIT_MANAGE, on=page.place)
    if not form.validate_on_submit():
        raise Invalid(say("The page did not say which state of the unit you saw. Reload it and try again."))
    commands.reopen_unit(by=by, unit_id=page.unit.id, seen=form.seen.data)
    tell(say("{unit} is open again.", unit=page.unit.name))
    return redirect(url_for("units.show", slug=slug), code=303)


def _closed(unit: str, last: date) -> Sentence:
    if last < today():
        return say("{unit} is closed.", unit=unit)
    return say("{unit} closes at the end of {day}.", unit=unit, day=last)


def _merged(unit: str, last: date) -> Sentence:
    if last < today():
        return say("{unit} is merged.", unit=unit)
    return say("{unit} goes on as the other unit after {day}.", unit=unit, day=last)
