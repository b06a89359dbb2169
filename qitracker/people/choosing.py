"""Units as every form of every capability offers them."""

from collections.abc import Iterable

from wtforms import SelectChoice

from qitracker.people.queries import UnitChoice
from qitracker.people.queries.labels import labelled


def unit_choices(units: Iterable[UnitChoice], *, sends: str = "id") -> list[SelectChoice]:
    """Return units for a chooser, each below what it belongs to; what is chosen sends its id, or its "slug"."""
    return [SelectChoice(str(getattr(unit, sends)), label) for unit, label in labelled(units)]
