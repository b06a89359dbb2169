"""Everything the board of one unit shows, in a fixed number of statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import select

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.periods import period_end, period_of, previous_period
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures.queries import Collecting, Measured, collections, measures
from qitracker.measures.rules import Definition, Frequency
from qitracker.people.calendar import WorkCalendar, add_working_days
from qitracker.people.queries import UnitChoice, places, visible_units
from qitracker.people.queries.calendars import calendars_of
from qitracker.results.models import status
from qitracker.results.queries.board_rows import STATUS_COLUMNS, BoardRow, board_rows, empty_row, main_series
from qitracker.results.queries.board_units import UnitsPart, units_below, units_part
from qitracker.results.queries.standings import series_in
from qitracker.results.standing import Standing, Tally, tally
from qitracker.spc.analysis import Assurance, State

LOOK_BACK = 6  # periods in which the last one that is due is looked for


@dataclass(frozen=True)
class BoardGroup:
    """The rows under one heading."""

    domain: str
    rows: tuple[BoardRow, ...]

    def counted(self, stands: Standing) -> int:
        """Return how many of its rows stand so."""
        return sum(row.stands is stands for row in self.rows)


FILTERS: Final = ("all", "worse", "better", "changed", "never", "missing", "silent")


@dataclass(frozen=True)
class Board:
    """Everything templates/desk/board.html may use."""

    place: Place
    units: tuple[UnitChoice, ...]
    unit: UnitChoice | None
    groups: tuple[BoardGroup, ...]
    tally: Tally
    never: int  # measures that never meet their target
    missing: int  # measures without a result for the last period that is due
    wanted: str
    data_up_to: date | None  # the last month that holds a result
    is_parent: bool
    left_out: tuple[str, ...]  # measures below a parent that do not add up
    below: UnitsPart  # the units of a parent, each by itself
    may_record: bool
    may_define: bool
    may_report: bool


def board(*, by: Actor, unit: str, wanted: str, today: date, fiscal_start: int = 1, number: int = 1) -> Board | None:
    """Return the board of a unit (the first the reader reaches when none is named), None where there is none at all.

    `number` is the page of the units below it. Raises NotFound for a unit the reader does not reach.
    Thirteen statements.
    """
    units = visible_units(by, Permission.RESULT_READ, on=today)
    if not units:
        return None
    chosen = next((one for one in units if one.slug == unit), None) if unit else units[0]
    if chosen is None:
        raise NotFound(say("There is no such unit."))
    place = places([chosen.id])[chosen.id]
    stored = store.execute(select(*STATUS_COLUMNS).where(status.c.unit_id == place.id)).all()
    below = units_below(units, chosen)
    every = collections(by, [place.id, *(one.id for one in below)], permission=Permission.RESULT_READ)
    collecting = {one.measure_id: one for one in every if one.unit_id == place.id}
    known = measures({row.measure_id for row in stored} | {one.measure_id for one in every})
    rows = board_rows(main_series(stored), {place.id: place}, today=today, measured=known)
    calendar = calendars_of([place.id]).get(place.id, WorkCalendar())
    held = {row.measured.id for row in rows}
    due = _Due(today, fiscal_start, calendar, collecting)
    rows = [replace(row, is_missing=due.lacks(row)) for row in rows if _is_shown(row.measured, collecting, today)]
    rows += [
        empty_row(place, one, is_missing=due.lacks_all(one))
        for key, one in known.items()
        if key not in held and key in collecting and _is_shown(one, collecting, today)
    ]
    here = {row.measure_id for row in stored}
    left_out = [known[key].title for key in known if key in here and key not in held and key not in collecting]
    part = units_part(below, series_in([one.id for one in below], every, known, today), number=number)
    is_parent = not collecting and bool(stored)
    return _page(by, place, units, chosen, rows, wanted, tuple(left_out), part, is_parent=is_parent)


def _page(
    by: Actor,
    place: Place,
    units: tuple[UnitChoice, ...],
    chosen: UnitChoice,
    rows: list[BoardRow],
    wanted: str,
    left_out: tuple[str, ...],
    below: UnitsPart,
    *,
    is_parent: bool,
) -> Board:
    wanted = wanted if wanted in FILTERS else "all"
    months = [row.last_start for row in rows if row.last_start and row.definition.frequency is Frequency.MONTH]
    return Board(
        place=place,
        units=units,
        unit=chosen,
        groups=_groups(row for row in rows if _holds(row, wanted)),
        tally=tally(row.stands for row in rows),
        never=sum(_holds(row, "never") for row in rows),
        missing=sum(_holds(row, "missing") for row in rows),
        wanted=wanted,
        data_up_to=max(months, default=None),
        is_parent=is_parent,
        left_out=left_out,
        below=below,
        may_record=by.may(Permission.RESULT_RECORD, on=place),
        may_define=by.may(Permission.MEASURE_DEFINE, on=place),
        may_report=by.may(Permission.REPORT_MAKE, on=place),
    )


def _holds(row: BoardRow, wanted: str) -> bool:
    match wanted:
        case "never":
            return row.assurance is Assurance.NEVER and row.stands is not Standing.SILENT
        case "missing":
            return row.is_missing
        case "all":
            return True
        case _:
            return row.stands == wanted


def _groups(rows: Iterable[BoardRow]) -> tuple[BoardGroup, ...]:
    by_domain: dict[str, list[BoardRow]] = {}
    for row in sorted(rows, key=lambda row: (row.measured.domain, row.measured.position, row.measured.id)):
        by_domain.setdefault(row.measured.domain, []).append(row)
    return tuple(BoardGroup(domain, tuple(held)) for domain, held in by_domain.items())


def _is_shown(measured: Measured, collecting: Mapping[int, Collecting], today: date) -> bool:
    """Say whether a measure stands on the board: in use, and still collected where the unit itself collects."""
    ends = collecting[measured.id].ends if measured.id in collecting else None
    return measured.retired_on is None and (ends is None or ends >= today)


@dataclass(frozen=True)
class _Due:
    """Which period should hold a result by now, by the working days of the unit."""

    today: date
    fiscal_start: int
    calendar: WorkCalendar
    collecting: Mapping[int, Collecting]

    def lacks(self, row: BoardRow) -> bool:
        if row.stands is Standing.SILENT:
            return False
        expected = self._expected(row.definition)
        if expected is None or not self._is_collected(row.measured, expected, row.definition.frequency):
            return False
        if row.recorded_to is None or row.recorded_to < expected:
            return True
        return row.last_start == expected and row.last_state is State.MISSING

    def lacks_all(self, measured: Measured) -> bool:
        expected = self._expected(measured.definition)
        return expected is not None and self._is_collected(measured, expected, measured.definition.frequency)

    def _is_collected(self, measured: Measured, start: date, frequency: Frequency) -> bool:
        one = self.collecting.get(measured.id)
        return one is None or one.begins <= period_end(start, frequency)

    def _expected(self, definition: Definition) -> date | None:
        if definition.frequency is Frequency.EVENT:
            return None
        start = period_of(self.today, definition.frequency, fiscal_start=self.fiscal_start)
        for _ in range(LOOK_BACK * (5 if definition.frequency is Frequency.WEEK else 1)):
            start = previous_period(start, definition.frequency)
            ends = period_end(start, definition.frequency)
            if add_working_days(ends, definition.due_days, self.calendar) < self.today:
                return start
        return None
