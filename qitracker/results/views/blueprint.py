"""The blueprint of results, and what all its pages ask first."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, url_for

from qitracker.foundation.actor import Place
from qitracker.foundation.errors import NotFound
from qitracker.measures.queries import Measured, strata_of, visible_measure
from qitracker.people.local_day import today_in
from qitracker.people.queries import visible_place
from qitracker.results.keys import SeriesKey
from qitracker.web.actors import current_actor

bp = Blueprint("results", __name__, url_prefix="/measures/<measure>/units/<unit>")


@dataclass(frozen=True)
class Where:
    """The series an address names, and what day it is there."""

    measure: str
    unit: str
    key: SeriesKey
    place: Place
    measured: Measured
    today: date
    stratum: str

    @property
    def url(self) -> str:
        """Return the address of the measure page of this series."""
        return url_for("results.show", measure=self.measure, unit=self.unit, stratum=self.stratum or None)


def where(measure: str, unit: str, stratum: str = "") -> Where:
    """Return the series at this address. Raises NotFound for what the reader may not know of."""
    by = current_actor()
    place = visible_place(unit, by=by)
    measured = visible_measure(measure, by=by)
    part = next((one for one in strata_of(measured.id) if one.code == stratum), None) if stratum else None
    if stratum and part is None:
        raise NotFound
    key = SeriesKey(place.id, measured.id, part.id if part else 0)
    return Where(measure, unit, key, place, measured, today_in(place.id), stratum)
