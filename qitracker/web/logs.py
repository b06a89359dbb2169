"""Structured logs: one JSON object a line, or readable text; in a file of their own where somebody tries qitracker."""

import logging
import sys
from typing import Any

import structlog

from qitracker.foundation.config import Settings
from qitracker.web.faults import traceback_without_values

FILE_NAME = "qitracker.log"


def init_logs(settings: Settings) -> None:
    """Send all log lines, ours and the libraries', through one formatter to where they belong."""
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    root = logging.getLogger()
    root.handlers = _handlers(settings, shared)
    root.setLevel(settings.log_level.upper())
    for noisy in ("fontTools", "weasyprint", "matplotlib", "PIL", "huey"):
        logging.getLogger(noisy).setLevel("WARNING")
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def is_kept_in_a_file(settings: Settings) -> bool:
    """Say whether somebody tries qitracker at a terminal: there the lines would hide what they should read."""
    return settings.log_format == "auto" and settings.is_demonstration and sys.stderr.isatty()


def _handlers(settings: Settings, shared: list[Any]) -> list[logging.Handler]:
    screen = logging.StreamHandler(sys.stderr)
    text = settings.log_format == "text"
    if not is_kept_in_a_file(settings):
        screen.setFormatter(_formatter(shared, text=text))
        return [screen]
    screen.setFormatter(_formatter(shared, text=True))
    screen.setLevel(logging.WARNING)
    file = logging.FileHandler(settings.instance / FILE_NAME, encoding="utf-8", delay=True)
    file.setFormatter(_formatter(shared, text=False))
    return [file, screen]


def _formatter(shared: list[Any], *, text: bool) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(traceback_without_values),
            structlog.dev.ConsoleRenderer(colors=False) if text else structlog.processors.JSONRenderer(),
        ],
    )
