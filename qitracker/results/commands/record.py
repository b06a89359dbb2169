"""Record a period, correct it with a reason, take it away with a reason, write beside it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, update

from qitracker.audit.commands import record as tell
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import atomic, refuse_duplicate, store
from qitracker.foundation.errors import Conflict, Invalid
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Period, Sentence, say
from qitracker.measures.queries import Measured, definition_at, held_measure, is_collected
from qitracker.measures.rules import Definition
from qitracker.people.commands.units import hold_tree
from qitracker.people.queries.places import known_place
from qitracker.results import events
from qitracker.results.commands.refresh import refresh_status
from qitracker.results.keys import SeriesKey, day_number
from qitracker.results.models import STATE_CODES, PointComment, PointHistory, point
from qitracker.results.queries.of_series import of_period
from qitracker.results.queries.points import StoredPoint, period_state, recent_values, stored_point
from qitracker.results.rules import LONGEST_COMMENT, Entry, check_entry
from qitracker.results.signed import signed
from qitracker.results.wording import numbers_of

NONE_NEEDED = "none needed, not submitted yet"  # what the trail says where nobody had to write a reason
LONGEST_REASON = 1000


@dataclass(frozen=True)
class Recorded:
    """What was stored, and what looks unusual about it."""

    start: date
    version: int
    warnings: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class _Deed:
    """Where a deed happens: looked up once, rights asked."""

    by: Actor
    place: Place
    key: SeriesKey
    measured: Measured
    definition: Definition
    start: date
    stage: str

    @property
    def period(self) -> Period:
        return Period(self.start, self.definition.frequency)


def record_point(*, by: Actor, key: SeriesKey, entry: Entry, today: date, fiscal_start: int = 1) -> Recorded:
    """Record one period of a measure in a unit, and refresh what the board shows of it.

    Raises:
        NotAllowed: `by` may not record results in this unit.
        NotFound: no such measure or unit.
        Invalid: the numbers cannot be true, the unit does not collect the measure, or the period
            is already recorded or closed.
    """
    already = say("This period is already recorded. Correct that entry instead.")
    with refuse_duplicate("period", already), atomic():
        deed = _deed(by, key, entry.start)
        _must_be_open(deed)
        warnings = _check(deed, entry, today, fiscal_start)
        store.execute(insert(point).values(**_columns(deed, entry)))
        _finish(deed, entry, events.RECORDED)
    return Recorded(entry.start, 1, warnings)


def correct_point(
    *, by: Actor, key: SeriesKey, entry: Entry, reason: str, seen: int, today: date, fiscal_start: int = 1
) -> Recorded:
    """Replace what a period holds; what stood there stays in its history with the reason.

    While the period is open, whoever may record may also mend it, and needs no reason. Once it was
    submitted, it takes the right to correct and a reason.

    Raises:
        NotAllowed, NotFound, Invalid: as `record_point`; Invalid also without a reason, or when nothing is changed.
        Conflict: somebody changed it since version `seen`; carries what stands there now.
    """
    with atomic():
        deed = _deed(by, key, entry.start)
        reason = _reason(deed, reason)
        before = _unchanged(deed, seen, entry)
        _must_differ(before, entry, deed)
        warnings = _check(deed, entry, today, fiscal_start)
        store.execute(
            update(point)
            .where(of_period(point, key, entry.start))
            .values(**_columns(deed, entry), version=seen + 1, batch_id=0)
        )
        _remember(deed, before, entry, reason)
        _finish(deed, entry, events.CORRECTED, before=before.entry(), reason=reason or NONE_NEEDED)
    return Recorded(entry.start, seen + 1, warnings)


def clear_point(*, by: Actor, key: SeriesKey, start: date, reason: str, seen: int) -> None:
    """Take a period away, as if it had never been recorded; its history keeps what it held.

    Raises:
        NotAllowed, NotFound, Conflict, Invalid: as `correct_point`.
    """
    with atomic():
        deed = _deed(by, key, start)
        reason = _reason(deed, reason)
        before = _unchanged(deed, seen, None)
        store.execute(delete(point).where(of_period(point, key, start)))
        _remember(deed, before, None, reason)
        _finish(deed, before.entry(), events.CLEARED, before=before.entry(), reason=reason or NONE_NEEDED)


def comment_point(*, by: Actor, key: SeriesKey, start: date, text: str) -> None:
    """Write a comment beside a period. Raises NotAllowed, NotFound, Invalid."""
    text = text.strip()
    if not 1 <= len(text) <= LONGEST_COMMENT:
        raise Invalid(say("Write a comment of 1 to {most} characters.", most=LONGEST_COMMENT), field="comment")
    with atomic():
        deed = _deed(by, key, start)
        _comment(deed, text)
        tell(
            events.COMMENTED,
            by=by,
            unit=deed.place,
            subject=key.subject,
            after={"period": str(say("{period}", period=deed.period)), "text": text},
        )


def _deed(by: Actor, key: SeriesKey, start: date) -> _Deed:
    place = known_place(key.unit_id, by=by)
    by.must(Permission.RESULT_RECORD, on=place)
    measured = held_measure(key.measure_id)
    definition = definition_at(measured, start)
    hold_tree()  # before the look: no period is submitted or locked until this is stored
    stage = period_state(key.unit_id, definition.frequency, start)
    return _Deed(by, place, key, measured, definition, start, stage)


def _must_be_open(deed: _Deed) -> None:
    if deed.stage == "locked":
        raise Invalid(
            say("{period} is locked. Reopen it with a reason, then change it.", period=deed.period), field="period"
        )
    if deed.stage in ("submitted", "checked"):
        deed.by.must(Permission.RESULT_CORRECT, on=deed.place)


def _reason(deed: _Deed, reason: str) -> str:
    _must_be_open(deed)
    reason = reason.strip()
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            say("The reason is longer than {most} characters. Shorten it.", most=LONGEST_REASON), field="reason"
        )
    if reason or deed.stage == "open":
        return reason
    raise Invalid(say("This period was submitted. Say why it is corrected."), field="reason")


def _unchanged(deed: _Deed, seen: int, mine: Entry | None) -> StoredPoint:
    before = stored_point(deed.key, deed.start, to_change=True)
    if before is None:
        raise Conflict(say("Somebody took this entry away meanwhile. Record it again if it belongs here."), mine=mine)
    if before.version != seen:
        raise Conflict(
            say(
                "Somebody changed this meanwhile: it is now {numbers}. Keep that, or enter yours again.",
                numbers=numbers_of(before.entry(), deed.definition),
            ),
            theirs=before,
            mine=mine,
        )
    return before


def _must_differ(before: StoredPoint, entry: Entry, deed: _Deed) -> None:
    if before.entry() == replace(entry, comment=""):
        stands = numbers_of(before.entry(), deed.definition)
        words = say("{numbers} stands there already, so nothing is changed. Enter another number.", numbers=stands)
        raise Invalid(words, field="numerator")


def _check(deed: _Deed, entry: Entry, today: date, fiscal_start: int) -> tuple[Sentence, ...]:
    recent = recent_values(deed.key, entry.start, deed.definition)
    warnings = check_entry(entry, deed.definition, today=today, fiscal_start=fiscal_start, recent=recent)
    if deed.measured.retired_on and entry.start > deed.measured.retired_on:
        raise Invalid(say("This measure was retired on {day}.", day=deed.measured.retired_on), field="period")
    if not is_collected(deed.key.measure_id, deed.key.unit_id, entry.start):
        raise Invalid(
            say("{unit} does not collect this measure then. Add the unit to the measure first.", unit=deed.place.name),
            field="period",
        )
    return warnings


def _columns(deed: _Deed, entry: Entry) -> dict[str, Any]:
    return {
        "unit_id": deed.key.unit_id,
        "measure_id": deed.key.measure_id,
        "stratum_id": deed.key.stratum_id,
        "start": day_number(entry.start),
        "state": STATE_CODES[entry.state],
        "numerator": entry.numerator,
        "denominator": entry.denominator,
        "n": entry.n,
        "definition": deed.definition.version,
    }


def _remember(deed: _Deed, before: StoredPoint, after: Entry | None, reason: str) -> None:
    numbers = {"before": _kept(before.entry()), "after": _kept(after) if after else {}}
    store.execute(insert(PointHistory).values(**signed(deed.by, deed.key, deed.start), **numbers, reason=reason))


def _kept(entry: Entry) -> dict[str, Any]:
    return {"state": entry.state.value, "numerator": entry.numerator, "denominator": entry.denominator, "n": entry.n}


def _finish(deed: _Deed, entry: Entry, event: str, *, before: Entry | None = None, reason: str = "") -> None:
    """Refresh what depends on the point, keep its comment, and tell the trail."""
    if entry.comment.strip() and event != events.CLEARED:
        _comment(deed, entry.comment.strip())
    refresh_status([deed.key])
    numbers = numbers_of(entry, deed.definition)
    after = {"period": str(say("{period}", period=deed.period)), "numbers": numbers, **_kept(entry)}
    if reason:
        after["reason"] = reason
    tell(
        event,
        by=deed.by,
        unit=deed.place,
        subject=deed.key.subject,
        before={"numbers": numbers_of(before, deed.definition), **_kept(before)} if before else None,
        after=after,
    )


def _comment(deed: _Deed, text: str) -> None:
    store.execute(insert(PointComment).values(**signed(deed.by, deed.key, deed.start), text=text))
