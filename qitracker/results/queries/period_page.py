"""One period with its history and comments."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.measures.queries import Measured, definition_at
from qitracker.measures.rules import Definition, Scoring
from qitracker.results.keys import SeriesKey
from qitracker.results.models import PointComment, PointHistory
from qitracker.results.queries.of_series import of_period
from qitracker.results.queries.points import StoredPoint, period_state, recent_values, stored_point
from qitracker.results.rules import Entry, displayed_value
from qitracker.results.typed import readable
from qitracker.results.wording import numbers_of
from qitracker.spc.analysis import State

_FORMERLY = "before the period was submitted"  # stood in place of a reason that nobody wrote


@dataclass(frozen=True)
class Change:
    """What a period held before, and why it was changed."""

    at: datetime
    by: str
    reason: str
    before: Sentence
    after: Sentence

    @property
    def why(self) -> Sentence:
        """Return the reason as somebody wrote it, or that none was needed."""
        if self.reason in ("", _FORMERLY):
            return say("No reason was needed: not submitted yet.")
        return say("Reason: {reason}", reason=self.reason)


@dataclass(frozen=True)
class Comment:
    """What somebody wrote beside the period."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True)
class PeriodPage:
    """Everything templates/results/period.html may use."""

    start: date
    definition: Definition
    title: str
    unit: str
    point: StoredPoint
    value: float | None
    numbers: Sentence
    stage: str
    recent: tuple[float | None, ...]
    changes: tuple[Change, ...]
    comments: tuple[Comment, ...]
    may_correct: bool
    may_comment: bool

    @property
    def typed_numerator(self) -> str:
        """Return the numerator as a form shows it: a mean, not its sum, in few decimals."""
        if self.definition.scoring is Scoring.MEAN and self.value is not None:
            return _typed(readable(self.value / self.definition.multiplier, self.definition))
        return _typed(self.point.numerator)

    @property
    def typed_denominator(self) -> str:
        """Return the denominator as it was typed."""
        return _typed(self.point.denominator)


def _typed(number: float | None) -> str:
    return "" if number is None else f"{number:.12g}"


def period_page(*, by: Actor, key: SeriesKey, place: Place, measured: Measured, start: date) -> PeriodPage:
    """Return one recorded period. Raises NotFound when nothing is recorded there or the reader may not see it."""
    if not by.may(Permission.RESULT_READ, on=place):
        raise NotFound
    definition = definition_at(measured, start)
    held = stored_point(key, start)
    if held is None:
        raise NotFound(say("Nothing is recorded for this period."))
    stage = period_state(key.unit_id, definition.frequency, start)
    needed = Permission.RESULT_RECORD if stage == "open" else Permission.RESULT_CORRECT
    return PeriodPage(
        start=start,
        definition=definition,
        title=definition.title,
        unit=place.name,
        point=held,
        value=displayed_value(held.entry(), definition),
        numbers=numbers_of(held.entry(), definition),
        stage=stage,
        recent=tuple(recent_values(key, start, definition)),
        changes=changes_of(key, start, definition),
        comments=comments_of(key, start),
        may_correct=by.may(needed, on=place) and stage != "locked",
        may_comment=by.may(Permission.RESULT_RECORD, on=place),
    )


def changes_of(key: SeriesKey, start: date, definition: Definition) -> tuple[Change, ...]:
    """Return what the period held before, newest first. One statement."""
    rows = store.execute(
        select(PointHistory.at, PointHistory.by_name, PointHistory.reason, PointHistory.before, PointHistory.after)
        .where(of_period(PointHistory, key, start))
        .order_by(PointHistory.id.desc())
    )
    return tuple(
        Change(
            row.at, row.by_name, row.reason, _said(row.before, start, definition), _said(row.after, start, definition)
        )
        for row in rows
    )


def comments_of(key: SeriesKey, start: date) -> tuple[Comment, ...]:
    """Return the comments beside the period, newest first. One statement."""
    rows = store.execute(
        select(PointComment.at, PointComment.by_name, PointComment.text)
        .where(of_period(PointComment, key, start))
        .order_by(PointComment.id.desc())
    )
    return tuple(Comment(*row) for row in rows)


def _said(kept: dict, start: date, definition: Definition) -> Sentence:
    if not kept:
        return say("nothing")
    entry = Entry(start, State(kept["state"]), kept["numerator"], kept["denominator"], kept["n"])
    return numbers_of(entry, definition)
