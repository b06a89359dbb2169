"""The two blueprints of people and of units, which their views share."""

from flask import Blueprint

people_bp = Blueprint("people", __name__)
units_bp = Blueprint("units", __name__)
