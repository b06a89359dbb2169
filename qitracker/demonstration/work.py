"""The work on the last months: submitted by the wards, checked and locked by quality officers."""

from datetime import date, datetime

from qitracker.demonstration.diary import MORNING
from qitracker.demonstration.measures import months_back
from qitracker.demonstration.scene import ANSWERS_FOR, OFFICER, Scene
from qitracker.foundation import clock
from qitracker.results.commands.periods import WorkPeriod, check_period, lock_period, submit_period

OLDEST, CHECKED, SUBMITTED = 6, 3, 2
"""Months back: from the oldest to the fourth they are locked, the third is checked, the second submitted."""

STILL_OPEN = {("0202", 2), ("0302", 2)}
"""Unit and month back of those who have not come round to it."""

WHY_EMPTY = "Answers to the survey and infections after operations follow when their time has passed."


def work_on_periods(scene: Scene) -> None:
    """Bring the last months of every unit as far as they would be."""
    for code in ANSWERS_FOR:
        for back in range(OLDEST, SUBMITTED - 1, -1):
            if (code, back) not in STILL_OPEN:
                _work_on(scene, code, back)


def _work_on(scene: Scene, code: str, back: int) -> None:
    period = WorkPeriod(scene.places[code].id, "month", months_back(scene.today, back))
    over, officer = months_back(scene.today, back - 1), scene.actor(OFFICER)
    with clock.at(_on_day(over, 8)):
        submit_period(by=scene.actor(ANSWERS_FOR[code]), period=period, seen=0, reason=WHY_EMPTY, today=scene.today)
    if back >= CHECKED:
        with clock.at(_on_day(over, 12)):
            check_period(by=officer, period=period, seen=1)
    if back > CHECKED:
        with clock.at(_on_day(over, 20)):
            lock_period(by=officer, period=period, seen=2)


def _on_day(over: date, day: int) -> datetime:
    """Return the morning of that day in the month after a period."""
    return datetime.combine(over.replace(day=day), MORNING)
