"""One row and period: as a page with a plain form, and as the facts that open beside a cell."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Conflict, Invalid
from qitracker.people.local_day import today_in
from qitracker.results.commands.cells import Line, Saved, save_cell
from qitracker.results.commands.record import comment_point
from qitracker.results.forms import OneForm, one_form
from qitracker.results.queries.beside import beside
from qitracker.results.queries.one import OnePage, one_page
from qitracker.results.queries.points import StoredPoint
from qitracker.results.queries.sheet_keys import SheetKeys, sheet_keys
from qitracker.results.queries.sheet_rows import slot_of
from qitracker.results.typed import Typed, entry_of, in_cell, number_text
from qitracker.results.views.answers import numbers_words, value_words
from qitracker.results.views.entry import bp, sheet_address
from qitracker.results.views.sent import day_of, reader_marks, sent_cell
from qitracker.spc.analysis import State
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.installation import settings
from qitracker.web.sent import sent, text_of


@bp.route("/<unit>/<measure>/<start>", methods=["GET", "POST"])
def one(unit: str, measure: str, start: str) -> ResponseReturnValue:
    """Show and save one row and period."""
    keys = sheet_keys(unit, by=current_actor())
    page = _page(unit, keys, measure, start)
    form = _form(page)
    if not form.validate_on_submit():
        return render_template("entry/one.html", **_context(page, form)), 422 if form.errors else 200
    try:
        done = _save(page, form)
    except Invalid as problem:
        form.show(Invalid(problem.words, fields=in_cell(problem)))
    except Conflict as clash:
        return render_template("entry/one.html", **_context(page, form, clash)), 409
    else:
        _tell(page, done)
        return redirect(_onwards(page), code=303)
    return render_template("entry/one.html", **_context(page, form)), 422


@bp.post("/<unit>/beside")
def beside_cell(unit: str) -> ResponseReturnValue:
    """Send what stands beside one cell."""
    return _beside(unit, sheet_keys(unit, by=current_actor()))


@bp.post("/<unit>/comments")
def comment(unit: str) -> ResponseReturnValue:
    """Write a comment beside a cell, and send what stands there now."""
    keys, body = sheet_keys(unit, by=current_actor()), sent()
    what = sent_cell(body)
    key, _, _ = keys.find(what.measure, what.stratum)
    comment_point(by=current_actor(), key=key, start=what.start, text=text_of(body, "comment"))
    return _beside(unit, keys)


def _beside(unit: str, keys: SheetKeys) -> str:
    what = sent_cell(sent())
    key, measured, part = keys.find(what.measure, what.stratum)
    page = beside(by=current_actor(), place=keys.place, key=key, measured=measured, stratum=part, start=what.start)
    here = url_for(
        "entry.one", unit=unit, measure=what.measure, start=what.start.isoformat(), stratum=what.stratum or None
    )
    return render_template(
        "entry/_beside.html", page=page, here=here, numbers_words=numbers_words, value_words=value_words
    )


def _page(unit: str, keys: SheetKeys, measure: str, start: str) -> OnePage:
    return one_page(
        by=current_actor(),
        unit=unit,
        keys=keys,
        slug=measure,
        stratum=request.args.get("stratum", ""),
        start=day_of(start),
        today=today_in(keys.place.id),
        fiscal_start=settings().fiscal_year_starts,
    )


def _form(page: OnePage) -> OneForm:
    slot, decimal = page.row.slots[0], reader_marks().decimal
    stateful = slot.is_stateful and slot.state is not None
    return one_form(
        page.facts.definition,
        is_closed=page.stage.is_closed,
        numerator=number_text(slot.shown, decimal),
        denominator=number_text(slot.other, decimal),
        state=str(slot.state) if stateful else State.VALUE.value,
        seen=str(slot.version),
    )


def _save(page: OnePage, form: OneForm) -> Saved:
    state = State(form.state.data)
    typed = Typed(
        numerator=form.numerator.data or "",
        denominator=form.denominator.data or "" if "denominator" in form else "",
        state=None if state is State.VALUE else state,
        comment=form.comment.data or "",
    )
    definition, start = page.facts.definition, page.facts.start
    return save_cell(
        by=current_actor(),
        line=Line(page.row.key, start, entry_of(typed, definition, start, reader_marks()), form.seen_version()),
        reason=form.reason.data or "" if "reason" in form else "",
        today=today_in(page.row.key.unit_id),
        fiscal_start=settings().fiscal_year_starts,
    )


def _tell(page: OnePage, done: Saved) -> None:
    period = reader().period(page.facts.start, page.frequency)
    said = "{title}, {period}: saved." if done.entry else "{title}, {period}: taken away."
    if not done.is_change:
        said = "{title}, {period}: nothing changed, the same numbers stand there already."
    flash(reader().translate(said).format(title=page.row.full_title, period=period), "ok")
    for warning in done.warnings:
        flash(reader().say(warning), "warn")


def _onwards(page: OnePage) -> str:
    """Return the next empty row of the period; the sheet when none is left or the reader wants to go back."""
    following = page.following
    if following is None or "back" in request.form:
        return sheet_address(page.unit, page.frequency, page.facts.start)
    return url_for(
        "entry.one",
        unit=page.unit,
        measure=following.slug,
        start=page.facts.start.isoformat(),
        stratum=following.stratum.code if following.stratum else None,
    )


def _context(page: OnePage, form: OneForm, clash: Conflict | None = None) -> dict[str, object]:
    theirs = clash.theirs if clash and isinstance(clash.theirs, StoredPoint) else None
    return {
        "page": page,
        "form": form,
        "clash": clash,
        "theirs": numbers_words(slot_of(page.facts.definition, page.facts.start, theirs)),
        "theirs_version": theirs.version if theirs else 0,
        "back": sheet_address(page.unit, page.frequency, page.facts.start),
        "numbers_words": numbers_words,
        "value_words": value_words,
    }
