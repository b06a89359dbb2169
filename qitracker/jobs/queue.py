"""The queue that wakes workers: huey on SQLite, PostgreSQL or Redis, chosen by one address."""

import os
import signal

import structlog
from flask import Flask
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab

from qitracker.foundation.config import Settings
from qitracker.foundation.db import db
from qitracker.jobs import commands, worker
from qitracker.jobs.registry import regular

NAME = "qitracker"


def make_queue(settings: Settings) -> Huey:
    """Return the queue the settings name; SQLite in the instance folder when they name none."""
    address = settings.queue
    if address.startswith(("redis:", "rediss:")):
        return RedisHuey(NAME, url=address, results=False)
    if address.startswith(("postgres:", "postgresql:")):
        return PostgresHuey(NAME, dsn=address.replace("postgresql+psycopg:", "postgresql:"), results=False)
    path = address.removeprefix("sqlite:///") if address else settings.instance.resolve() / "queue.db"
    return SqliteHuey(NAME, filename=str(path), results=False)


def init_queue(app: Flask, settings: Settings) -> Huey:
    """Bind the queue to the application: commands wake it, a consumer started from it does the work."""
    queue = make_queue(settings)

    @queue.task(name="wake")
    def wake(job_id: int) -> None:
        with app.app_context():
            worker.run(job_id)

    @queue.periodic_task(crontab(), name="each_minute")
    def each_minute() -> None:
        with app.app_context():
            every_minute(settings)

    @queue.on_startup(name="fresh_connections")
    def fresh_connections() -> None:
        with app.app_context():
            db.engine.dispose(close=False)  # a fork must not share its parent's connections
            commands.sweep(lease_seconds=settings.job_lease_seconds, attempts=settings.job_attempts)

    def tell_queue(job_id: int) -> None:
        try:
            wake(job_id)
        except Exception as fault:  # the sweep finds the row; the person's deed must not fail for it
            structlog.get_logger("jobs").warning("queue unreachable", fault=str(fault))

    commands.use_waker(tell_queue)
    app.extensions["queue"] = queue
    return queue


def every_minute(settings: Settings) -> None:
    """Sweep the jobs, then do what is done regularly; one that breaks does not stop the others."""
    if os.getppid() == 1 and os.environ.get("QI_SUPERVISED"):
        os.kill(os.getpid(), signal.SIGTERM)  # whoever started this worker is gone
        return
    commands.sweep(lease_seconds=settings.job_lease_seconds, attempts=settings.job_attempts)
    for code, deed in regular().items():
        try:
            deed()
        except Exception as fault:
            structlog.get_logger("jobs").error("regular job broke", code=code, exc_info=fault)


def serve(app: Flask) -> None:
    """Do jobs until told to stop: SIGINT lets the running one finish, SIGTERM interrupts it."""
    queue: Huey = app.extensions["queue"]
    queue.create_consumer(workers=1, worker_type="thread", initial_delay=0.1, max_delay=0.5).run()
