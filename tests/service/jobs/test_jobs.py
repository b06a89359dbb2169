"""Jobs outlive their workers, their queue and the people who asked for them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from qitracker.app import create_app
from qitracker.foundation import clock
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.words import say
from qitracker.jobs import commands, worker
from qitracker.jobs.models import Job
from qitracker.jobs.queries import job_view
from qitracker.jobs.registry import job
from qitracker.people.commands import remove_person
from qitracker.people.queries import actor_by_id
from qitracker.reports.commands import ask_for_report
from qitracker.reports.rules import Wanted, Wish
from tests.builders.people import PASSWORD, SYSTEM, Build
from tests.builders.reports import FIRST, LAST, a_reported_measure

BREAKS = "tests.breaks"


@job(BREAKS, title=say("Breaks"))
def _breaks(_context, _by) -> dict:
    raise RuntimeError("Maren Ashgrove, born 1950")


@pytest.fixture(autouse=True)
def inside(app):
    with app.app_context():
        worker.use_actor_source(actor_by_id)
        yield


@pytest.fixture
def asked(build):
    person = build.person("quality_officer")
    with atomic():
        return person.actor, commands.enqueue(BREAKS, by=person.actor, unit=None, payload={})


def fall_silent(job_id: int) -> None:
    with atomic():
        store.execute(update(Job).where(Job.id == job_id).values(heartbeat_at=clock.now() - timedelta(hours=1)))


def sweep() -> list[int]:
    return commands.sweep(lease_seconds=60, attempts=2)


def test_a_job_is_claimed_by_one_worker(asked):
    _, job_id = asked
    assert commands.claim(job_id) is not None
    assert commands.claim(job_id) is None


def test_a_job_whose_worker_fell_silent_is_tried_again_and_then_ends_with_a_sentence(asked):
    by, job_id = asked
    commands.claim(job_id)
    assert sweep() == []
    fall_silent(job_id)
    assert sweep() == [job_id]
    assert commands.claim(job_id).attempts == 2
    fall_silent(job_id)
    assert sweep() == []
    view = job_view(by=by, job_id=job_id)
    assert view.state == "failed" and "The worker stopped each time" in view.problem


def test_a_worker_that_comes_back_too_late_cannot_end_what_another_took(asked):
    by, job_id = asked
    first = commands.claim(job_id).attempts
    fall_silent(job_id)
    sweep()
    commands.claim(job_id)
    assert not commands.finish(job_id, attempt=first, state="done", result={})
    assert job_view(by=by, job_id=job_id).state == "running"


def test_a_job_that_breaks_says_so_without_its_insides(asked):
    by, job_id = asked
    worker.run(job_id)
    view = job_view(by=by, job_id=job_id)
    assert view.state == "failed" and f"Quote job {job_id}" in view.problem and "Maren" not in view.problem


def test_nobody_sees_or_stops_the_job_of_another(build, asked):
    _, job_id = asked
    other = build.administrator()
    for deed in (job_view, commands.cancel):
        with pytest.raises(NotFound):
            deed(by=other, job_id=job_id)


def test_the_job_of_a_person_who_left_ends_and_says_why(build):
    ward = build.unit()
    measured = a_reported_measure(build, build.organisation(), [ward], title="Pain assessed")
    person, administrator = build.person("leader"), build.administrator()
    job_id = ask_for_report(by=person.actor, unit_id=ward.id, wish=Wish((Wanted(measured.id),), FIRST, LAST))
    remove_person(by=administrator, user_id=person.id)
    worker.run(job_id)
    view = job_view(by=SYSTEM, job_id=job_id)
    assert view.state == "failed" and view.problem


@pytest.mark.parametrize("harm", ["its file is gone", "it cannot be written", "it is no database"])
def test_a_deed_does_not_fail_because_the_queue_does(settings, tmp_path, harm):
    queue = tmp_path / "queue-of-its-own.db"
    app = create_app(replace(settings, queue=f"sqlite:///{queue}"))
    app.extensions["queue"].storage.close()
    if harm == "its file is gone":
        queue.unlink()
    elif harm == "it is no database":
        queue.write_bytes(b"nothing of use" * 1000)
    else:
        queue.unlink()
        queue.mkdir()
    build = Build(app)
    person = build.person("quality_officer", password=PASSWORD)
    with app.app_context():
        with atomic():
            job_id = commands.enqueue(BREAKS, by=person.actor, unit=None, payload={})
        assert job_view(by=person.actor, job_id=job_id).state == "queued"
        with atomic():
            store.execute(update(Job).values(woken_at=clock.now() - timedelta(minutes=1)))
        assert sweep() == [job_id]
