"""The sheet of the entry page: one unit, one frequency, a few periods; a known number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.errors import NotAllowed, NotFound
from qitracker.foundation.periods import next_period, period_end, period_of, previous_period, shift_period
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.measures.queries import Collecting, Measured
from qitracker.measures.rules import Frequency
from qitracker.people.calendar import add_working_days
from qitracker.people.queries import UnitChoice, calendar_of, places, visible_units
from qitracker.people.queries.names import who_may
from qitracker.results.queries.checkers import named, others_than
from qitracker.results.queries.doubts import Doubts, doubts
from qitracker.results.queries.sheet_rows import SheetRow, collected_measures, is_active, sheet_rows
from qitracker.results.queries.stages import Stage, stages

WINDOW = 3
IN_A_SHEET = (Frequency.MONTH, Frequency.WEEK, Frequency.QUARTER, Frequency.YEAR, Frequency.DAY)
"""What can stand in columns, the usual one first; single events are recorded on their own page."""


@dataclass(frozen=True)
class Column:
    """One period: how far it is, and what this person may do with it."""

    start: date
    ends: date
    stage: Stage
    due_on: date
    filled: int
    empty: tuple[str, ...]  # the measures of which nothing is recorded
    is_running: bool  # not over yet
    may_submit: bool
    may_check: bool
    may_lock: bool
    may_reopen: bool
    may_edit: bool
    is_own: bool  # this person submitted it, so somebody else checks it
    to_check: Sentence | str = ""  # who can check it, of a submitted one; "" where nobody but who submitted it


@dataclass(frozen=True)
class Sheet:
    """Everything templates/entry/sheet.html may use besides its forms."""

    place: Place
    unit: UnitChoice
    units: tuple[UnitChoice, ...]
    frequency: Frequency
    frequencies: tuple[Frequency, ...]
    columns: tuple[Column, ...]
    rows: tuple[SheetRow, ...]
    doubts: Doubts  # about values of periods that are not locked
    events: tuple[Measured, ...]  # measures that are recorded event by event
    older: date
    newer: date | None
    may_correct: bool

    def unusual(self, column: Column) -> int:
        """Return how many values of a period are unusual."""
        return sum(start == column.start for _, start in self.doubts)

    @property
    def groups(self) -> tuple[tuple[str, tuple[SheetRow, ...]], ...]:
        """Return the rows under their headings."""
        return tuple((domain, tuple(rows)) for domain, rows in groupby(self.rows, key=lambda row: row.domain))


def recording_units(by: Actor, *, today: date) -> tuple[UnitChoice, ...]:
    """Return the units in which `by` may record results. Two statements. Raises NotAllowed without any right."""
    if not by.may_anywhere(Permission.RESULT_RECORD):
        raise NotAllowed(say("Your role does not include recording results. Ask an administrator for the right."))
    return visible_units(by, Permission.RESULT_RECORD, on=today)


def sheet(
    *,
    by: Actor,
    unit: UnitChoice,
    units: tuple[UnitChoice, ...],
    today: date,
    frequency: str = "",
    last: date | None = None,
    fiscal_start: int = 1,
) -> Sheet:
    """Return the sheet of a unit. `last` is the first day of its newest period (None: the last that is over).

    Raises:
        NotAllowed: `by` may not record there.
        NotFound: no such frequency.
    """
    place = places([unit.id])[unit.id]
    by.must(Permission.RESULT_RECORD, on=place)
    pairs = collected_measures(by, unit.id)
    frequencies = _frequencies(pairs)
    chosen = _frequency(frequency, frequencies)
    running = period_of(today, chosen, fiscal_start=fiscal_start)
    end = _last(last, chosen, running, fiscal_start)
    starts = tuple(shift_period(end, chosen, -back) for back in range(WINDOW - 1, -1, -1))
    rows = sheet_rows(place, pairs, chosen, starts, day=today)
    columns = _columns(by, place, chosen, starts, rows, today)
    return Sheet(
        place=place,
        unit=unit,
        units=units,
        frequency=chosen,
        frequencies=frequencies,
        columns=columns,
        rows=rows,
        doubts=doubts(place.id, rows, {one.start for one in columns if one.stage.state != "locked"}),
        events=tuple(measured for one, measured in pairs if _is_by_event(one, measured, today)),
        older=previous_period(starts[0], chosen),
        newer=min(shift_period(end, chosen, WINDOW), running) if end < running else None,
        may_correct=by.may(Permission.RESULT_CORRECT, on=place),
    )


def unit_named(slug: str, units: Sequence[UnitChoice]) -> UnitChoice:
    """Return the unit with that address among those `by` may record in. Raises NotFound."""
    for unit in units:
        if unit.slug == slug:
            return unit
    raise NotFound(say("There is no such unit, or it is not one in which you record results."))


def _frequencies(pairs: Sequence[tuple[Collecting, Measured]]) -> tuple[Frequency, ...]:
    used = {version.definition.frequency for _, measured in pairs for version in measured.versions}
    return tuple(one for one in IN_A_SHEET if one in used) or IN_A_SHEET[:1]


def _frequency(asked: str, known: tuple[Frequency, ...]) -> Frequency:
    if not asked:
        return known[0]
    if asked not in IN_A_SHEET:
        raise NotFound(say("There is no sheet of this frequency."))
    return Frequency(asked)


def _last(asked: date | None, frequency: Frequency, running: date, fiscal_start: int) -> date:
    if asked is None:
        return previous_period(running, frequency)
    return min(period_of(asked, frequency, fiscal_start=fiscal_start), running)


def _is_by_event(collecting: Collecting, measured: Measured, today: date) -> bool:
    return measured.definition.frequency is Frequency.EVENT and is_active(collecting, measured, today)


def _columns(
    by: Actor, place: Place, frequency: Frequency, starts: Sequence[date], rows: Sequence[SheetRow], today: date
) -> tuple[Column, ...]:
    found = stages(place.id, frequency, starts)
    may_check = who_may(Permission.RESULT_CHECK, place)
    calendar = calendar_of(place.id)
    days = max((row.definition.due_days for row in rows), default=0)
    columns = []
    for number, start in enumerate(starts):
        stage, ends = found[start], period_end(start, frequency)
        others = others_than(stage, may_check)
        columns.append(
            Column(
                start=start,
                ends=ends,
                stage=stage,
                due_on=add_working_days(ends, days, calendar),
                filled=sum(row.slots[number].version > 0 for row in rows),
                empty=empty_measures(rows, number),
                is_running=next_period(start, frequency) > today,
                to_check=named(others) if stage.state == "submitted" else "",
                **rights(by, place, stage, is_running=next_period(start, frequency) > today, others=len(others)),
            )
        )
    return tuple(columns)


def empty_measures(rows: Sequence[SheetRow], number: int) -> tuple[str, ...]:
    """Return the measures of which nothing is recorded in that column: neither their total nor a part."""
    recorded = {row.slug for row in rows if row.slots[number].version}
    waiting = (row for row in rows if row.slots[number].is_empty and row.slug not in recorded)
    return tuple(dict.fromkeys(row.definition.title for row in waiting))


def rights(by: Actor, place: Place, stage: Stage, *, is_running: bool, others: int) -> dict[str, bool]:
    """Return what `by` may do with a period that stands there, which so many `others` could check."""
    may = {permission: by.may(permission, on=place) for permission in _ASKED}
    state = stage.state
    is_own = stage.by_id is not None and stage.by_id == by.user_id
    return {
        "may_submit": state == "open" and not is_running and may[Permission.RESULT_RECORD],
        "may_check": state == "submitted" and not is_own and may[Permission.RESULT_CHECK],
        "may_lock": (state == "checked" or (state == "submitted" and not others)) and may[Permission.RESULT_LOCK],
        "may_reopen": state != "open" and may[_needed_to_reopen(state)],
        "may_edit": state == "open" or (state != "locked" and may[Permission.RESULT_CORRECT]),
        "is_own": state == "submitted" and is_own,
    }


_ASKED = (Permission.RESULT_RECORD, Permission.RESULT_CORRECT, Permission.RESULT_CHECK, Permission.RESULT_LOCK)


def _needed_to_reopen(state: str) -> Permission:
    return Permission.RESULT_LOCK if state == "locked" else Permission.RESULT_CHECK
