"""What stands beside one cell of the grid: the periods before, comments, history; and who touched it last."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from qitracker.audit.queries import story
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Period, say
from qitracker.measures.queries import Measured, StratumChoice, definition_at
from qitracker.measures.rules import Definition
from qitracker.results import events
from qitracker.results.keys import SeriesKey, day_number
from qitracker.results.models import PointHistory, point
from qitracker.results.queries.of_series import of_period, of_series
from qitracker.results.queries.period_page import Change, Comment, changes_of, comments_of
from qitracker.results.queries.points import STORED, StoredPoint, as_stored, stored_point
from qitracker.results.queries.sheet_rows import Slot, slot_of

BEFORE = 12
LOOKED_AT = 60  # entries of the trail in which the recording is looked for


@dataclass(frozen=True)
class Touch:
    """Who changed a point last, and when."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Beside:
    """Everything templates/entry/_beside.html may use."""

    start: date
    definition: Definition
    title: str
    now: Slot
    before: tuple[Slot, ...]  # newest first
    changes: tuple[Change, ...]
    comments: tuple[Comment, ...]
    may_comment: bool


def beside(
    *, by: Actor, place: Place, key: SeriesKey, measured: Measured, stratum: StratumChoice | None, start: date
) -> Beside:
    """Return what stands beside one cell. Four statements. Raises NotAllowed."""
    by.must(Permission.RESULT_READ, on=place)
    definition = definition_at(measured, start)
    title = f"{definition.title}, {stratum.title}" if stratum else definition.title
    return Beside(
        start=start,
        definition=definition,
        title=title,
        now=slot_of(definition, start, stored_point(key, start)),
        before=tuple(slot_of(definition_at(measured, one.start), one.start, one) for one in _before(key, start)),
        changes=changes_of(key, start, definition),
        comments=comments_of(key, start),
        may_comment=by.may(Permission.RESULT_RECORD, on=place),
    )


def _before(key: SeriesKey, start: date) -> list[StoredPoint]:
    rows = store.execute(
        select(*STORED)
        .where(of_series(point, key), point.c.start < day_number(start))
        .order_by(point.c.start.desc())
        .limit(BEFORE)
    )
    return [as_stored(*row) for row in rows]


def last_touch(key: SeriesKey, start: date, frequency: str) -> Touch | None:
    """Return who corrected the point last, else who recorded it; None for one that came with an import."""
    row = store.execute(
        select(PointHistory.by_name, PointHistory.at)
        .where(of_period(PointHistory, key, start))
        .order_by(PointHistory.id.desc())
        .limit(1)
    ).first()
    if row is not None:
        return Touch(row.by_name, row.at)
    period = str(say("{period}", period=Period(start, frequency)))
    for told in story([key.subject], limit=LOOKED_AT):
        if told.event == events.RECORDED and told.sentence.values.get("period") == period:
            return Touch(told.actor, told.at)
    return None
