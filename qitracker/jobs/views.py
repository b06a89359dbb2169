"""The page that waits for a job, and the deed that calls it off."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qitracker.jobs import commands
from qitracker.jobs.queries import JobView, job_view
from qitracker.web.actors import current_actor

bp = Blueprint("jobs", __name__, url_prefix="/jobs")

_result_pages: dict[str, Callable[[JobView], str]] = {}


def result_page(kind: str, address: Callable[[JobView], str]) -> None:
    """Let a capability say where the result of its kind of job is read."""
    _result_pages[kind] = address


@bp.get("/<int:job_id>")
def show(job_id: int) -> ResponseReturnValue:
    """Show the progress of a job; once it is done, go to its result."""
    page = job_view(by=current_actor(), job_id=job_id)
    address = _result_pages.get(page.kind)
    if page.state == "done" and address and "stay" not in request.args:
        return redirect(address(page), code=303)
    return render_template("jobs/show.html", page=page, result_url=address(page) if address and page.is_over else None)


@bp.get("/<int:job_id>/progress")
def progress(job_id: int) -> ResponseReturnValue:
    """Send the progress alone, for the page that polls."""
    page = job_view(by=current_actor(), job_id=job_id)
    address = _result_pages.get(page.kind)
    result_url = address(page) if address and page.state == "done" else None
    return render_template("jobs/_progress.html", page=page, result_url=result_url)


@bp.post("/<int:job_id>/cancel")
def cancel(job_id: int) -> ResponseReturnValue:
    """Call the job off."""
    commands.cancel(by=current_actor(), job_id=job_id)
    return redirect(url_for("jobs.show", job_id=job_id, stay=1), code=303)
