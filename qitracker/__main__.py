"""`python -m qitracker`: migrate, then run the server and its workers until one signal ends both."""

import os
import sys
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from qitracker.app import create_app, migration_gap
from qitracker.audit.queries import story
from qitracker.cli import installation
from qitracker.demonstration.make import make_demonstration
from qitracker.demonstration.sign_in import kept, words
from qitracker.foundation.config import Settings, WrongSetting
from qitracker.foundation.errors import Refusal
from qitracker.people.queries import organisation
from qitracker.people.setup import has_administrator
from qitracker.supervisor import check_port, supervise
from qitracker.web.fonts import subset
from qitracker.web.logs import FILE_NAME, is_kept_in_a_file


def prepare(app: Flask, settings: Settings) -> str:
    """Make what the first page needs (tables, typefaces, in a demonstration people) and return what to print of it.

    Raises:
        Refusal: nobody could sign in.
    """
    with app.app_context():
        if migration_gap():
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
    lines = make_demonstration(settings)
    print(f"{story([('unit', organisation().id)], limit=1)[0].sentence}\n", flush=True)
    return words(lines, settings.instance)


def _what_else(settings: Settings) -> str:
    """Return where the log is and how to stop, for somebody at a terminal."""
    if not is_kept_in_a_file(settings):
        return ""
    return f"The log is kept in {settings.instance / FILE_NAME}. Ctrl+C stops qitracker."


def main() -> None:
    """Start the installation; a wrong setting is one sentence."""
    os.umask(0o077)  # what an installation keeps is its own business
    try:
        settings = installation()
        app = create_app(settings)
        check_port(settings)
        said = prepare(app, settings)
    except (WrongSetting, Refusal) as refusal:
        sys.exit(f"qitracker: {refusal}")
    except KeyboardInterrupt:
        sys.exit("\nqitracker: stopped before it was ready. Nothing is half made; the next start begins anew.")
    for line in filter(None, (said, _what_else(settings))):
        print(f"{line}\n", flush=True)
    sys.exit(
        supervise(
            app,
            settings,
            when_ready=lambda: print(f"qitracker is at {settings.address}", flush=True),  # the last line
        )
    )


if __name__ == "__main__":
    main()
