"""The closure of the unit tree as something other capabilities can join to."""

from functools import cache

from sqlalchemy import Alias

from qitracker.people.models import UnitAbove


@cache
def closure(name: str = "above") -> Alias:
    """Return the table of (unit_id, above_id, distance): each unit with itself and all above it."""
    return UnitAbove.__table__.alias(name)
