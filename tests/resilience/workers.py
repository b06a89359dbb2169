"""Real workers that a test starts and kills, and waiting for what they do."""

import os
import signal
import subprocess
import sys
import time

import pytest

from qitracker.foundation.config import Settings
from qitracker.foundation.db import store

LEASE = 5  # seconds of silence after which a job is given to another worker
DEADLINE = 120


@pytest.fixture(name="settings")
def short_lease(tmp_path, database) -> Settings:
    return Settings(instance=tmp_path, database=database, log_level="error", job_lease_seconds=LEASE, job_attempts=5)


@pytest.fixture(name="worker")
def real_worker(settings):
    """Start real workers of the installation, as the supervisor does; none outlives the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        own = {key: value for key, value in os.environ.items() if not key.startswith("QI_")}
        given = {
            "QI_INSTANCE": str(settings.instance),
            "QI_DATABASE": settings.database,
            "QI_JOB_LEASE_SECONDS": str(LEASE),
            "QI_JOB_ATTEMPTS": "5",
        }
        command = [sys.executable, "-m", "qitracker.cli", "worker"]
        started.append(subprocess.Popen(command, env={**own, **given}, start_new_session=True))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def seen(read):
    """Return what `read` gives now, in a transaction of its own."""
    store.rollback()
    return read()


def wait_until(condition) -> None:
    deadline = time.monotonic() + DEADLINE
    while not seen(condition):
        assert time.monotonic() < deadline, "nothing happened in time"
        time.sleep(0.02)
