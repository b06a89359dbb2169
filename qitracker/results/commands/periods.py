"""Submit, check, lock and reopen a period of a unit: who may, in which order, and what each leaves in the trail."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, update

from qitracker.audit.commands import record as tell
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import atomic, refuse_duplicate, store
from qitracker.foundation.errors import Conflict, Invalid
from qitracker.foundation.periods import is_period_start, period_end
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Period, Sentence, say
from qitracker.people.commands.units import lock_tree
from qitracker.people.queries import known_place
from qitracker.results import events
from qitracker.results.keys import day_number
from qitracker.results.models import PeriodState
from qitracker.results.queries.checkers import checkers, named
from qitracker.results.queries.grid import empty_measures
from qitracker.results.queries.sheet_rows import collected_measures, sheet_rows
from qitracker.results.queries.stages import Stage, stages

LONGEST_REASON = 1000
NAMED_AT_MOST = 3
STAGE_WORDS = {
    "open": say("open"),
    "submitted": say("submitted"),
    "checked": say("checked"),
    "locked": say("locked"),
}


@dataclass(frozen=True)
class WorkPeriod:
    """One period of one unit at one frequency: what is submitted, checked and locked as a whole."""

    unit_id: int
    frequency: str
    start: date

    @property
    def words(self) -> Period:
        """Return the period as sentences name it."""
        return Period(self.start, self.frequency)


def submit_period(
    *, by: Actor, period: WorkPeriod, seen: int, reason: str = "", today: date, fiscal_start: int = 1
) -> None:
    """Say that a period is complete. What is still empty takes a reason.

    Raises:
        NotAllowed: `by` may not record results there.
        Invalid: it is not over or not open, or something is empty and no reason is given.
        Conflict: somebody moved it on since version `seen`.
    """
    place = known_place(period.unit_id, by=by)
    by.must(Permission.RESULT_RECORD, on=place)
    reason = _tidy(reason)
    _must_be_over(period, today, fiscal_start)
    with atomic():
        _wait_for_results()
        stage = _stage(period, seen)
        _must_stand_at(stage, period, "open")
        empty = _empty(by, place, period)
        if empty and not reason:
            raise Invalid(_nothing_there(empty), field="reason")
        _move(by, period, stage, "submitted")
        event = events.SUBMITTED_INCOMPLETE if empty else events.SUBMITTED
        _tell(event, by, place, period, stage, "submitted", empty=", ".join(empty), reason=reason)


def check_period(*, by: Actor, period: WorkPeriod, seen: int) -> None:
    """Say that a second person has looked at a submitted period: never the one who submitted it.

    Raises:
        NotAllowed: `by` may not check results there.
        Invalid: it is not submitted, or `by` submitted it.
        Conflict: somebody moved it on since version `seen`.
    """
    place = known_place(period.unit_id, by=by)
    by.must(Permission.RESULT_CHECK, on=place)
    with atomic():
        stage = _stage(period, seen)
        _must_stand_at(stage, period, "submitted")
        if stage.by_id is not None and stage.by_id == by.user_id:
            raise Invalid(say("You submitted {period} yourself. Let somebody else check it.", period=period.words))
        _move(by, period, stage, "checked")
        _tell(events.CHECKED, by, place, period, stage, "checked")


def lock_period(*, by: Actor, period: WorkPeriod, seen: int, reason: str = "") -> None:
    """Close a checked period: nothing in it changes until it is reopened.

    One that is only submitted is closed unchecked where nobody but the person who submitted it could check it, and then
    for a written reason.

    Raises:
        NotAllowed: `by` may not lock results there.
        Invalid: it is neither submitted nor checked, or unchecked while somebody could check it, or without a reason.
        Conflict: somebody moved it on since version `seen`.
    """
    place = known_place(period.unit_id, by=by)
    by.must(Permission.RESULT_LOCK, on=place)
    reason = _tidy(reason)
    with atomic():
        _wait_for_results()
        stage = _stage(period, seen)
        _must_stand_at(stage, period, "submitted", "checked")
        unchecked = stage.state == "submitted"
        if unchecked:
            _must_be_alone(place, stage, period, reason)
        _move(by, period, stage, "locked")
        event = events.LOCKED_UNCHECKED if unchecked else events.LOCKED
        _tell(event, by, place, period, stage, "locked", reason=reason if unchecked else "")


def reopen_period(*, by: Actor, period: WorkPeriod, seen: int, reason: str) -> None:
    """Open a period again, for a reason. A locked one takes the right to lock, others the right to check.

    Raises:
        NotAllowed: `by` may not do so there.
        Invalid: it is open, or no reason is given.
        Conflict: somebody moved it on since version `seen`.
    """
    place = known_place(period.unit_id, by=by)
    reason = _tidy(reason)
    with atomic():
        stage = _stage(period, seen)
        needed = Permission.RESULT_LOCK if stage.state == "locked" else Permission.RESULT_CHECK
        by.must(needed, on=place)
        _must_stand_at(stage, period, "submitted", "checked", "locked")
        if not reason:
            raise Invalid(say("Say why {period} is reopened.", period=period.words), field="reason")
        _move(by, period, stage, "open", reason)
        _tell(events.REOPENED, by, place, period, stage, "open", reason=reason)


def _must_be_alone(place: Place, stage: Stage, period: WorkPeriod, reason: str) -> None:
    others = checkers(place, stage)
    if others:
        raise Invalid(
            say(
                "{period} is not checked yet. Let {names} check it, then lock it.",
                period=period.words,
                names=named(others),
            )
        )
    if not reason:
        words = say("Nobody else can check {period}. Say why it is locked unchecked.", period=period.words)
        raise Invalid(words, field="reason")


def _tidy(reason: str) -> str:
    reason = reason.strip()
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            say("The reason is longer than {most} characters. Shorten it.", most=LONGEST_REASON), field="reason"
        )
    return reason


def _must_be_over(period: WorkPeriod, today: date, fiscal_start: int) -> None:
    if not is_period_start(period.start, period.frequency, fiscal_start=fiscal_start):
        raise Invalid(say("{period} does not begin on that day. Choose it again.", period=period.words))
    ends = period_end(period.start, period.frequency)
    if ends >= today:
        raise Invalid(say("{period} ends on {day}. Submit it after that.", period=period.words, day=ends))


def _wait_for_results() -> None:
    """Let no result be stored that was judged before the period closes.

    Whoever writes results holds the tree before looking how far a period is, and until they are stored. A period that
    nobody moved on yet has no row to hold, so the top of the tree stands for all of them.
    """
    lock_tree()


def _stage(period: WorkPeriod, seen: int) -> Stage:
    stage = stages(period.unit_id, period.frequency, [period.start])[period.start]
    if stage.version != seen:
        raise Conflict(_moved(stage, period), theirs=stage)
    return stage


def _moved(stage: Stage, period: WorkPeriod) -> Sentence:
    return say(
        "{person} moved {period} on meanwhile: it is now {state}. Look again.",
        person=stage.by_name or say("Somebody"),
        period=period.words,
        state=STAGE_WORDS[stage.state],
    )


def _must_stand_at(stage: Stage, period: WorkPeriod, *states: str) -> None:
    if stage.state not in states:
        raise Invalid(say("{period} is {state} already.", period=period.words, state=STAGE_WORDS[stage.state]))


def _empty(by: Actor, place: Place, period: WorkPeriod) -> tuple[str, ...]:
    pairs = collected_measures(by, place.id)
    rows = sheet_rows(place, pairs, period.frequency, [period.start], day=period.start)
    return empty_measures(rows, 0)


def _nothing_there(empty: tuple[str, ...]) -> Sentence:
    named = ", ".join(empty[:NAMED_AT_MOST])
    if len(empty) > NAMED_AT_MOST:
        return say(
            "Still empty: {named} and {more} more. Enter them, or say why they are not there.",
            named=named,
            more=len(empty) - NAMED_AT_MOST,
        )
    return say("Still empty: {named}. Enter it, or say why it is not there.", named=named)


def _move(by: Actor, period: WorkPeriod, stage: Stage, state: str, reason: str = "") -> None:
    """Write the new state over the version that was seen, and over no other."""
    values: dict[str, Any] = {"state": state, "by_id": by.user_id, "by_name": by.name, "at": clock.now()}
    here = {"unit_id": period.unit_id, "frequency": period.frequency, "start": day_number(period.start)}
    conflict = Conflict(say("Somebody moved {period} on at the same moment. Look again.", period=period.words))
    if stage.version == 0:
        try:
            with refuse_duplicate("period", conflict.words), atomic():
                store.execute(insert(PeriodState).values(**here, **values, reason=reason, version=1))
        except Invalid:
            raise conflict from None
        return
    if reason:
        values["reason"] = reason
    changed = store.execute(
        update(PeriodState)
        .where(*(getattr(PeriodState, name) == value for name, value in here.items()))
        .where(PeriodState.version == stage.version)
        .values(**values, version=stage.version + 1)
    )
    if changed.rowcount != 1:
        raise conflict


def _tell(event: str, by: Actor, place: Place, period: WorkPeriod, before: Stage, state: str, **more: str) -> None:
    tell(
        event,
        by=by,
        unit=place,
        subject=("period", f"{period.unit_id}/{period.frequency}/{period.start.isoformat()}"),
        before={"state": before.state},
        after={
            "period": str(say("{period}", period=period.words)),
            "state": state,
            **{k: v for k, v in more.items() if v},
        },
    )
