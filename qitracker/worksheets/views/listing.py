"""All worksheets a person reaches, and a new one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Invalid, NotAllowed
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.links.registry import described
from qitracker.links.rules import Linked, Ref
from qitracker.people.choosing import unit_choices
from qitracker.people.queries import place_by_slug, visible_units
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.installation import today
from qitracker.worksheets.commands import make_sheet
from qitracker.worksheets.forms import NewSheetForm
from qitracker.worksheets.queries import sheet_list
from qitracker.worksheets.views.blueprint import bp


@bp.get("")
def index() -> str:
    """Show the worksheets, those at work first."""
    return render_template("worksheets/index.html", page=sheet_list(by=current_actor()))


@bp.get("/new")
def new() -> str:
    """Ask for title, kind and unit of a new worksheet."""
    return _rendered(_form())


@bp.post("/new")
def make() -> ResponseReturnValue:
    """Make a worksheet and open it."""
    form = _form()
    if form.validate_on_submit():
        source = _source()
        try:
            sheet_id = make_sheet(
                by=current_actor(),
                kind=form.kind.data,
                unit_id=place_by_slug(form.unit.data).id,
                title=form.title.data or "",
                answers=Ref(source.kind, source.id) if source else None,
            )
        except Invalid as problem:
            form.show(problem)
        else:
            flash(reader().say(say("The worksheet is made.")), "ok")
            return redirect(url_for("worksheets.show", sheet_id=sheet_id), code=303)
    return _rendered(form), 422


def _form() -> NewSheetForm:
    by = current_actor()
    if not by.may_anywhere(Permission.SHEET_MANAGE):
        raise NotAllowed(say("Worksheets are made by quality officers and facilitators. Ask one of them."))
    form = NewSheetForm(data={"kind": request.args.get("kind"), "unit": request.args.get("unit")})
    units = visible_units(by, Permission.SHEET_MANAGE, on=today())
    form.offer(unit_choices(units, sends="slug"))
    return form


def _source() -> Linked | None:
    """Return the episode or series that calls for the worksheet, if the reader may see it."""
    for kind in ("episode", "series"):
        ident = request.args.get(kind, "")
        found = described(kind, [ident], current_actor()).get(ident) if ident else None
        if found:
            return found
    return None


def _rendered(form: NewSheetForm) -> str:
    return render_template("worksheets/new.html", form=form, source=_source())
