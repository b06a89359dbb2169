"""Store the drawn numbers, and what people said of them: notes, new limits, exclusions, comments, corrections."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from qitracker.demonstration.course import Course, Plan, Remark, Slip
from qitracker.demonstration.diary import MORNING
from qitracker.demonstration.draw import Drawn, draw, starts_of
from qitracker.demonstration.measures import reword
from qitracker.demonstration.scene import Scene
from qitracker.foundation import clock
from qitracker.measures.queries import measure_by_id, strata_of
from qitracker.results.commands.annotate import add_note, exclude_point, start_phase
from qitracker.results.commands.batch import add_points
from qitracker.results.commands.record import comment_point, correct_point
from qitracker.results.keys import SeriesKey, day_number
from qitracker.results.models import STATE_CODES
from qitracker.results.rules import Entry

BY_HAND = 0  # the batch of what no import brought
SEEN_AFTER = timedelta(days=38)  # a month and a week after it began: the month is over and recorded
Row = tuple[Any, ...]


def store_results(scene: Scene, plan: Plan, measure_id: int, seed: str) -> int:
    """Store every series of the measure with its remarks and return how many results were stored."""
    definition = measure_by_id(measure_id).newest.definition
    starts = starts_of(definition.frequency, scene.today) if plan.code != "days-between-serious" else ()
    drawn = {course.unit: draw(plan, course, definition, today=scene.today, seed=seed) for course in plan.courses}
    rows = [row for course in plan.courses for row in _rows(scene, measure_id, course, drawn[course.unit], starts)]
    seen = _look_first(plan, rows, starts) if plan.looked_at else set()
    turn = day_number(starts[-plan.reworded.back]) if plan.reworded else None
    before = [row for row in rows if row not in seen and (turn is None or row[3] < turn)]
    add_points([(*row, 1, BY_HAND) for row in before])
    if plan.reworded and turn is not None:
        reword(scene, measure_id, plan.reworded)
        add_points([(*row, 2, BY_HAND) for row in rows if row[3] >= turn])
    for course in plan.courses:
        _say_of(scene, SeriesKey(scene.places[course.unit].id, measure_id), course, drawn[course.unit], starts)
    return len(rows)


def _look_first(plan: Plan, rows: list[Row], starts: tuple[date, ...]) -> set[Row]:
    """Store the results up to a signal as they were known then, so that it is remembered; return what was stored."""
    assert plan.looked_at is not None
    last = starts[-plan.looked_at]
    known = [row for row in rows if row[3] <= day_number(last)]
    with clock.at(_seen(last, date.max)):
        add_points([(*row, 1, BY_HAND) for row in known])
    return set(known)


def _seen(start: date, today: date) -> datetime:
    """Return when people looked at a period: a week after the month, or yesterday."""
    return datetime.combine(min(start + SEEN_AFTER, today - timedelta(days=1)), MORNING)


def _rows(scene: Scene, measure_id: int, course: Course, drawn: Drawn, starts: tuple[date, ...]) -> Iterator[Row]:
    unit_id = scene.places[course.unit].id
    wrong = {starts[-slip.back]: slip.numerator for slip in course.slips}
    strata = (0, *(stratum.id for stratum in strata_of(measure_id))) if drawn.parts else (0,)
    for stratum_id, entries in zip(strata, (drawn.total, *drawn.parts), strict=True):
        for entry in entries:
            if stratum_id == 0 and entry.start in wrong:
                entry = replace(entry, numerator=wrong[entry.start])
            yield (unit_id, measure_id, stratum_id, day_number(entry.start), *_stored(entry))


def _stored(entry: Entry) -> Row:
    return (STATE_CODES[entry.state], entry.numerator, entry.denominator, entry.n)


def _say_of(scene: Scene, key: SeriesKey, course: Course, drawn: Drawn, starts: tuple[date, ...]) -> None:
    for remark in sorted(course.remarks, key=lambda remark: -remark.back):
        with clock.at(_seen(starts[-remark.back], scene.today)):
            _say(scene, key, remark, starts)
    for slip in course.slips:
        _mend(scene, key, slip, next(entry for entry in drawn.total if entry.start == starts[-slip.back]))


def _say(scene: Scene, key: SeriesKey, remark: Remark, starts: tuple[date, ...]) -> None:
    by, start = scene.actor(remark.by), starts[-remark.back]
    match remark.kind:
        case "note":
            add_note(by=by, key=key, start=start, text=remark.words)
        case "phase":
            frozen_to = starts[-remark.frozen] if remark.frozen else None
            start_phase(by=by, key=key, start=start, reason=remark.words, frozen_to=frozen_to)
        case "left out":
            exclude_point(by=by, key=key, start=start, reason=remark.words)
        case "comment":
            comment_point(by=by, key=key, start=start, text=remark.words)
        case kind:
            raise ValueError(f"A story holds a remark of the unknown kind {kind!r}.")


def _mend(scene: Scene, key: SeriesKey, slip: Slip, right: Entry) -> None:
    correct_point(by=scene.actor(slip.by), key=key, entry=right, reason=slip.reason, seen=1, today=scene.today)
