"""Pages of the tree: see it, add a unit, look at one, change it, move it."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import NotAllowed, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.people import commands, queries, rules
from qitracker.people.choosing import unit_choices
from qitracker.people.forms import AddUnitForm, EditUnitForm, MoveForm, offer_calendars
from qitracker.people.queries import UnitChoice
from qitracker.people.queries.unit_pages import UnitPage, unit_page, unit_tree
from qitracker.people.views.blueprints import units_bp
from qitracker.web.actors import current_actor
from qitracker.web.answers import answer, go_on
from qitracker.web.filters import use_timezone
from qitracker.web.installation import today


@units_bp.get("/units")
def index() -> str:
    """Show the tree as far as the reader's roles go."""
    return render_template("people/units.html", page=unit_tree(by=current_actor(), today=today()))


@units_bp.route("/units/add", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """Add a unit below another."""
    by, form = current_actor(), AddUnitForm()
    parents = queries.visible_units(by, Permission.UNIT_ADD, on=today())
    if not parents:
        raise NotAllowed(say("Units are added by administrators. Ask one to add the unit you have in mind."))
    form.offer(parents, queries.calendars())
    if not form.is_submitted():
        form.valid_from.data = today()
        form.parent.data = next((unit.id for unit in parents if unit.slug == request.args.get("below")), None)

    def deed() -> None:
        commands.add_unit(
            by=by,
            parent_id=form.parent.data,
            kind=form.kind.data,
            name=form.name.data,
            code=form.code.data,
            valid_from=form.valid_from.data,
            timezone=form.timezone.data,
            calendar_id=form.calendar.data,
        )

    return answer(
        form,
        deed=deed,
        then=lambda _: go_on(url_for("units.index"), say("{unit} is added.", unit=form.name.data)),
        page=lambda: render_template("people/unit_add.html", form=form),
    )


@units_bp.get("/units/<slug>")
def show(slug: str) -> str:
    """Show one unit."""
    page = unit_page(by=current_actor(), slug=slug, today=today())
    use_timezone(page.timezone.value)
    return render_template("people/unit.html", page=page)


@units_bp.route("/units/<slug>/edit", methods=["GET", "POST"])
def edit(slug: str) -> ResponseReturnValue:
    """Change what a unit is called, its first day, time zone and calendar."""
    page = _kept(slug)
    form = EditUnitForm(data=_as_entered(page))
    offer_calendars(form, queries.calendars())

    def deed() -> None:
        commands.change_unit(
            by=current_actor(),
            unit_id=page.unit.id,
            seen=form.seen.data,
            name=form.name.data,
            code=form.code.data,
            timezone=form.timezone.data,
            calendar_id=form.calendar.data,
            valid_from=form.valid_from.data,
        )

    return answer(
        form,
        deed=deed,
        then=lambda _: go_on(url_for("units.show", slug=slug), say("{unit} is saved.", unit=form.name.data)),
        page=lambda: render_template("people/unit_edit.html", form=form, page=page),
    )


def _kept(slug: str) -> UnitPage:
    page = unit_page(by=current_actor(), slug=slug, today=today())
    current_actor().must(Permission.UNIT_MANAGE, on=page.place)
    return page


def _as_entered(page: UnitPage) -> dict[str, object]:
    unit = page.unit
    return {
        "name": unit.name,
        "code": unit.code,
        "valid_from": unit.valid_from,
        "timezone": page.own_timezone,
        "calendar": page.own_calendar_id,
        "seen": unit.version,
    }


@units_bp.route("/units/<slug>/move", methods=["GET", "POST"])
def move(slug: str) -> ResponseReturnValue:
    """Hang a unit, with all below it, under another."""
    page, by = _kept(slug), current_actor()
    form = MoveForm(data={"seen": page.unit.version})
    form.parent.choices = unit_choices(_other_places(page))
    return answer(
        form,
        deed=lambda: commands.move_unit(by=by, unit_id=page.unit.id, parent_id=form.parent.data, seen=form.seen.data),
        then=lambda _: go_on(url_for("units.show", slug=slug), say("{unit} is moved.", unit=page.unit.name)),
        page=lambda: render_template("people/unit_move.html", form=form, page=page),
    )


def _other_places(page: UnitPage) -> list[UnitChoice]:
    """Return where a unit could be hung instead. Raises NotFound, NotAllowed when there is nothing to choose."""
    if page.unit.parent_id is None:
        raise NotFound(say("{unit} is the top of the tree and cannot be moved.", unit=page.unit.name))
    if not page.may_close:
        raise NotAllowed(say("Moving {unit} needs the right to keep the unit above it.", unit=page.unit.name))
    here = {page.unit.id, page.unit.parent_id, *(row.unit.id for row in page.below)}
    open_units = queries.visible_units(current_actor(), Permission.UNIT_MANAGE, on=today())
    found = [one for one in open_units if one.id not in here and rules.may_stand_below(page.unit.kind, one.kind)]
    if not found:
        raise NotFound(say("There is no other place for {unit} in the part you keep.", unit=page.unit.name))
    return found
