"""Units as every form of every capability offers them."""

from collections.abc import Iterable

from wtforms import SelectChoice

from qitracker.foundation.words import say
from qitracker.people.queries import UnitChoice
from qitracker.people.queries.labels import labelled
from qitracker.web.filters import reader


def unit_choices(units: Iterable[UnitChoice], *, sends: str = "id") -> list[SelectChoice]:
    """Return units for a chooser, each below what it belongs to; what is chosen sends its id, or its "slug".

    A unit that an import made without a name is called by its code, and says that this is one.
    """
    return [SelectChoice(str(getattr(unit, sends)), _told(unit, label)) for unit, label in labelled(units)]


def _told(unit: UnitChoice, label: str) -> str:
    return reader().say(say("{unit} (code)", unit=label)) if unit.name == unit.code else label
