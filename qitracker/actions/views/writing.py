"""Write an action: a new one, in answer to something or by itself, and a changed one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qitracker.actions import commands, queries
from qitracker.actions.commands.plans import Plan
from qitracker.actions.differences import Both, both_values
from qitracker.actions.forms import ActionForm, as_typed, ref_named, seen_in
from qitracker.actions.hierarchy import STRENGTH_REASONS, STRENGTH_WORDS
from qitracker.actions.views.blueprint import bp
from qitracker.audit.queries import story
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.errors import Conflict, Invalid, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.links.registry import described
from qitracker.links.rules import Linked, Ref
from qitracker.people.choosing import unit_choices
from qitracker.people.local_day import today_in
from qitracker.people.queries import place_of, visible_place, visible_units
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.installation import today


@bp.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Choose a unit, then write an action; `answers` in the address names what it answers."""
    by = current_actor()
    answers = ref_named(request.args.get("answers", ""))
    source = _source(answers)
    unit = _unit(by, source)
    if unit is None:
        units = visible_units(by, Permission.ACTION_EDIT, on=today())
        choices = unit_choices(units, sends="slug")
        page = render_template("actions/choose_unit.html", units=choices, source=source, answers=answers)
        return page, 422 if request.method == "POST" else 200
    form = ActionForm()
    form.offer(queries.offered_in(unit, by=by))
    if form.validate_on_submit():
        try:
            action_id = commands.add_action(by=by, unit_id=unit.id, answers=answers, **form.plan())
        except Invalid as problem:
            form.show(problem)
        else:
            flash(reader().say(say("The action is in the register.")), "ok")
            return redirect(url_for("actions.show", action_id=action_id), code=303)
    page = _form_page(form, unit=unit, source=source)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:action_id>/edit", methods=["GET", "POST"])
def edit(action_id: int) -> ResponseReturnValue:
    """Change what an action says. Two who change it at once see both, and nothing is overwritten."""
    by = current_actor()
    line = queries.known_action(action_id, by=by)
    by.must(Permission.ACTION_EDIT, on=line.unit)
    today_in(line.unit.id)
    form = ActionForm(data=as_typed(line))
    offered = queries.offered_in(line.unit, by=by)
    form.offer(offered, now=line)
    both: tuple[Both, ...] = ()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            commands.change_action(by=by, action_id=action_id, seen=seen_in(form), **form.plan())
        except Invalid as problem:
            form.show(problem)
        except Conflict as conflict:
            status = 409
            form.form_errors.append(reader().say(conflict.words))
            if isinstance(conflict.theirs, queries.ActionLine) and isinstance(conflict.mine, Plan):
                both = both_values(conflict.theirs, conflict.mine, offered.judges)
                form.seen.data = str(conflict.theirs.version)  # who has seen both may keep their own
        else:
            flash(reader().say(say("The action is saved.")), "ok")
            return redirect(url_for("actions.show", action_id=action_id), code=303)
    changed = story([line.ref], limit=1) if both else ()
    return _form_page(form, unit=line.unit, line=line, both=both, changed=changed[0] if changed else None), status


def _unit(by: Actor, source: Linked | None) -> Place | None:
    """Return where the action is done: the unit that the address names, else that of what it answers; None: ask."""
    if request.args.get("unit"):
        named = visible_place(request.args["unit"], by=by)
        by.must(Permission.ACTION_EDIT, on=named)
        return named
    if source is None or source.unit_id is None or "elsewhere" in request.args:
        return None
    place = place_of(source.unit_id)
    return place if by.may(Permission.ACTION_EDIT, on=place) else None


def _source(answers: Ref | None) -> Linked | None:
    """Return what the address says is answered. Raises NotFound for what is not there, or not for this reader."""
    if "answers" not in request.args:
        return None
    found = described(answers.kind, [answers.id], current_actor()).get(answers.id) if answers else None
    if found is None:
        raise NotFound(say("What this action should answer is not there any more, or belongs to a unit not yours."))
    return found


def _form_page(form: ActionForm, **facts: object) -> str:
    words = {"strengths": STRENGTH_WORDS, "reasons": STRENGTH_REASONS}
    return render_template(
        "actions/form.html", **{"line": None, "source": None, "both": (), "changed": None, **words, **facts}, form=form
    )
