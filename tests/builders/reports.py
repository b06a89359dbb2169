"""Reports for tests, in one line: a unit with results, a report made of it by the very job."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from qitracker.foundation.actor import Actor, Place
from qitracker.jobs.registry import Cancelled
from qitracker.measures.queries import Measured
from qitracker.reports.jobs import make_report
from tests.builders.measures import a_benchmark, a_measure, a_target
from tests.builders.people import Build
from tests.builders.results import a_series

FIRST, LAST = date(2023, 1, 1), date(2025, 12, 31)


@dataclass
class Worker:
    """What a job is told by its worker, and what it told."""

    job_id: int = 12
    cancel_at: int = 99
    told: list[tuple[int, int]] = field(default_factory=list)

    def progress(self, done: int, total: int, words: str = "") -> None:
        """Keep what was told; call the job off where the test wants it."""
        self.told.append((done, total))
        if done >= self.cancel_at:
            raise Cancelled


def a_reported_measure(build: Build, at: Place, units: Sequence[Place], *, title: str, seed: int = 1) -> Measured:
    """Define a measure with a target and three years of months in each unit."""
    measured = a_measure(build, at, units, title=title, begins=FIRST)
    a_benchmark(build, measured, a_target(90.0, effective_from=FIRST, source="Board & council"))
    random = Random(seed)
    for unit in units:
        cells = [(float(random.randint(75, 92)), 100.0) for _ in range(36)]
        a_series(build, unit, measured, cells, first=FIRST)
    return measured


def asked(unit: Place, measures: Sequence[Measured], **changes: object) -> dict[str, object]:
    """Return the payload of a job for a report on all months of these measures."""
    wish = {"unit_id": unit.id, "wanted": [str(one.id) for one in measures], "paper": "a4"}
    return wish | {"first": FIRST.isoformat(), "last": LAST.isoformat()} | changes


def a_report(build: Build, by: Actor, unit: Place, measures: Sequence[Measured], *, number: int = 12) -> int:
    """Make a report as the worker does; return its id."""
    with build._inside():
        return make_report(Worker(number), by, **asked(unit, measures))["report_id"]
