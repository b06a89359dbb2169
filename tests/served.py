"""Start a real installation in a folder of its own, server and worker, and stop it again."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from qitracker.foundation.permissions import Role

SECONDS_TO_START = 120
EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
PASSWORD = re.compile(r"\b[a-z]{6}(?:-[a-z]{6}){3}\b")


@dataclass(frozen=True)
class Installation:
    """A running installation: where it answers, where it keeps its things, and what it printed."""

    address: str
    instance: Path
    log: Path
    process: subprocess.Popen[bytes]

    def printed(self) -> str:
        """Return everything the installation has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def account(self, role: Role) -> tuple[str, str]:
        """Return e-mail and password of the demonstration's person in `role`, from the line that was printed."""
        named = re.compile(rf"\b{role.value.replace('_', '[ _]')}\b", re.I)
        for line in self.printed().splitlines():
            email, password = EMAIL.search(line), PASSWORD.search(line)
            if named.search(line) and email and password:
                return email[0], password[0]
        raise AssertionError(f"No account of a {role.value} was printed:\n{self.printed()[-4000:]}")


def free_port() -> int:
    """Return a port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(
    instance: Path, *, command: tuple[str, ...] = (sys.executable, "-m", "qitracker"), **settings: str
) -> Iterator[Installation]:
    """Serve the installation in `instance` until the block ends; `settings` go in as QI_… variables."""
    port, log = free_port(), instance / "printed.log"
    own = {key: value for key, value in os.environ.items() if not key.startswith("QI_")}
    given = {
        "environment": "demonstration",
        "web_processes": "1",
        "port": str(port),
        "instance": str(instance),
        **settings,
    }
    environment = {**own, **{f"QI_{name.upper()}": value for name, value in given.items()}}
    with log.open("wb") as printed:
        process = subprocess.Popen(
            command, env=environment, cwd=instance, stdout=printed, stderr=subprocess.STDOUT, start_new_session=True
        )
    running = Installation(f"http://127.0.0.1:{port}", instance, log, process)
    try:
        _wait_until_ready(running)
        yield running
    finally:
        _stop(process)


def _wait_until_ready(running: Installation) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and running.process.poll() is None:
        try:
            with urlopen(running.address + "/readyz", timeout=5):
                return
        except HTTPError as answer:
            said = answer.read().decode("utf-8", "replace")
        except (URLError, ConnectionError, TimeoutError) as fault:
            said = str(fault)
        time.sleep(0.2)
    raise AssertionError(f"The installation did not start ({said}). It printed:\n{running.printed()[-4000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
