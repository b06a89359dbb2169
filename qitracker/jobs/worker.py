"""Do one job: claim it, keep its heart beating, tell its progress, end it whatever happens."""

import threading
from collections.abc import Callable

import structlog
from sqlalchemy import Engine, select, update

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor, system
from qitracker.foundation.db import db, store
from qitracker.foundation.errors import Refusal
from qitracker.jobs import commands
from qitracker.jobs.models import Job
from qitracker.jobs.registry import Cancelled, kind_of

HEARTBEAT_SECONDS = 3.0

_actor_of: list[Callable[[int], Actor]] = [lambda user_id: system("the worker")]


def use_actor_source(actor_of: Callable[[int], Actor]) -> None:
    """Let `actor_of` turn the id of the person who asked into an actor with today's rights."""
    _actor_of[0] = actor_of


class Heart:
    """Beats beside the work on a connection of its own, and carries progress to the row."""

    def __init__(self, engine: Engine, job_id: int, attempt: int) -> None:
        self.job_id = job_id
        self._engine, self._attempt = engine, attempt
        self._stop = threading.Event()
        self._told: dict[str, object] = {}
        self._cancelled = False
        self._thread = threading.Thread(target=self._beat, name=f"job-{job_id}", daemon=True)

    def __enter__(self) -> "Heart":
        self._thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._stop.set()
        self._thread.join(timeout=20)

    def progress(self, done: int, total: int, words: str = "") -> None:
        """Tell how far the work is; raises Cancelled when the person has called it off."""
        self._told = {"progress_done": done, "progress_total": total, "progress_words": words}
        if self._cancelled:
            raise Cancelled

    def _beat(self) -> None:
        while True:
            try:
                self._write()
            except Exception as fault:  # a busy database: the next beat comes soon
                structlog.get_logger("jobs").warning("heartbeat", job=self.job_id, fault=str(fault))
            if self._stop.wait(0.5 if self._told else HEARTBEAT_SECONDS):
                return

    def _write(self) -> None:
        mine = (Job.id == self.job_id) & (Job.attempts == self._attempt) & (Job.state == "running")
        told, self._told = self._told, {}
        with self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            row = connection.execute(
                update(Job.__table__).where(mine).values(heartbeat_at=clock.now(), **told).returning(Job.cancel_asked)
            ).first()
            self._cancelled = row is None or row.cancel_asked


def run(job_id: int) -> None:
    """Do the job if it still waits; return at once if another worker has it."""
    job = commands.claim(job_id)
    if job is None:
        return
    attempt, kind_code, payload, actor_id = job.attempts, job.kind, dict(job.payload), job.actor_id
    log = structlog.get_logger("jobs").bind(job=job_id, kind=kind_code, attempt=attempt)
    store.remove()
    log.info("job begins")
    with Heart(db.engine, job_id, attempt) as heart:
        try:
            by = _actor_of[0](actor_id) if actor_id is not None else system("the worker")
            outcome = {"state": "done", "result": kind_of(kind_code).deed(heart, by, **payload)}
        except Cancelled:
            outcome = {"state": "cancelled", "problem": "Called off. Nothing was changed."}
        except Refusal as refusal:
            outcome = {"state": "failed", "problem": str(refusal.words)}
        except Exception as fault:
            log.error("job broke", exc_info=fault)
            outcome = {
                "state": "failed",
                "problem": f"Something broke on our side. Nothing was changed. Quote job {job_id} to an administrator.",
            }
        finally:
            store.remove()
    still_ours = commands.finish(job_id, attempt=attempt, **outcome)
    log.info("job ends", state=outcome["state"], ours=still_ours)
    store.remove()


def waiting() -> list[int]:
    """Return the ids of jobs that wait, oldest first (for workers without a queue, and for tests)."""
    return list(store.scalars(select(Job.id).where(Job.state == "queued").order_by(Job.created_at)))
