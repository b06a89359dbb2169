"""The pages people land on."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("desk", __name__)


@bp.get("/")
def home() -> ResponseReturnValue:
    """Show what needs this person."""
    return render_template("desk/home.html")
