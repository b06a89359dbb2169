"""What somebody sees who tries qitracker at a terminal: who may sign in, then the address; the log lies beside."""

import json
import os
import pty
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.served import EMAIL, PASSWORD, free_port

SECONDS_TO_START = 120
LAST_LINE = "qitracker is at http://127.0.0.1:"


def _start(instance: Path, port: int, screen: int) -> subprocess.Popen[bytes]:
    own = {name: text for name, text in os.environ.items() if not name.startswith("QI_")}
    chosen = {"QI_INSTANCE": str(instance), "QI_ENVIRONMENT": "demonstration", "QI_PORT": str(port)}
    return subprocess.Popen(
        [sys.executable, "-m", "qitracker"],
        env={**own, **chosen, "COLUMNS": "200"},
        cwd=instance,
        stdout=screen,
        stderr=screen,
        start_new_session=True,
    )


def _shown(screen: int) -> str:
    """Return what the terminal shows until the address stands there and nothing has followed for two seconds."""
    text, deadline = "", time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if not select.select([screen], [], [], 2.0)[0]:
            if LAST_LINE in text:
                return text
            continue
        text += os.read(screen, 65536).decode("utf-8", "replace")
    raise AssertionError(f"No address was printed:\n{text}")


@pytest.mark.slow
def test_a_start_at_a_terminal_shows_the_sign_ins_and_ends_with_the_address(tmp_path):
    ours, theirs = pty.openpty()
    port = free_port()
    process = _start(tmp_path, port, theirs)
    try:
        shown = _shown(ours).replace("\r\n", "\n")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        os.close(theirs)
        os.close(ours)
    assert shown.rstrip().splitlines()[-1] == f"{LAST_LINE}{port}"
    assert "{" not in shown and "[INFO]" not in shown
    assert len([line for line in shown.splitlines() if EMAIL.search(line) and PASSWORD.search(line)]) == 5
    logged = [json.loads(line) for line in (tmp_path / "qitracker.log").read_text(encoding="utf-8").splitlines()]
    assert {"alembic.runtime.migration", "gunicorn.error"} <= {line["logger"] for line in logged}
    assert (tmp_path / "qitracker.log").stat().st_mode & 0o077 == 0


def test_a_port_that_is_taken_stops_the_start_with_one_sentence(tmp_path):
    own = {name: text for name, text in os.environ.items() if not name.startswith("QI_")}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "qitracker"],
            env={**own, "QI_INSTANCE": str(tmp_path), "QI_PORT": str(port)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.strip().startswith(f"qitracker: Another program listens at port {port} already.")
    assert len(done.stderr.strip().splitlines()) == 1
