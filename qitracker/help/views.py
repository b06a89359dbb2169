"""Pages of help: all of them in a list, and each by itself."""

from flask import Blueprint, render_template

from qitracker.help.pages import KINDS, help_page, help_pages

bp = Blueprint("help", __name__, url_prefix="/help")


@bp.get("")
def index() -> str:
    """List all pages of help."""
    return render_template("help/index.html", kinds=KINDS, pages=help_pages())


@bp.get("/<kind>/<code>")
def show(kind: str, code: str) -> str:
    """Show one page of help."""
    page = help_page(kind, code)
    beside = tuple(other for other in help_pages() if other.kind == kind and other != page)
    return render_template("help/show.html", page=page, kind=KINDS[kind], beside=beside)
