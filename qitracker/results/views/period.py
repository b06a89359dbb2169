"""The page of one period: what it holds, its history and comments, and the forms that correct it."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qitracker.audit.queries import story
from qitracker.foundation.errors import Conflict, Invalid, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures.queries import definition_at
from qitracker.results.commands.record import clear_point, comment_point, correct_point
from qitracker.results.forms import CommentForm, PointForm, ReasonForm, point_form
from qitracker.results.queries.period_page import PeriodPage, period_page
from qitracker.results.queries.unrecorded import unrecorded_page
from qitracker.results.typed import as_it_stood
from qitracker.results.views.blueprint import Where, bp, where
from qitracker.web.actors import current_actor
from qitracker.web.answers import go_on, tell
from qitracker.web.filters import reader
from qitracker.web.installation import settings
from qitracker.web.sent import version_seen

MOST_TOLD = 500


@bp.get("/periods/<start>")
def period(measure: str, unit: str, start: str) -> ResponseReturnValue:
    """Show one period; a closed one that holds nothing says why it takes no number."""
    at, day = _where(measure, unit, start)
    seen = {"by": current_actor(), "key": at.key, "place": at.place, "measured": at.measured, "start": day}
    try:
        page = period_page(**seen)
    except NotFound:
        return render_template("results/unrecorded.html", at=at, page=unrecorded_page(**seen))
    return _render(at, page)


@bp.get("/history")
def history(measure: str, unit: str) -> ResponseReturnValue:
    """Show everything that was done to the series."""
    at = where(measure, unit, request.args.get("stratum", ""))
    current_actor().must(Permission.RESULT_READ, on=at.place)
    return render_template("results/history.html", at=at, told=story([at.key.subject], limit=MOST_TOLD))


@bp.post("/periods/<start>/correct")
def correct(measure: str, unit: str, start: str) -> ResponseReturnValue:
    """Correct what the period holds."""
    at, page = _look(measure, unit, start)
    form = _form(at, page)
    if form.validate_on_submit():
        try:
            done = correct_point(
                by=current_actor(),
                key=at.key,
                entry=as_it_stood(form.entry(page.definition, page.start), page.point.entry(), page.definition),
                reason=form.reason.data or "",
                seen=version_seen(form.seen.data),
                today=at.today,
                fiscal_start=settings().fiscal_year_starts,
            )
        except Invalid as problem:
            form.show(problem)
        except Conflict as clash:
            return _render(at, page, form, clash=clash), 409
        else:
            tell(say("The correction is saved."))
            for warning in done.warnings:
                flash(reader().say(warning), "warn")
            return redirect(_url(at, page.start), code=303)
    return _render(at, page, form), 422


@bp.post("/periods/<start>/clear")
def clear(measure: str, unit: str, start: str) -> ResponseReturnValue:
    """Take the period away."""
    at, page = _look(measure, unit, start)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            clear_point(
                by=current_actor(),
                key=at.key,
                start=page.start,
                reason=form.reason.data or "",
                seen=version_seen(form.seen.data),
            )
        except Invalid as problem:
            form.show(problem)
        else:
            return go_on(at.url, say("The period is taken away. Its history is kept."))
    return _render(at, page, clearing=form), 422


@bp.post("/periods/<start>/comments")
def comment(measure: str, unit: str, start: str) -> ResponseReturnValue:
    """Write a comment beside the period."""
    at, page = _look(measure, unit, start)
    form = CommentForm()
    if form.validate_on_submit():
        try:
            comment_point(by=current_actor(), key=at.key, start=page.start, text=form.comment.data or "")
        except Invalid as problem:
            form.show(problem)
        else:
            return go_on(_url(at, page.start))
    return _render(at, page, commenting=form), 422


def _where(measure: str, unit: str, start: str) -> tuple[Where, date]:
    at = where(measure, unit, request.args.get("stratum", ""))
    try:
        return at, date.fromisoformat(start)
    except ValueError:
        raise NotFound from None


def _look(measure: str, unit: str, start: str) -> tuple[Where, PeriodPage]:
    at, day = _where(measure, unit, start)
    return at, period_page(by=current_actor(), key=at.key, place=at.place, measured=at.measured, start=day)


def _url(at: Where, start: date) -> str:
    return url_for(
        "results.period", measure=at.measure, unit=at.unit, start=start.isoformat(), stratum=at.stratum or None
    )


def _form(at: Where, page: PeriodPage) -> PointForm:
    held = page.point
    shown = {
        "state": held.state.value,
        "numerator": page.typed_numerator,
        "denominator": page.typed_denominator,
        "n": "" if held.n is None else f"{held.n:g}",
        "seen": str(held.version),
    }
    return point_form(definition_at(at.measured, page.start), (), correcting=True, **shown)


def _render(
    at: Where,
    page: PeriodPage,
    form: PointForm | None = None,
    *,
    clash: Conflict | None = None,
    clearing: ReasonForm | None = None,
    commenting: CommentForm | None = None,
) -> str:
    return render_template(
        "results/period.html",
        page=page,
        at=at,
        form=form or _form(at, page),
        clash=clash,
        clearing=clearing or ReasonForm(seen=str(page.point.version)),
        commenting=commenting or CommentForm(),
    )
