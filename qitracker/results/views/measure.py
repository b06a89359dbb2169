"""The page of one measure in one unit: sentence, chart, table; and the form that records the next period."""

from datetime import date

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Invalid
from qitracker.foundation.periods import period_end, period_of, previous_period
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures.rules import Frequency
from qitracker.people.choosing import unit_choices
from qitracker.people.local_day import today_in
from qitracker.people.queries import visible_place
from qitracker.results.commands.record import record_point
from qitracker.results.forms import PointForm, RemarkForm, point_form, remark_form
from qitracker.results.queries.measure_page import MeasurePage, PageFacts, measure_page, page_facts
from qitracker.results.queries.reported import View
from qitracker.results.table import table_rows
from qitracker.results.views.blueprint import bp, where
from qitracker.results.views.drawing import drawn
from qitracker.spc.registry import CHART_TYPES, RULE_SETS
from qitracker.spc.wording import headline, reasons, target_sentence
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.installation import settings
from qitracker.web.kept import kept

CANDIDATES = 36
NEW_SHEET = "worksheets.new"  # a page of a higher capability, which may not be installed


@bp.get("")
def show(measure: str, unit: str) -> ResponseReturnValue:
    """Show what the numbers say, and the form for the next period."""
    facts = _facts(measure, unit)
    return kept(facts, lambda: _shown(facts))


@bp.get("/another")
def another(measure: str, unit: str) -> ResponseReturnValue:
    """Go to the page of the same measure, or part of it, in the unit that was chosen; without one, back."""
    at = where(measure, unit, request.args.get("stratum", ""))
    asked = request.args.get("unit") or unit
    visible_place(asked, by=current_actor())
    return redirect(url_for("results.show", measure=measure, unit=asked, stratum=at.stratum or None), code=303)


@bp.post("/results")
def record(measure: str, unit: str) -> ResponseReturnValue:
    """Record one period, then show the chart that includes it."""
    at = where(measure, unit, request.args.get("stratum", ""))
    page = _page(measure, unit)
    form = _form(page)
    if form is None:
        current_actor().must(Permission.RESULT_RECORD, on=at.place)
        raise Invalid(
            say("{unit} shows the sum of units below it. Record the result in one of them.", unit=at.place.name)
        )
    if form.validate_on_submit():
        try:
            start = form.start()
            done = record_point(
                by=current_actor(),
                key=at.key,
                entry=form.entry(page.reported.definition, start),
                today=at.today,
                fiscal_start=settings().fiscal_year_starts,
            )
        except Invalid as problem:
            form.show(problem)
        else:
            period = reader().period(done.start, page.reported.definition.frequency)
            flash(reader().translate("{period} is recorded.").format(period=period), "ok")
            for warning in done.warnings:
                flash(reader().say(warning), "warn")
            return redirect(at.url, code=303)
    return _render(page, form), 422


def refused_remark(measure: str, unit: str, problem: Invalid) -> ResponseReturnValue:
    """Show the page again with the remark as it was typed, and what is wrong with it."""
    page = _page(measure, unit)
    return _render(page, _form(page), problem), 422


def _shown(facts: PageFacts) -> str:
    page = measure_page(facts)
    return _render(page, _form(page))


def _page(measure: str, unit: str) -> MeasurePage:
    return measure_page(_facts(measure, unit))


def _facts(measure: str, unit: str) -> PageFacts:
    place = visible_place(unit, by=current_actor())
    view = View(
        chart=_known(request.args.get("chart", ""), CHART_TYPES),
        rule_set=_known(request.args.get("rules", ""), RULE_SETS),
        stratum=request.args.get("stratum", ""),
    )
    return page_facts(
        by=current_actor(),
        place=place,
        measure=measure,
        unit=unit,
        today=today_in(place.id),
        view=view,
        fiscal_start=settings().fiscal_year_starts,
    )


def _known(code: str, shelf) -> str:  # type: ignore[no-untyped-def]
    return code if code in shelf.kinds else ""


def _form(page: MeasurePage) -> PointForm | None:
    if not page.may_record:
        return None
    definition = page.reported.definition
    default = page.next_start.isoformat() if page.next_start else None
    return point_form(definition, _candidates(page), today=page.today, period=default, day=page.next_start)


def _candidates(page: MeasurePage) -> list[date]:
    """Return the periods that can be recorded: the newest first, those recorded or closed already left out."""
    definition = page.reported.definition
    if definition.frequency in (Frequency.DAY, Frequency.EVENT):
        return []
    left_out = page.recorded.union(page.closed)
    start = period_of(page.today, definition.frequency, fiscal_start=settings().fiscal_year_starts)
    found: list[date] = []
    for _ in range(CANDIDATES):
        if page.begins and period_end(start, definition.frequency) < page.begins:
            break
        if start not in left_out:
            found.append(start)
        start = previous_period(start, definition.frequency)
    return found


def _remark_form(page: MeasurePage, problem: Invalid | None) -> RemarkForm | None:
    starts = [point.start for point in page.reported.analysis.points]
    if not page.may_annotate or not (starts or problem):  # what was typed stays, even when the points went meanwhile
        return None
    form = remark_form(starts, page.reported.definition.frequency)
    if problem:
        form.show(Invalid(problem.words, field="start" if "start" in problem.fields else "text"))
    return form


def _render(page: MeasurePage, form: PointForm | None, problem: Invalid | None = None) -> str:
    reported = page.reported
    definition = reported.definition
    named = headline(reported.analysis, name=definition.title, unit=definition.unit, decimals=definition.decimals)
    return render_template(
        "results/show.html",
        page=page,
        form=form,
        headline=named,
        reasons=reasons(reported.analysis, unit=definition.unit, decimals=definition.decimals),
        target_words=target_sentence(
            reported.analysis,
            reported.target.value if reported.target else None,
            unit=definition.unit,
            decimals=definition.decimals,
            target_decimals=reported.target.decimals if reported.target else 0,
        ),
        rows=table_rows(reported.analysis),
        pictures=drawn(reported),
        chart_titles={code: CHART_TYPES.get(code).title for code in page.charts if code in CHART_TYPES.kinds},
        rule_sets={code: RULE_SETS.get(code).title for code in RULE_SETS.kinds},
        remark_form=_remark_form(page, problem),
        units=unit_choices(page.elsewhere, sends="slug"),
        study_url=_study_url(page),
    )


def _study_url(page: MeasurePage) -> str:
    """Return where an analysis of the latest signal is begun; "" for those who may not, or without worksheets."""
    begin = page.came_of.to_study
    if begin is None or not page.may_study or NEW_SHEET not in current_app.view_functions:
        return ""
    return url_for(NEW_SHEET, kind="fmea", unit=page.unit_slug, episode=begin.id)
