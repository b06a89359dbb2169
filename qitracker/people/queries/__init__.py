"""Reads of people and places: `places` (units, reach), `calendars`, `rights` (actors), `pages`."""

from qitracker.people.queries.calendars import calendar_of, calendars, timezone_of, timezones_of
from qitracker.people.queries.people import known_person, must_reach_whole, person_facts
from qitracker.people.queries.places import (
    UnitChoice,
    children_of,
    descendants,
    facts_of,
    known_place,
    organisation,
    place_by_slug,
    place_of,
    places,
    reach,
    unit_facts,
    units_by_code,
    visible_place,
    visible_units,
)
from qitracker.people.queries.rights import actor_by_id, actor_of

__all__ = [
    "UnitChoice",
    "actor_by_id",
    "actor_of",
    "calendar_of",
    "calendars",
    "children_of",
    "descendants",
    "facts_of",
    "known_person",
    "known_place",
    "must_reach_whole",
    "organisation",
    "person_facts",
    "place_by_slug",
    "place_of",
    "places",
    "reach",
    "timezone_of",
    "timezones_of",
    "unit_facts",
    "units_by_code",
    "visible_place",
    "visible_units",
]
