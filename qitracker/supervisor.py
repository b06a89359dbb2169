"""Server and workers as children of one process that has everything loaded already, until a signal ends all.

Children are forked, not started anew: the second process costs milliseconds instead of the seconds
that loading the libraries takes. Each is the head of a process group, so that nothing outlives its starter.
"""

import errno
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from qitracker.foundation.config import Settings
from qitracker.foundation.db import db
from qitracker.foundation.errors import Refusal
from qitracker.jobs.queue import serve

WORKER_PAUSE_SECONDS = 2.0
PATIENCE_SECONDS = 8.0


class PassedOn(Logger):  # type: ignore[misc]
    """gunicorn's own lines go where all others go, in the same form."""

    def setup(self, cfg: Any) -> None:
        """Take out the handler that gunicorn gives itself."""
        super().setup(cfg)
        self.error_log.handlers = []
        self.error_log.propagate = True
        self.error_log.setLevel(logging.NOTSET)


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn around the application that is loaded already."""

    def __init__(self, app: Flask, settings: Settings, when_ready: Callable[[], None]) -> None:
        self._app, self._settings, self._when_ready = app, settings, when_ready
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn its settings."""
        chosen: dict[str, Any] = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": self._settings.web_processes,
            "threads": self._settings.web_threads,
            "worker_class": "gthread",
            "control_socket_disable": True,
            "graceful_timeout": 10,
            "preload_app": True,
            "logger_class": PassedOn,
            "when_ready": lambda _arbiter: self._when_ready(),
            "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else str(self._settings.instance),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application."""
        return self._app


@dataclass
class Child:
    """One forked process and, once it has ended, how."""

    pid: int
    first_signal: signal.Signals
    status: int | None = None

    def is_running(self) -> bool:
        """Ask without waiting whether it still runs."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is None

    def send(self, number: signal.Signals) -> None:
        """Signal its whole process group."""
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:
            return


def fork(deed: Callable[[], object], *, first_signal: signal.Signals) -> Child:
    """Do `deed` in a child process of its own group."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return Child(pid, first_signal)
    code = 1
    try:
        os.setsid()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        os.environ["QI_SUPERVISED"] = "1"
        deed()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        os._exit(code)


def check_port(settings: Settings) -> None:
    """Pass when nothing else listens where the server will.

    Raises:
        Refusal: another program has the port.
    """
    try:
        socket.create_server((settings.host, settings.port)).close()
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            raise Refusal(
                f"Another program listens at port {settings.port} already. Stop it, or choose another port: "
                f"QI_PORT={settings.port + 1} ./qi run"
            ) from None


def supervise(app: Flask, settings: Settings, *, when_ready: Callable[[], None]) -> int:
    """Run until a signal comes: a worker that dies is started again, a server that dies ends everything.

    `when_ready` is called once, when the address answers.
    """
    with app.app_context():
        db.engine.dispose()  # children open connections of their own
    app.extensions["queue"].storage.close()
    ended: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda got, _frame: ended.append(got))
    server = fork(Server(app, settings, when_ready).run, first_signal=signal.SIGTERM)
    workers = [_worker(app) for _ in range(settings.worker_processes)]
    while not ended and server.is_running():
        time.sleep(0.2)
        for place, worker in enumerate(workers):
            if not worker.is_running() and not ended:
                time.sleep(WORKER_PAUSE_SECONDS)
                workers[place] = _worker(app)
    _stop([server, *workers])
    return 0 if ended else server.status or 1


def _worker(app: Flask) -> Child:
    return fork(lambda: serve(app), first_signal=signal.SIGINT)


def _stop(children: list[Child]) -> None:
    """End all, gently first: a worker may finish its step."""
    for number in (None, signal.SIGTERM, signal.SIGKILL):
        alive = [child for child in children if child.is_running()]
        for child in alive:
            child.send(number or child.first_signal)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and any(child.is_running() for child in alive):
            time.sleep(0.05)
