"""Read job rows for the page that waits for them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.words import Sentence
from qitracker.jobs.models import Job
from qitracker.jobs.registry import kinds


@dataclass(frozen=True)
class JobView:
    """One job as its owner sees it."""

    id: int
    kind: str
    title: Sentence | None
    state: str
    done: int
    total: int
    words: str
    problem: str
    result: dict
    created_at: datetime
    payload: dict

    @property
    def is_over(self) -> bool:
        """Say whether nothing more will happen."""
        return self.state in {"done", "failed", "cancelled"}

    @property
    def share(self) -> float:
        """Return the part that is done, 0 to 1."""
        return 1.0 if self.state == "done" else min(self.done / self.total, 1.0) if self.total else 0.0


def job_view(*, by: Actor, job_id: int) -> JobView:
    """Return a job of this person. Raises NotFound for everybody else's."""
    job = store.get(Job, job_id, populate_existing=True)
    if job is None or not (by.is_system or (by.user_id is not None and job.actor_id == by.user_id)):
        raise NotFound
    kind = kinds().get(job.kind)
    return JobView(
        id=job.id,
        kind=job.kind,
        title=kind.title if kind else None,
        state=job.state,
        done=job.progress_done,
        total=job.progress_total,
        words=job.progress_words,
        problem=job.problem,
        result=job.result or {},
        created_at=job.created_at,
        payload=job.payload,
    )


def queue_is_served() -> str:
    """Return "" when no job has waited for more than two minutes, else a sentence (for /readyz)."""
    oldest = store.scalar(select(func.min(Job.created_at)).where(Job.state == "queued"))
    if oldest and clock.now() - oldest > timedelta(minutes=2):
        return f"A job has waited since {oldest:%H:%M} UTC: is a worker running?"
    return ""
