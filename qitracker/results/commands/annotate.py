"""Say something of a chart: new limits from here, leave this point out, what happened then."""

from datetime import date
from typing import Any

from sqlalchemy import and_, delete, insert, select

from qitracker.audit.commands import record as tell
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import atomic, refuse_duplicate, store
from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Period, say
from qitracker.measures.queries import Measured, definition_at, measure_by_id
from qitracker.people.queries.places import known_place
from qitracker.results import events
from qitracker.results.commands.refresh import refresh_status
from qitracker.results.keys import SeriesKey, day_number, day_of
from qitracker.results.models import Exclusion, Note, PhaseRow
from qitracker.results.queries.of_series import of_series
from qitracker.results.signed import signed

LONGEST_NOTE = 500


def start_phase(*, by: Actor, key: SeriesKey, start: date, reason: str, frozen_to: date | None = None) -> int:
    """Calculate limits anew from this period on and return the number of the phase.

    Raises NotAllowed, NotFound, Invalid without a reason.
    """
    place, measured = _where(by, key)
    if frozen_to is not None and frozen_to < start:
        raise Invalid(say("The limits cannot be frozen before they begin. Choose a later period."), field="frozen_to")
    values = signed(by, key, start) | {
        "reason": _text(reason, "reason", say("Say what changed in the process then.")),
        "frozen_to": day_number(frozen_to) if frozen_to else None,
    }
    with refuse_duplicate("start", say("New limits already begin there.")), atomic():
        number = _inserted(PhaseRow, values)
        refresh_status([key])
        _tell(events.PHASE_STARTED, by, place, key, measured, start, after={"reason": reason.strip()})
    return number


def remove_phase(*, by: Actor, key: SeriesKey, phase_id: int) -> None:
    """Take new limits away again. Raises NotAllowed, NotFound."""
    _remove(PhaseRow, events.PHASE_REMOVED, by=by, key=key, row_id=phase_id)


def exclude_point(*, by: Actor, key: SeriesKey, start: date, reason: str) -> int:
    """Draw a point without counting it towards the limits; return the number of the remark.

    Raises NotAllowed, NotFound, Invalid without a reason.
    """
    place, measured = _where(by, key)
    values = signed(by, key, start) | {
        "reason": _text(reason, "reason", say("Say why this point does not belong to the process."))
    }
    with refuse_duplicate("start", say("This point is left out already.")), atomic():
        number = _inserted(Exclusion, values)
        refresh_status([key])
        _tell(events.EXCLUDED, by, place, key, measured, start, after={"reason": reason.strip()})
    return number


def include_point(*, by: Actor, key: SeriesKey, exclusion_id: int) -> None:
    """Count a point towards the limits again. Raises NotAllowed, NotFound."""
    _remove(Exclusion, events.INCLUDED, by=by, key=key, row_id=exclusion_id)


def add_note(*, by: Actor, key: SeriesKey, start: date, text: str) -> int:
    """Write a few words at one period of the chart; return the number of the note.

    Raises NotAllowed, NotFound, Invalid without words.
    """
    place, measured = _where(by, key)
    values = signed(by, key, start) | {"text": _text(text, "text", say("Write what happened then."))}
    with atomic():
        number = _inserted(Note, values)
        _tell(events.NOTED, by, place, key, measured, start, after={"text": text.strip()})
    return number


def remove_note(*, by: Actor, key: SeriesKey, note_id: int) -> None:
    """Take a note away. Raises NotAllowed, NotFound."""
    _remove(Note, events.NOTE_REMOVED, by=by, key=key, row_id=note_id)


def _inserted(table: Any, values: dict[str, Any]) -> int:
    number: int = store.scalar(insert(table).values(**values).returning(table.id))
    return number


def _where(by: Actor, key: SeriesKey) -> tuple[Place, Measured]:
    place = known_place(key.unit_id, by=by)
    by.must(Permission.CHART_ANNOTATE, on=place)
    return place, measure_by_id(key.measure_id)


def _text(text: str, field: str, missing) -> str:  # type: ignore[no-untyped-def]
    text = text.strip()
    if not text:
        raise Invalid(missing, field=field)
    if len(text) > LONGEST_NOTE:
        raise Invalid(say("This is longer than {most} characters. Shorten it.", most=LONGEST_NOTE), field=field)
    return text


def _remove(table: Any, event: str, *, by: Actor, key: SeriesKey, row_id: int) -> None:
    place, measured = _where(by, key)
    mine = and_(table.id == row_id, of_series(table, key))
    with atomic():
        row = store.execute(select(*table.__table__.c).where(mine)).first()
        if row is None:
            raise NotFound(say("It is no longer there."))
        store.execute(delete(table).where(mine))
        if table is not Note:
            refresh_status([key])
        words = row.text if table is Note else row.reason
        _tell(event, by, place, key, measured, day_of(row.start), before={"text": words, "reason": words})


def _tell(
    event: str,
    by: Actor,
    place: Place,
    key: SeriesKey,
    measured: Measured,
    start: date,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    period = str(say("{period}", period=Period(start, definition_at(measured, start).frequency)))
    tell(event, by=by, unit=place, subject=key.subject, before=before, after={"period": period, **(after or {})})
