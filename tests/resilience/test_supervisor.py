"""`python -m qitracker` starts server and worker together, ends both, and refuses a wrong setting in one sentence."""

import os
import subprocess
import sys
import time

import psutil
import pytest

from tests.served import Installation, served

SECONDS_TO_START = 60


def _serving_worker(running: Installation, *, other_than: int = 0) -> psutil.Process:
    """Wait for a worker that has the queue open."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        for child in psutil.Process(running.process.pid).children(recursive=True):
            if child.pid != other_than and _holds_the_queue(child):
                return child
        time.sleep(0.2)
    raise AssertionError(f"No worker serves the queue. It printed:\n{running.printed()[-3000:]}")


def _holds_the_queue(process: psutil.Process) -> bool:
    try:
        return any("queue.db" in file.path for file in process.open_files())
    except psutil.Error:
        return False


@pytest.mark.slow
def test_a_worker_that_was_killed_is_started_again_and_a_stop_leaves_nothing_running(tmp_path):
    with served(tmp_path) as running:
        first = _serving_worker(running)
        begun = first.create_time()
        first.kill()
        second = _serving_worker(running, other_than=first.pid)
        assert second.create_time() > begun
        everything = psutil.Process(running.process.pid).children(recursive=True)
        assert len(everything) >= 3
    assert not [process for process in everything if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("QI_PORT", "eighty", "whole number"),
        ("QI_PROT", "8000", "Did you mean 'port'?"),
        ("QI_TIMEZONE", "Mars/Base", "Europe/London"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence_that_names_it(variable, value, told, tmp_path):
    clean = {name: text for name, text in os.environ.items() if not name.startswith("QI_")}
    done = subprocess.run(
        [sys.executable, "-m", "qitracker"],
        env={**clean, "QI_INSTANCE": str(tmp_path), variable: value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert variable.removeprefix("QI_").lower() in done.stderr.lower() and told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
