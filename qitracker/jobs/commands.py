"""Ask for a job, call it off, claim it, keep it alive, and give the lost ones to another worker."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, or_, update

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import after_commit, atomic, store
from qitracker.foundation.errors import NotFound
from qitracker.jobs.models import Job
from qitracker.jobs.registry import kind_of

UNTAKEN_SECONDS = 10
WORKER_STOPPED = (
    "The worker stopped each time this was tried. Nothing was changed. Start it again, or tell an administrator."
)

_wake: list[Callable[[int], None]] = [lambda job_id: None]


def use_waker(wake: Callable[[int], None]) -> None:
    """Let `wake` tell a worker that a job waits. Losing a call costs time, never the job."""
    _wake[0] = wake


def enqueue(kind: str, *, by: Actor, unit: Place | None, payload: dict[str, Any]) -> int:
    """Write the job row inside the caller's `atomic()` and wake a worker after the commit."""
    kind_of(kind)
    job_id = store.scalar(
        insert(Job)
        .values(
            kind=kind,
            payload=payload,
            actor_id=by.user_id,
            actor_name=by.name,
            unit_id=unit.id if unit else None,
            created_at=clock.now(),
            woken_at=clock.now(),
        )
        .returning(Job.id)
    )
    assert job_id is not None
    after_commit(lambda: _wake[0](job_id))
    return job_id


def cancel(*, by: Actor, job_id: int) -> None:
    """Call a job off: a waiting one ends now, a running one at its next step.

    Raises:
        NotFound: no such job of this person.
    """
    with atomic():
        job = store.get(Job, job_id, with_for_update=True)
        if job is None or not (by.is_system or job.actor_id == by.user_id):
            raise NotFound
        if job.state == "queued":
            job.state, job.finished_at = "cancelled", clock.now()
        elif job.state == "running":
            job.cancel_asked = True


def claim(job_id: int) -> Job | None:
    """Take the job if it still waits, in one statement, so that only one worker can."""
    with atomic():
        return store.scalar(
            update(Job)
            .where(Job.id == job_id, Job.state == "queued")
            .values(
                state="running",
                attempts=Job.attempts + 1,
                started_at=clock.now(),
                heartbeat_at=clock.now(),
                progress_done=0,
                progress_total=0,
                problem="",
            )
            .returning(Job)
            .execution_options(populate_existing=True)
        )


def finish(job_id: int, *, attempt: int, state: str, result: dict[str, Any] | None = None, problem: str = "") -> bool:
    """End the job, unless it was taken from this worker meanwhile; say whether it was still ours."""
    with atomic():
        ended = store.execute(
            update(Job)
            .where(Job.id == job_id, Job.state == "running", Job.attempts == attempt)
            .values(state=state, result=result, problem=problem, finished_at=clock.now())
            .returning(Job.id)
        ).first()
    return ended is not None


def sweep(*, lease_seconds: int, attempts: int) -> list[int]:
    """Put jobs of silent workers back, end those tried too often, wake what nobody took. Returns the woken."""
    now = clock.now()
    silent = (Job.state == "running") & (Job.heartbeat_at < now - timedelta(seconds=lease_seconds))
    with atomic():
        store.execute(
            update(Job)
            .where(silent, Job.attempts >= attempts)
            .values(
                state="failed",
                finished_at=now,
                problem=WORKER_STOPPED,
            )
        )
        store.execute(update(Job).where(silent).values(state="queued", woken_at=None))
        untaken = or_(Job.woken_at.is_(None), Job.woken_at < now - timedelta(seconds=UNTAKEN_SECONDS))
        woken = list(
            store.scalars(update(Job).where(Job.state == "queued", untaken).values(woken_at=now).returning(Job.id))
        )
        after_commit(lambda: [_wake[0](job_id) for job_id in woken] and None)
    return woken
