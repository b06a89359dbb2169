"""A worker that is killed while it imports loses nothing: the job is done again, once, whole."""

import os
import signal
import time
from datetime import date

import pytest
from sqlalchemy import func, select

from qitracker.app import create_app
from qitracker.exchange import commands
from qitracker.exchange.queries.batches import visible_batch
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Role
from qitracker.jobs.commands import cancel
from qitracker.jobs.queries import job_view
from qitracker.results.models import point, status
from tests.builders.imports import a_file, sent
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM, Build
from tests.resilience.workers import LEASE, real_worker, seen, short_lease, wait_until  # noqa: F401  (fixtures)

UNITS, MONTHS = 400, 120
ROWS = UNITS * MONTHS

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]


@pytest.fixture
def asked(settings):
    """Return an installation, an import that an officer asked for, and its job."""
    app = create_app(settings)
    build = Build(app)
    with app.app_context():
        units = [build.unit(f"Ward {number}", code=f"W{number:03}") for number in range(UNITS)]
        measured = a_measure(build, build.organisation(), units, begins=date(2010, 1, 1))
        officer = build.person(Role.QUALITY_OFFICER).actor
        rows = [
            f"W{unit:03},{2011 + month // 12}-{month % 12 + 1:02},{(unit * 7 + month) % 90},{100 + month},"
            for unit in range(UNITS)
            for month in range(MONTHS)
        ]
        batch_id = sent(build, officer, a_file(*rows), unit=build.organisation(), measured=measured)
        job_id = commands.ask_import(by=officer, batch_id=batch_id)
        yield app, batch_id, job_id
        store.remove()


@pytest.mark.parametrize("moment", [0.05, 0.6, 1.3])
def test_an_import_whose_worker_is_killed_is_done_again_whole_and_once(moment, asked, worker):
    _, batch_id, job_id = asked
    first = worker()
    wait_until(lambda: job_view(by=SYSTEM, job_id=job_id).state == "running")
    time.sleep(moment)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    count = select(func.count()).select_from(point)
    assert seen(lambda: store.scalar(count)) in (0, ROWS)  # nothing, or all of it
    time.sleep(LEASE + 1)
    worker()
    wait_until(lambda: job_view(by=SYSTEM, job_id=job_id).is_over)
    job = seen(lambda: job_view(by=SYSTEM, job_id=job_id))
    assert (job.state, job.result["new"]) == ("done", ROWS)
    batch = seen(lambda: visible_batch(batch_id, by=SYSTEM))
    assert batch.state == "done" and batch.summary.measures[0].agrees
    assert store.scalar(count) == ROWS
    assert store.scalar(select(func.sum(point.c.denominator))) == UNITS * sum(100 + month for month in range(MONTHS))
    rows = store.execute(select(status.c.points).where(status.c.units_expected == 0)).all()
    assert len(rows) == UNITS and {row.points for row in rows} == {MONTHS}


def test_an_import_that_is_called_off_stores_nothing(asked, worker):
    _, _, job_id = asked
    worker()
    wait_until(lambda: job_view(by=SYSTEM, job_id=job_id).state == "running")
    cancel(by=SYSTEM, job_id=job_id)
    wait_until(lambda: job_view(by=SYSTEM, job_id=job_id).is_over)
    state = seen(lambda: job_view(by=SYSTEM, job_id=job_id)).state
    stored = store.scalar(select(func.count()).select_from(point))
    assert (state, stored) in {("cancelled", 0), ("done", ROWS)}
