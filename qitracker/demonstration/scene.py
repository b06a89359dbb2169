"""Where the demonstration happens: its places and people, as commands need them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from qitracker.demonstration.stories.outline import SeriesName
from qitracker.foundation.actor import Actor, Place
from qitracker.links.rules import Ref
from qitracker.people.queries import actor_by_id
from qitracker.people.queries.names import people_around
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.episodes import episodes_of
from qitracker.spc.analysis import Reading

OFFICER = "Bram Quillfeather"
ANSWERS_FOR = {
    "0101": "Yusra Hallowell",
    "0102": "Maren Ashgrove",
    "0103": "Tobin Larkspur",
    "0104": "Rosalind Appleyard",
    "0105": "Birgit Oakenshaw",
    "0201": "Saoirse Fennimore",
    "0202": "Kito Summerhayes",
    "0203": "Anselm Brackenbury",
    "0204": "Emeka Thornbury",
    "0301": "Delphine Marchbanks",
    "0302": "Lucinda Merriweather",
    "0303": "Delphine Marchbanks",
}
"""Who records in each unit, by its code."""


@dataclass(frozen=True)
class Scene:
    """The places by code, the day it is, the people by name, and the measures in use by their code in the library."""

    places: Mapping[str, Place]
    today: date
    top: str = "000"
    measures: dict[str, int] = field(default_factory=dict)

    @cached_property
    def ids(self) -> dict[str, int]:
        """Return the number of each person by name."""
        return {person.name: person.id for person in people_around(self.places[self.top])}

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {}

    def actor(self, name: str) -> Actor:
        """Return the person of that name, with the rights that person has."""
        if name not in self._actors:
            self._actors[name] = actor_by_id(self.ids[name])
        return self._actors[name]

    def series(self, name: SeriesName) -> SeriesKey | None:
        """Return one series, None where its measure is not in use."""
        measure_id = self.measures.get(name.code)
        return SeriesKey(self.places[name.unit].id, measure_id) if measure_id else None

    def episode(self, name: SeriesName) -> Ref | None:
        """Return the newest signal of a series that is for the worse; None where there is none."""
        key = self.series(name)
        found = episodes_of(key) if key else ()
        return next((one.ref for one in found if one.reading is Reading.WORSE), None)
