"""Let units begin to collect a measure, each from a day of its own: what an import brings with it."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import update

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.periods import period_of
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import plain, say
from qitracker.measures import events
from qitracker.measures.commands.checks import check_not_within_each_other, check_open, must_be_in_use
from qitracker.measures.commands.storing import store_collections
from qitracker.measures.models import Collection
from qitracker.measures.queries import Collecting, Measured, visible_measure_by_id, who_collects
from qitracker.measures.rules import rolls_up
from qitracker.people.queries import known_place, places


def begin_collecting(*, by: Actor, measure_id: int, first_days: Mapping[int, date], fiscal_start: int = 1) -> None:
    """Let each of these units (by id) collect the measure from the period that holds its first day.

    A unit that collects it already begins earlier where its first day asks for it; all else stays as it is. The
    caller refreshes the status of what it records then.

    Raises:
        NotFound: no measure or unit that `by` may know of.
        NotAllowed: a unit in which `by` may not define measures.
        Invalid: the measure is retired, a unit is closed, or one stands above another that collects it.
    """
    measured = visible_measure_by_id(measure_id, by=by)
    must_be_in_use(measured)
    found = places(first_days)
    for unit_id in sorted(first_days):
        _must_define(by, measured, found.get(unit_id))
    now = {one.unit_id: one for one in who_collects(measure_id)}
    check_open(set(first_days) - set(now), max(first_days.values(), default=date.min))
    if rolls_up(measured.definition.scoring):
        check_not_within_each_other({**places(set(now) - set(found)), **found})
    with atomic():
        for unit_id, day in sorted(first_days.items()):
            first = period_of(day, measured.definition.frequency, fiscal_start=fiscal_start)
            earlier = now.get(unit_id)
            if earlier is None or first < earlier.begins:
                _begin(by, measured, found[unit_id], earlier, first)


def _begin(by: Actor, measured: Measured, place: Place, earlier: Collecting | None, first: date) -> None:
    if earlier is None:
        store_collections(measured.id, [place.id], first)
    else:
        store.execute(
            update(Collection).where(Collection.id == earlier.id).values(begins=first, version=earlier.version + 1)
        )
    told = {"title": measured.title, "unit": place.name, "begins": plain(first)}
    record(events.COLLECTION_BEGUN, by=by, subject=("measure", measured.id), unit=place, after=told)


def _must_define(by: Actor, measured: Measured, place: Place | None) -> None:
    if place is None or measured.unit_id not in place.lineage:
        raise NotFound(say("There is no such unit where this measure is used."))
    if not by.may(Permission.MEASURE_DEFINE, on=place):
        by.must(Permission.MEASURE_DEFINE, on=known_place(place.id, by=by))
