"""Which units collect a measure from which day on, and who answers for it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sqlalchemy import delete, update

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Conflict, NotAllowed, NotFound
from qitracker.foundation.periods import period_of
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import plain, say
from qitracker.measures import events
from qitracker.measures.commands.checks import (
    CHANGED_MEANWHILE,
    change_row,
    check_not_within_each_other,
    check_open,
    check_person,
    collecting_places,
    definable,
    must_be_in_use,
)
from qitracker.measures.commands.hooks import definition_changed
from qitracker.measures.commands.storing import store_collections
from qitracker.measures.models import Collection
from qitracker.measures.queries import Collecting, Measured, visible_measure_by_id, who_collects
from qitracker.measures.rules import rolls_up
from qitracker.people.queries import known_place, place_of, places


def set_collecting_units(
    *,
    by: Actor,
    measure_id: int,
    unit_ids: Iterable[int],
    day: date,
    row_version: int,
    fiscal_start: int = 1,
) -> None:
    """Let exactly these units, of those in which `by` may define measures, collect the measure from `day` on.

    Units of others stay as they are. A unit that is new begins with the period that holds `day`; one that is left out
    ends the day before it; one that comes back goes on, and its earlier results stay.

    Raises:
        NotFound: no measure or unit that `by` may know of.
        NotAllowed: a unit in which `by` may not define measures.
        Invalid: no unit would be left, one is closed, or one stands above another.
        Conflict: somebody else changed the measure meanwhile.
    """
    measured = visible_measure_by_id(measure_id, by=by)
    must_be_in_use(measured)
    first = period_of(day, measured.definition.frequency, fiscal_start=fiscal_start)
    wanted = set(unit_ids)
    now = {one.unit_id: one for one in who_collects(measure_id)}
    known = _governed(by, measured, wanted, now)
    going_on = {key for key, one in now.items() if _goes_on(one, first)}
    left = going_on - set(known) | wanted
    chosen = collecting_places(place_of(measured.unit_id), left)
    check_open(wanted - going_on, first)
    if rolls_up(measured.definition.scoring):
        check_not_within_each_other(chosen)
    with atomic():
        change_row(measured, row_version)
        for unit_id in sorted(set(known) & (wanted ^ going_on)):
            if unit_id in wanted:
                _begin(by, measured, known[unit_id], now.get(unit_id), first)
            else:
                _end(by, measured, known[unit_id], now[unit_id], first - timedelta(days=1))
        definition_changed(measure_id)


def set_responsible(*, by: Actor, measure_id: int, unit_id: int, responsible_id: int | None, version: int) -> None:
    """Say who answers for a measure in one unit that collects it; None: nobody by name.

    Raises:
        NotFound: the unit does not collect such a measure, or `by` may not know of it.
        NotAllowed: `by` may not define measures in that unit.
        Invalid: the person has no role there.
        Conflict: somebody else changed it meanwhile.
    """
    measured = visible_measure_by_id(measure_id, by=by)
    collecting = {one.unit_id: one for one in who_collects(measure_id)}
    if unit_id not in collecting:
        raise NotFound(say("This unit does not collect {title}.", title=measured.title))
    place = known_place(unit_id, by=by)
    by.must(Permission.MEASURE_DEFINE, on=place)
    name = check_person(place, responsible_id, field="responsible")
    with atomic():
        changed = store.execute(
            update(Collection)
            .where(Collection.id == collecting[unit_id].id, Collection.version == version)
            .values(responsible_id=responsible_id, version=version + 1)
        )
        if changed.rowcount != 1:
            raise Conflict(CHANGED_MEANWHILE, theirs=collecting[unit_id])
        told = {"title": measured.title, "unit": place.name, "responsible": name or str(say("nobody"))}
        before = {"responsible": collecting[unit_id].responsible}
        record(events.RESPONSIBLE_SET, by=by, subject=_subject(measured), unit=place, before=before, after=told)


def set_owner(*, by: Actor, measure_id: int, owner_id: int | None, row_version: int) -> None:
    """Say who owns a measure: answers for its definition; None: nobody by name.

    Raises:
        NotFound, NotAllowed: as for every change of a measure.
        Invalid: the person has no role around the measure's unit.
        Conflict: somebody else changed it meanwhile.
    """
    measured, place = definable(by, measure_id)
    name = check_person(place, owner_id, field="owner")
    with atomic():
        change_row(measured, row_version, owner_id=owner_id)
        told = {"title": measured.title, "owner": name or str(say("nobody"))}
        record(
            events.OWNER_SET,
            by=by,
            subject=_subject(measured),
            unit=place,
            before={"owner": measured.owner},
            after=told,
        )


def _governed(by: Actor, measured: Measured, wanted: set[int], now: Mapping[int, Collecting]) -> dict[int, Place]:
    """Return the units, of those wanted or collecting now, in which `by` may decide; refuse a new one elsewhere."""
    found = places(wanted | set(now))
    if wanted - set(found) or any(measured.unit_id not in found[key].lineage for key in wanted):
        raise NotFound(say("There is no such unit where this measure is used."))
    may = {key: place for key, place in found.items() if by.may(Permission.MEASURE_DEFINE, on=place)}
    for unit_id in sorted(wanted - set(may)):
        if unit_id not in now:
            by.must(Permission.MEASURE_DEFINE, on=known_place(unit_id, by=by))
    if not may:
        raise NotAllowed(say("Your role does not include this. Ask an administrator for the right."))
    return may


def _goes_on(one: Collecting, day: date) -> bool:
    return one.ends is None or one.ends >= day


def _begin(by: Actor, measured: Measured, place: Place, earlier: Collecting | None, first: date) -> None:
    told: dict[str, object] = {"title": measured.title, "unit": place.name, "begins": plain(first)}
    if earlier is None:
        store_collections(measured.id, [place.id], first)
        event = events.COLLECTION_BEGUN
    else:
        _change(earlier, begins=min(earlier.begins, first), ends=None)
        event = events.COLLECTION_RESUMED
    record(event, by=by, subject=_subject(measured), unit=place, after=told)


def _end(by: Actor, measured: Measured, place: Place, one: Collecting, last: date) -> None:
    told = {"title": measured.title, "unit": place.name, "ends": plain(last)}
    if last < one.begins:
        store.execute(delete(Collection).where(Collection.id == one.id))
        event = events.COLLECTION_DROPPED
    else:
        _change(one, ends=last)
        event = events.COLLECTION_ENDED
    record(event, by=by, subject=_subject(measured), unit=place, before={"ends": one.ends}, after=told)


def _change(one: Collecting, **values: date | None) -> None:
    store.execute(update(Collection).where(Collection.id == one.id).values(version=one.version + 1, **values))


def _subject(measured: Measured) -> tuple[str, object]:
    return ("measure", measured.id)
