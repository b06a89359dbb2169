"""The page that waits for a job, and the deed that calls it off."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qitracker.jobs import commands
from qitracker.jobs.queries import JobView, job_view
from qitracker.jobs.registry import result_address
from qitracker.web.actors import current_actor

bp = Blueprint("jobs", __name__, url_prefix="/jobs")


@bp.get("/<int:job_id>")
def show(job_id: int) -> ResponseReturnValue:
    """Show the progress of a job; once it is done, go to its result."""
    page = job_view(by=current_actor(), job_id=job_id)
    address = _address(page)
    if address and "stay" not in request.args:
        return redirect(address, code=303)
    return render_template("jobs/show.html", page=page, result_url=address)


@bp.get("/<int:job_id>/progress")
def progress(job_id: int) -> ResponseReturnValue:
    """Send the progress alone, for the page that polls."""
    page = job_view(by=current_actor(), job_id=job_id)
    return render_template("jobs/_progress.html", page=page, result_url=_address(page))


@bp.post("/<int:job_id>/cancel")
def cancel(job_id: int) -> ResponseReturnValue:
    """Call the job off."""
    commands.cancel(by=current_actor(), job_id=job_id)
    return redirect(url_for("jobs.show", job_id=job_id, stay=1), code=303)


def _address(page: JobView) -> str | None:
    address = result_address(page.kind)
    return address(page) if address and page.state == "done" else None
