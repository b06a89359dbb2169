"""The page of the search box."""

from flask import Blueprint, render_template, request

from qitracker.desk.search.pages import search_page
from qitracker.web.actors import current_actor
from qitracker.web.installation import today

search_bp = Blueprint("search", __name__, url_prefix="/search")


@search_bp.get("")
def index() -> str:
    """Show what holds the words in `q`; only what is of one kind where `kind` names it."""
    page = search_page(
        by=current_actor(), typed=request.args.get("q", ""), today=today(), wanted=request.args.get("kind", "")
    )
    return render_template("desk/search.html", page=page)
