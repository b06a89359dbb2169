"""What the worker does for reports: gather, draw, make the PDF, keep it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from babel import Locale
from flask import current_app
from flask_babel import gettext

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.config import Settings
from qitracker.foundation.errors import Invalid, NotFound, Refusal
from qitracker.foundation.locale import Reader
from qitracker.foundation.words import say
from qitracker.jobs.registry import Context, job
from qitracker.people.queries import timezone_of
from qitracker.reports import commands, queries
from qitracker.reports.kinds.gathering import Frame, gather
from qitracker.reports.kinds.improving import gather_improvement
from qitracker.reports.kinds.measures import MeasuresReport
from qitracker.reports.rendering.pages import to_pdf
from qitracker.reports.rules import IMPROVEMENT, MEASURES, Wanted
from qitracker.reports.shelf import folder, keep

GATHERS: Final[Mapping[str, Callable[..., MeasuresReport]]] = {MEASURES: gather, IMPROVEMENT: gather_improvement}


@job(commands.KIND, title=say("Making a report"))
def make_report(context: Context, by: Actor, **asked: Any) -> dict[str, Any]:
    """Make the report that was asked for and return its number.

    The document is numbered by its job: one that was interrupted and is done again finds what stands already,
    and nobody gets two.
    """
    document = f"MR-{context.job_id}"
    known = queries.report_by_document(document)
    if known is not None:
        return {"report_id": known}
    settings: Settings = current_app.extensions["settings"]
    frame = _frame(by, asked, document, settings)
    total = len(frame.series) + 1
    reader = Reader(Locale.parse(settings.language, sep="-"), frame.timezone, gettext)
    make = GATHERS[asked.get("kind", MEASURES)]
    report = make(by=by, frame=frame, reader=reader, progress=lambda done, _: context.progress(done, total))
    context.progress(total - 1, total)
    made = to_pdf(report, templates=current_app.jinja_env, translate=gettext)
    path = folder(settings) / queries.file_name(document, report.fingerprint())
    keep(path, made)
    try:
        done = commands.Finished(report, frame.unit, frame.first, frame.last, len(made))
        return {"report_id": commands.keep_report(by=by, done=done)}
    except Refusal:  # the right to it went while it was made
        path.unlink(missing_ok=True)
        raise


def _frame(by: Actor, asked: dict[str, Any], document: str, settings: Settings) -> Frame:
    if "wanted" not in asked:
        raise Invalid(say("This report was asked for before the program was updated. Ask for it again."))
    unit = queries.unit_of_wish(asked["unit_id"], by=by)
    timezone = timezone_of(unit.id, default=settings.timezone)
    known = {one.id: one for one in queries.measures_in(unit, by=by)}
    wanted = [Wanted.of(sign) for sign in asked["wanted"]]
    series = [(known[one.measure_id], one.part) for one in wanted if one.measure_id in known]
    if not series:
        raise NotFound(say("None of these measures is collected in this unit any more. Ask for another report."))
    return Frame(
        unit=unit,
        series=series,
        first=date.fromisoformat(asked["first"]),
        last=date.fromisoformat(asked["last"]),
        today=clock.today(timezone),
        timezone=timezone,
        now=clock.now().replace(microsecond=0),
        document=document,
        paper=asked["paper"],
        name=settings.name,
    )
