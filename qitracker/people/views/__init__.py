"""The pages of people and places; importing the modules fills the two blueprints."""

from qitracker.people.views import calendars, invitation, me, people, roles, unit_ends, units
from qitracker.people.views.blueprints import people_bp, units_bp

__all__ = ["calendars", "invitation", "me", "people", "people_bp", "roles", "unit_ends", "units", "units_bp"]
