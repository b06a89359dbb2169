"""Deeds on a chart: new limits, a point left out, a note; each with its reason, each can be taken back."""

from collections.abc import Callable
from datetime import date

from flask import request
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say
from qitracker.results.commands import annotate
from qitracker.results.views.blueprint import Where, bp, where
from qitracker.results.views.measure import refused_remark
from qitracker.web.actors import current_actor
from qitracker.web.answers import go_on


@bp.post("/phases")
def start_phase(measure: str, unit: str) -> ResponseReturnValue:
    """Calculate limits anew from a period on."""
    return _do(
        measure,
        unit,
        lambda at, start, text: annotate.start_phase(by=current_actor(), key=at.key, start=start, reason=text),
        say("Limits begin anew there. You can take this back below the chart."),
    )


@bp.post("/exclusions")
def exclude(measure: str, unit: str) -> ResponseReturnValue:
    """Leave a point out of the limits."""
    return _do(
        measure,
        unit,
        lambda at, start, text: annotate.exclude_point(by=current_actor(), key=at.key, start=start, reason=text),
        say("The point is drawn and no longer counts. You can take this back below the chart."),
    )


@bp.post("/notes")
def note(measure: str, unit: str) -> ResponseReturnValue:
    """Write a note on the chart."""
    return _do(
        measure,
        unit,
        lambda at, start, text: annotate.add_note(by=current_actor(), key=at.key, start=start, text=text),
        say("The note is on the chart."),
    )


@bp.post("/remarks/<kind>/<int:remark_id>/remove")
def remove(measure: str, unit: str, kind: str, remark_id: int) -> ResponseReturnValue:
    """Take a phase, an exclusion or a note back."""
    at = where(measure, unit, request.args.get("stratum", ""))
    by = current_actor()
    match kind:
        case "phase":
            annotate.remove_phase(by=by, key=at.key, phase_id=remark_id)
        case "exclusion":
            annotate.include_point(by=by, key=at.key, exclusion_id=remark_id)
        case _:
            annotate.remove_note(by=by, key=at.key, note_id=remark_id)
    return go_on(at.url, say("Taken back."))


def _do(measure: str, unit: str, deed: Callable[[Where, date, str], None], done: Sentence) -> ResponseReturnValue:
    at = where(measure, unit, request.args.get("stratum", ""))
    try:
        deed(at, _day(request.form.get("start", "")), request.form.get("text", ""))
    except Invalid as problem:
        return refused_remark(measure, unit, problem)
    return go_on(at.url, done)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(say("Choose a period of this chart."), field="start") from None
