"""`python -m qitracker`: migrate, then run the server and its workers until one signal ends both."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from flask_migrate import upgrade

from qitracker.app import create_app
from qitracker.cli import installation
from qitracker.demonstration.make import make_demonstration
from qitracker.demonstration.sign_in import kept, words
from qitracker.foundation.config import Settings, WrongSetting
from qitracker.foundation.errors import Refusal
from qitracker.people.setup import has_administrator
from qitracker.web.fonts import subset

WORKER_PAUSE_SECONDS = 2.0


def prepare(settings: Settings) -> str:
    """Make what the first page needs (tables, typefaces, in a demonstration people) and return what to print of it.

    Raises:
        Refusal: nobody could sign in.
    """
    app = create_app(settings)
    with app.app_context():
        upgrade()
        said = _people(settings)
    subset(Path(app.config["FONT_FOLDER"]))
    return said


def _people(settings: Settings) -> str:
    """Return who may sign in here: in a demonstration everybody invented, made on its first start."""
    if has_administrator():
        return words(kept(settings.instance), settings.instance) if settings.is_demonstration else ""
    if not settings.is_demonstration:
        raise Refusal("Nobody administers this installation yet. Run `qitracker init` first, then start it again.")
    print("Making three years of invented results; this takes a moment …", flush=True)
    return words(make_demonstration(settings), settings.instance)


def _server(settings: Settings) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "gunicorn", "qitracker.wsgi:app",
        "--bind", f"{settings.host}:{settings.port}",
        "--workers", str(settings.web_processes), "--threads", str(settings.web_threads),
        "--worker-class", "gthread", "--no-control-socket", "--graceful-timeout", "10",
        "--worker-tmp-dir", "/dev/shm" if Path("/dev/shm").is_dir() else str(settings.instance),
    ]  # fmt: skip
    return subprocess.Popen(command, start_new_session=True)


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "qitracker.cli", "worker"],
        start_new_session=True,
        env={**os.environ, "QI_SUPERVISED": "1"},
    )


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """End whole process groups, gently first: a worker may finish its step, nothing outlives its starter."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        alive = [process for process in processes if process.poll() is None]
        for process in alive:
            try:
                os.killpg(process.pid, signal.SIGTERM if each is signal.SIGINT and "gunicorn" in process.args else each)
            except ProcessLookupError:
                continue
        deadline = time.monotonic() + 8
        while time.monotonic() < deadline and any(process.poll() is None for process in alive):
            time.sleep(0.05)


def run(settings: Settings) -> int:
    """Supervise: a worker that dies is started again, a server that dies ends everything."""
    ended: list[int] = []
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda number, frame: ended.append(number))
    server = _server(settings)
    workers = [_worker() for _ in range(settings.worker_processes)]
    while not ended and server.poll() is None:
        time.sleep(0.2)
        for place, worker in enumerate(workers):
            if worker.poll() is not None and not ended:
                time.sleep(WORKER_PAUSE_SECONDS)
                workers[place] = _worker()
    _stop([server, *workers])
    return 0 if ended else server.returncode or 1


def main() -> None:
    """Start the installation; a wrong setting is one sentence."""
    try:
        settings = installation()
        said = prepare(settings)
    except (WrongSetting, Refusal) as refusal:
        sys.exit(f"qitracker: {refusal}")
    if said:
        print(said, flush=True)
    print(f"qitracker is at {settings.address}", flush=True)
    sys.exit(run(settings))


if __name__ == "__main__":
    main()
