"""Pages of threads: all in reach, the one of a signal, the one of a worksheet without a signal."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qitracker.desk.threads.gather import Beginnings
from qitracker.desk.threads.pages import sheet_thread, thread_page, threads_page
from qitracker.web.actors import current_actor
from qitracker.web.installation import today
from qitracker.web.sent import whole_number

threads_bp = Blueprint("threads", __name__, url_prefix="/threads")


@threads_bp.get("")
def index() -> str:
    """Show the threads in reach, broken ones first."""
    page = threads_page(
        by=current_actor(),
        today=today(),
        wanted=request.args.get("show", "all"),
        number=whole_number(request.args.get("page")) or 1,
    )
    return render_template("desk/threads.html", page=page)


@threads_bp.get("/<int:episode_id>")
def show(episode_id: int) -> str:
    """Show the thread that begins with a signal."""
    page = thread_page(Beginnings(episodes=frozenset({episode_id})), by=current_actor(), today=today())
    return render_template("desk/thread.html", page=page)


@threads_bp.get("/sheet/<int:sheet_id>")
def show_sheet(sheet_id: int) -> ResponseReturnValue:
    """Show the thread that begins with a worksheet; one that answers a signal stands on the thread of that signal."""
    by = current_actor()
    begins = sheet_thread(sheet_id, by=by)
    page = thread_page(begins, by=by, today=today())
    if begins.episodes:
        return redirect(url_for("threads.show", episode_id=min(begins.episodes)), code=303)
    return render_template("desk/thread.html", page=page)
