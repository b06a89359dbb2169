"""The blueprint of actions, and what its pages share: the settings, and what day it is in a unit."""

from datetime import date

from flask import Blueprint, current_app

from qitracker.foundation import clock
from qitracker.foundation.actor import Place
from qitracker.foundation.config import Settings
from qitracker.people.queries import timezone_of
from qitracker.web.filters import use_timezone

bp = Blueprint("actions", __name__, url_prefix="/actions")


def today() -> date:
    """Return the date in the time zone of the installation."""
    return clock.today(_settings().timezone)


def today_in(unit: Place) -> date:
    """Return the date in a unit, and have the moments of the page written in its time zone. One statement."""
    timezone = timezone_of(unit.id, default=_settings().timezone)
    use_timezone(timezone)
    return clock.today(timezone)


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found
