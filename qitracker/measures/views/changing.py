"""Pages that change what a measure is: its definition, a stratum's title, whether it is in use."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.actor import Place
from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures import commands
from qitracker.measures.commands.change import earliest_turn
from qitracker.measures.commands.checks import checked_definition
from qitracker.measures.differences import Difference, differences
from qitracker.measures.forms.definition import ChangeForm, as_typed
from qitracker.measures.forms.units import RetireForm, SeenForm, StratumForm, seen
from qitracker.measures.queries import Measured, strata_of, visible_measure
from qitracker.measures.queries.choosing import place_where_defined
from qitracker.measures.rules import changes_meaning
from qitracker.measures.views.blueprint import bp
from qitracker.web.actors import current_actor
from qitracker.web.answers import answer, go_on
from qitracker.web.installation import settings, today


@bp.route("/<slug>/edit", methods=["GET", "POST"])
def edit(slug: str) -> ResponseReturnValue:
    """Change a definition; reason and first day are asked only when the change makes another measure of it."""
    measured, _place = _definable(slug)
    old = measured.newest.definition
    form = ChangeForm(data={**as_typed(old), "domain": measured.domain, "seen": str(measured.row_version)})
    form.offer()
    in_use = commands.is_in_use(measured)
    turn = _turn(form, measured) if in_use and form.is_submitted() else ()

    def deed() -> str:
        commands.change_definition(
            by=current_actor(),
            measure_id=measured.id,
            definition=form.definition(old),
            row_version=seen(form),
            today=today(),
            domain=form.domain.data,
            reason=form.reason.data or "",
            effective_from=form.effective_from.data,
            fiscal_start=settings().fiscal_year_starts,
        )
        return url_for("measures.definition", slug=slug)

    def page() -> str:
        return render_template("measures/edit.html", form=form, measured=measured, in_use=in_use, turn=turn)

    if turn and not form.asked.data and not form.reason.data:
        form.asked.data = "1"
        form.effective_from.data = form.effective_from.data or _suggested_day(form, measured)
        return page(), 422
    return answer(
        form, deed=deed, then=lambda address: go_on(address, say("{title} is saved.", title=form.title.data)), page=page
    )


def _turn(form: ChangeForm, measured: Measured) -> tuple[Difference, ...]:
    """Return what in the typed definition makes another measure of it; nothing while it cannot be read."""
    if not form.validate():
        return ()
    old = measured.newest.definition
    try:
        new = checked_definition(form.definition(old))
    except Invalid:
        return ()
    meaning = changes_meaning(old, new)
    return tuple(one for one in differences(old, new) if one.field in meaning)


def _suggested_day(form: ChangeForm, measured: Measured):  # type: ignore[no-untyped-def]
    return earliest_turn(measured, form.frequency.data, today=today(), fiscal_start=settings().fiscal_year_starts)


@bp.route("/<slug>/strata/<int:stratum_id>", methods=["GET", "POST"])
def stratum(slug: str, stratum_id: int) -> ResponseReturnValue:
    """Give a stratum another title."""
    measured, _place = _definable(slug)
    found = next((one for one in strata_of(measured.id) if one.id == stratum_id), None)
    if found is None:
        raise NotFound
    form = StratumForm(data={"title": found.title, "seen": str(measured.row_version)})

    def deed() -> str:
        commands.rename_stratum(
            by=current_actor(),
            measure_id=measured.id,
            stratum_id=stratum_id,
            title=form.title.data,
            row_version=seen(form),
        )
        return url_for("measures.definition", slug=slug)

    return answer(
        form,
        deed=deed,
        then=lambda address: go_on(address, say("The stratum is called {title} now.", title=form.title.data)),
        page=lambda: render_template("measures/stratum.html", form=form, measured=measured, stratum=found),
    )


@bp.route("/<slug>/retire", methods=["GET", "POST"])
def retire(slug: str) -> ResponseReturnValue:
    """Take a measure out of use, for a reason."""
    measured, _place = _definable(slug)
    form = RetireForm(data={"seen": str(measured.row_version)})

    def deed() -> str:
        commands.retire_measure(
            by=current_actor(), measure_id=measured.id, reason=form.reason.data, row_version=seen(form), today=today()
        )
        return url_for("measures.definition", slug=slug)

    return answer(
        form,
        deed=deed,
        then=lambda address: go_on(
            address, say("{title} is retired. Its results stay readable.", title=measured.title)
        ),
        page=lambda: render_template("measures/retire.html", form=form, measured=measured),
    )


@bp.route("/<slug>/restore", methods=["GET", "POST"])
def restore(slug: str) -> ResponseReturnValue:
    """Take a retired measure back into use."""
    measured, _place = _definable(slug)
    form = SeenForm(data={"seen": str(measured.row_version)})

    def deed() -> str:
        commands.restore_measure(by=current_actor(), measure_id=measured.id, row_version=seen(form))
        return url_for("measures.definition", slug=slug)

    return answer(
        form,
        deed=deed,
        then=lambda address: go_on(address, say("{title} is in use again.", title=measured.title)),
        page=lambda: render_template("measures/restore.html", form=form, measured=measured),
    )


def _definable(slug: str) -> tuple[Measured, Place]:
    """Return the measure if the reader may change it. Raises NotFound, NotAllowed."""
    by = current_actor()
    measured = visible_measure(slug, by=by)
    place = place_where_defined(measured)
    by.must(Permission.MEASURE_DEFINE, on=place)
    return measured, place
