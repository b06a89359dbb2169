"""What views ask of the running installation: its settings, and what day it is."""

from datetime import date

from flask import current_app

from qitracker.foundation import clock
from qitracker.foundation.config import Settings


def settings() -> Settings:
    """Return the settings of the running installation."""
    found: Settings = current_app.extensions["settings"]
    return found


def today() -> date:
    """Return the date in the time zone of the installation."""
    return clock.today(settings().timezone)
