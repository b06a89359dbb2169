"""Pages of reports: the list, asking for one, one report, its PDF, deleting it."""

from flask import Blueprint, flash, redirect, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.jobs.registry import result_page
from qitracker.people.choosing import unit_choices
from qitracker.people.queries import timezone_of, visible_place, visible_units
from qitracker.reports import commands, queries
from qitracker.reports.forms import ReportForm
from qitracker.reports.shelf import folder
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader, use_timezone
from qitracker.web.installation import settings, today

bp = Blueprint("reports", __name__, url_prefix="/reports")

result_page(commands.KIND, lambda job: url_for("reports.show", report_id=job.result["report_id"]))


@bp.get("")
def index() -> str:
    """List finished reports, newest first."""
    by = current_actor()
    may_make = by.may_anywhere(Permission.REPORT_MAKE)
    return render_template("reports/index.html", reports=queries.report_list(by=by), may_make=may_make)


@bp.get("/new")
def new() -> str:
    """Choose a unit, then measures and period."""
    by = current_actor()
    if not request.args.get("unit"):
        units = visible_units(by, Permission.REPORT_MAKE, on=today())
        return render_template("reports/choose_unit.html", units=unit_choices(units, sends="slug"))
    page, form = _asked(request.args["unit"], by)
    return render_template("reports/new.html", page=page, form=form)


@bp.post("/new")
def ask() -> ResponseReturnValue:
    """Queue the report and go to the page that waits for it."""
    by = current_actor()
    page, form = _asked(request.args.get("unit", ""), by)
    if form.validate_on_submit():
        try:
            job_id = commands.ask_for_report(by=by, unit_id=page.unit.id, wish=form.wish())
        except Invalid as problem:
            form.show(problem)
        else:
            return redirect(url_for("jobs.show", job_id=job_id), code=303)
    return render_template("reports/new.html", page=page, form=form), 422


@bp.get("/<int:report_id>")
def show(report_id: int) -> str:
    """Show what a report says and where its PDF is."""
    by = current_actor()
    page = queries.report_view(report_id, by=by)
    use_timezone(timezone_of(page.unit.id, default=settings().timezone))
    return render_template(
        "reports/show.html",
        page=page,
        may_delete=by.may(Permission.REPORT_MAKE, on=page.unit),
        is_on_disk=(folder(settings()) / page.file_name).is_file(),
    )


@bp.get("/<int:report_id>/pdf")
def pdf(report_id: int) -> ResponseReturnValue:
    """Send the stored PDF at once; it never changes."""
    page = queries.report_view(report_id, by=current_actor())
    place = folder(settings())
    if not (place / page.file_name).is_file():
        raise NotFound(
            say("The file of {document} is gone from the disk. Make the report anew.", document=page.document)
        )
    name = f"{page.document} {page.title}.pdf"
    response = send_from_directory(place, page.file_name, mimetype="application/pdf", download_name=name, etag=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@bp.post("/<int:report_id>/delete")
def delete(report_id: int) -> ResponseReturnValue:
    """Delete a report."""
    by = current_actor()
    page = queries.report_view(report_id, by=by)
    commands.delete_report(by=by, report_id=report_id, folder=folder(settings()))
    flash(reader().say(say("{document} is deleted.", document=page.document)), "ok")
    return redirect(url_for("reports.index"), code=303)


def _asked(slug: str, by: Actor) -> tuple[queries.NewReport, ReportForm]:
    unit = visible_place(slug, by=by)
    page = queries.new_report(
        by=by,
        unit=unit,
        today=clock.today(timezone_of(unit.id, default=settings().timezone)),
        measure=request.args.get("measure", ""),
        part=request.args.get("stratum", ""),
    )
    form = ReportForm()
    form.offer(page.offered, page.span, ticked=page.ticked)
    return page, form
