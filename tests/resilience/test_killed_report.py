"""A worker that is killed while it makes a report: the report is made again, once, whole, with its file."""

import os
import signal
import time

import pytest
from sqlalchemy import func, select

from qitracker.app import create_app
from qitracker.foundation.db import store
from qitracker.jobs.queries import job_view
from qitracker.reports.commands import ask_for_report
from qitracker.reports.models import Report
from qitracker.reports.queries import report_view
from qitracker.reports.rules import Wanted, Wish
from qitracker.reports.shelf import folder
from tests.builders.people import SYSTEM, Build
from tests.builders.reports import FIRST, LAST, a_reported_measure
from tests.resilience.workers import LEASE, real_worker, seen, short_lease, wait_until  # noqa: F401  (fixtures)

MEASURES = 12

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]


@pytest.fixture
def asked(settings):
    """Return an officer and the job of a long report."""
    build = Build(create_app(settings))
    with build._inside():
        ward = build.unit("Ward")
        shown = [
            a_reported_measure(build, build.organisation(), [ward], title=f"Measure {number}", seed=number)
            for number in range(MEASURES)
        ]
        officer = build.officer()
        wish = Wish(tuple(Wanted(one.id) for one in shown), FIRST, LAST)
        yield officer, ask_for_report(by=officer, unit_id=ward.id, wish=wish)
        store.remove()


def test_a_report_whose_worker_is_killed_is_made_again_once(asked, worker, settings):
    officer, job_id = asked
    first = worker()
    wait_until(lambda: job_view(by=SYSTEM, job_id=job_id).done >= 2)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert seen(lambda: job_view(by=SYSTEM, job_id=job_id).state) == "running"
    time.sleep(LEASE + 1)
    worker()
    wait_until(lambda: job_view(by=SYSTEM, job_id=job_id).is_over)
    job = seen(lambda: job_view(by=officer, job_id=job_id))
    assert (job.state, job.problem) == ("done", "")
    made = report_view(job.result["report_id"], by=officer)
    assert store.scalar(select(func.count()).select_from(Report)) == 1
    assert [path.name for path in folder(settings).iterdir()] == [made.file_name]
    assert (folder(settings) / made.file_name).stat().st_size == made.size
