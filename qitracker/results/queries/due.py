"""The collection calendar: which results should be there and are not, since when, and whom to ask."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import false, func, literal, or_, select, union_all

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.periods import period_end, period_of, shift_period
from qitracker.foundation.permissions import Permission
from qitracker.measures.queries import Collecting, Measured, collections, definition_at, measures
from qitracker.measures.rules import Frequency
from qitracker.people.calendar import WorkCalendar, add_working_days
from qitracker.people.queries import UnitChoice, reach, visible_units
from qitracker.people.queries.calendars import calendars_of
from qitracker.results.keys import day_number, day_of
from qitracker.results.models import PeriodState, point, status
from qitracker.results.queries.sheet_rows import is_active
from qitracker.results.standing import is_current

LOOK_BACK = 13
A_PAGE = 100
_ANY = 0  # in place of a measure: the whole period is closed
_LATEST = "latest"  # in place of a frequency: the row gives the latest result there is

Answered = frozenset[tuple[int, int, str, int]]


@dataclass(frozen=True)
class DueItem:
    """One result that should be there: late once its day has passed."""

    unit_id: int
    measured: Measured
    frequency: Frequency
    start: date
    due_on: date
    responsible: str
    responsible_id: int | None
    is_late: bool


@dataclass(frozen=True)
class DuePage:
    """Everything templates/entry/due.html may use."""

    items: tuple[DueItem, ...]
    units: Mapping[int, UnitChoice]
    people: tuple[tuple[int, str], ...]
    late: int
    waiting: int
    number: int
    last: int


@dataclass(frozen=True)
class _Open:
    """One period of one collection without a result, before its day is known."""

    collecting: Collecting
    measured: Measured
    frequency: Frequency
    start: date


@dataclass
class _Days:
    """Due days, each worked out once: many units share a calendar."""

    calendars: Mapping[int, WorkCalendar]
    known: dict[tuple[int, date, int], date] = field(default_factory=dict)

    def of(self, one: _Open) -> date:
        calendar = self.calendars.get(one.collecting.unit_id, self._weekdays)
        count = definition_at(one.measured, one.start).due_days
        ends = period_end(one.start, one.frequency)
        asked = (id(calendar), ends, count)
        if asked not in self.known:
            self.known[asked] = add_working_days(ends, count, calendar)
        return self.known[asked]

    @cached_property
    def _weekdays(self) -> WorkCalendar:
        return WorkCalendar()


def due_count(by: Actor, today: date, *, fiscal_start: int = 1) -> int:
    """Return how many results of periods that are over nobody has recorded. Three statements."""
    return sum(1 for _ in _open(by, today, fiscal_start))


def due_items(
    *, by: Actor, today: date, fiscal_start: int = 1, unit_id: int | None = None, person_id: int | None = None
) -> list[DueItem]:
    """Return what is due, the latest first. Five statements, however many units and measures."""
    waiting = list(_open(by, today, fiscal_start, unit_id))
    days = _Days(calendars_of({one.collecting.unit_id for one in waiting}))
    items = [_item(one, days.of(one), today) for one in waiting]
    if person_id is not None:
        items = [item for item in items if item.responsible_id == person_id]
    return sorted(items, key=lambda item: (item.due_on, item.unit_id, item.measured.domain, item.measured.position))


def due_page(
    *,
    by: Actor,
    today: date,
    fiscal_start: int = 1,
    unit: str = "",
    person_id: int | None = None,
    number: int = 1,
) -> DuePage:
    """Return one page of the calendar. Seven statements."""
    units = {one.id: one for one in visible_units(by, Permission.RESULT_RECORD, on=today)}
    unit_id = next((one.id for one in units.values() if one.slug == unit), None)
    every = due_items(by=by, today=today, fiscal_start=fiscal_start)
    items = [item for item in every if unit_id in (None, item.unit_id) and person_id in (None, item.responsible_id)]
    last = max(1, -(-len(items) // A_PAGE))
    number = min(max(number, 1), last)
    late = sum(item.is_late for item in items)
    return DuePage(
        items=tuple(items[(number - 1) * A_PAGE : number * A_PAGE]),
        units=units,
        people=_people(every),
        late=late,
        waiting=len(items) - late,
        number=number,
        last=last,
    )


def first_unit_with_something_due(
    by: Actor, units: Sequence[UnitChoice], *, today: date, fiscal_start: int = 1
) -> UnitChoice:
    """Return the first of these units for which something is due, else the last of the list. Three statements."""
    known = {unit.id: unit for unit in units}
    waiting = next((one for one in _open(by, today, fiscal_start) if one.collecting.unit_id in known), None)
    return known[waiting.collecting.unit_id] if waiting else units[-1]


def _people(items: Sequence[DueItem]) -> tuple[tuple[int, str], ...]:
    named = {item.responsible_id: item.responsible for item in items if item.responsible_id is not None}
    return tuple(sorted(named.items(), key=lambda pair: pair[1]))


def _item(one: _Open, due_on: date, today: date) -> DueItem:
    return DueItem(
        unit_id=one.collecting.unit_id,
        measured=one.measured,
        frequency=one.frequency,
        start=one.start,
        due_on=due_on,
        responsible=one.collecting.responsible,
        responsible_id=one.collecting.responsible_id,
        is_late=due_on < today,
    )


def _open(by: Actor, today: date, fiscal_start: int, unit_id: int | None = None) -> Iterator[_Open]:
    """Yield the periods that are over, collected, not closed, and without any result. Three statements.

    A result for any part (stratum) answers for its measure. Days are not looked back on further than
    other periods: the last 13 of each frequency. Nothing is due of a series that has been silent for long:
    nobody collects it any more, whatever is written down, and its unit may only stand in an old file.
    """
    found = collections(by, None if unit_id is None else [unit_id], permission=Permission.RESULT_RECORD)
    known = measures(one.measure_id for one in found)
    used = {key: _frequencies(measured) for key, measured in known.items()}
    starts = {one: _starts(one, today, fiscal_start) for one in set().union(*used.values())}
    answered = _answered(by, _since(used, starts), unit_id)
    latest = {(unit, measure): start for unit, measure, kind, start in answered if kind == _LATEST}
    for one in found:
        if not _is_alive(known[one.measure_id], latest.get((one.unit_id, one.measure_id)), today):
            continue
        for frequency in used[one.measure_id]:
            for start in starts[frequency]:
                if _is_open(one, known[one.measure_id], frequency, start, answered):
                    yield _Open(one, known[one.measure_id], frequency, start)


def _is_alive(measured: Measured, latest: int | None, today: date) -> bool:
    definition = measured.definition
    last = None if latest is None else day_of(latest)
    return is_current(last, definition.frequency, definition.due_days, today=today)


def _frequencies(measured: Measured) -> set[Frequency]:
    return {version.definition.frequency for version in measured.versions} - {Frequency.EVENT}


def _since(used: Mapping[int, set[Frequency]], starts: Mapping[Frequency, tuple[date, ...]]) -> dict[date, list[int]]:
    """Return from which day on the results of which measures are needed: years reach farther back than months."""
    grouped: dict[date, list[int]] = {}
    for measure_id, frequencies in used.items():
        if frequencies:
            grouped.setdefault(min(starts[one][0] for one in frequencies), []).append(measure_id)
    return grouped


def _is_open(one: Collecting, measured: Measured, frequency: Frequency, start: date, answered: Answered) -> bool:
    if not is_active(one, measured, start) or definition_at(measured, start).frequency != frequency:
        return False
    number = day_number(start)
    recorded = (one.unit_id, one.measure_id, "", number) in answered
    return not recorded and (one.unit_id, _ANY, str(frequency), number) not in answered


def _starts(frequency: Frequency, today: date, fiscal_start: int) -> tuple[date, ...]:
    """Return the last 13 periods that are over, the oldest first."""
    running = period_of(today, frequency, fiscal_start=fiscal_start)
    return tuple(shift_period(running, frequency, -back) for back in range(LOOK_BACK, 0, -1))


def _answered(by: Actor, since: Mapping[date, Sequence[int]], unit_id: int | None) -> Answered:
    """Return what is recorded, which periods are closed as they are, and the latest results. One statement."""
    needed = [(point.c.start >= day_number(day)) & point.c.measure_id.in_(ids) for day, ids in since.items()]
    earliest = day_number(min(since, default=date.max))
    recorded = select(point.c.unit_id, point.c.measure_id, literal("").label("frequency"), point.c.start).where(
        or_(false(), *needed)
    )
    closed = select(PeriodState.unit_id, literal(_ANY), PeriodState.frequency, PeriodState.start).where(
        PeriodState.start >= earliest, PeriodState.state != "open"
    )
    latest = (
        select(status.c.unit_id, status.c.measure_id, literal(_LATEST), func.max(status.c.last_start))
        .where(status.c.last_start.is_not(None))
        .group_by(status.c.unit_id, status.c.measure_id)
    )
    within = reach(by, Permission.RESULT_RECORD) if unit_id is None else [unit_id]
    rows = store.execute(
        union_all(
            recorded.where(point.c.unit_id.in_(within)),
            closed.where(PeriodState.unit_id.in_(within)),
            latest.where(status.c.unit_id.in_(within)),
        )
    )
    return frozenset((row[0], row[1], row[2], row[3]) for row in rows)
