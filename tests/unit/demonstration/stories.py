"""Invented series analysed without a database, as the product will show them."""

from datetime import date

from qitracker.demonstration.course import Course, Plan
from qitracker.demonstration.draw import SEED, draw, starts_of
from qitracker.demonstration.plans import PLANS, plan_of
from qitracker.measures.library import library_measure
from qitracker.results.rules import Entry
from qitracker.results.series import Row, analysis_of
from qitracker.spc.analysis import Analysis, PhaseStart

TODAY = date(2026, 11, 24)
DAYS = (date(2026, 1, 1), date(2026, 2, 28), date(2026, 6, 15), date(2027, 7, 31), date(2028, 2, 29))
"""Days on which somebody may try the product first: a story must not depend on the season."""


def definition_of(plan: Plan):
    return library_measure(plan.code).definition


def entries(plan: Plan, course: Course, *, today: date = TODAY, seed: str = SEED) -> tuple[Entry, ...]:
    return draw(plan, course, definition_of(plan), today=today, seed=seed).total


def told(code: str, unit: str, *, today: date = TODAY, until: int = 1) -> Analysis:
    """Analyse one series with its phases and exclusions, as far as it was known `until` so many periods back."""
    plan = plan_of(code)
    course = next(course for course in plan.courses if course.unit == unit)
    starts = starts_of(definition_of(plan).frequency, today)
    phases = [
        PhaseStart(starts[-one.back], one.words, starts[-one.frozen] if one.frozen else None)
        for one in course.remarks
        if one.kind == "phase"
    ]
    if plan.reworded:
        phases.append(PhaseStart(starts[-plan.reworded.back], plan.reworded.reason))
    known = [one for one in entries(plan, course, today=today) if one.start <= starts[-until]]
    return analysis_of(
        [Row(e.start, e.state, e.numerator, e.denominator, e.n) for e in known],
        definition_of(plan),
        today=today,
        phases=phases,
        excluded=[starts[-one.back] for one in course.remarks if one.kind == "left out"],
    )


def every_course():
    """Give each plan with each of its courses."""
    return [(plan, course) for plan in PLANS for course in plan.courses]
