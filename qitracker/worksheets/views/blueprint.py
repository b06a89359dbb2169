"""The blueprint of worksheets."""

from flask import Blueprint

bp = Blueprint("worksheets", __name__, url_prefix="/worksheets")
