"""What the worker does for imports: check a file, import it."""

from pathlib import Path
from typing import Any

from flask import current_app

from qitracker.exchange.commands import check_import, run_import
from qitracker.exchange.commands.decide import CHECK, IMPORT
from qitracker.exchange.commands.opening import Day
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.config import Settings
from qitracker.foundation.words import say
from qitracker.jobs.registry import Context, job


def installation() -> tuple[Path, Day]:
    """Return the folder of the running installation, and what day it is there."""
    settings: Settings = current_app.extensions["settings"]
    return settings.instance, Day(clock.today(settings.timezone), settings.fiscal_year_starts)


@job(CHECK, title=say("Checking a file"))
def check(context: Context, by: Actor, batch_id: int) -> dict[str, Any]:
    """Check a file without storing anything of it."""
    instance, day = installation()
    summary = check_import(by=by, batch_id=batch_id, instance=instance, day=day, tell=context.progress)
    return {"batch_id": batch_id, "refused": summary.refused}


@job(IMPORT, title=say("Importing a file"))
def import_file(context: Context, by: Actor, batch_id: int) -> dict[str, Any]:
    """Import a file; done before, it only tells what came of it."""
    instance, day = installation()
    summary = run_import(by=by, batch_id=batch_id, instance=instance, day=day, tell=context.progress)
    return {"batch_id": batch_id, "new": summary.new, "refused": summary.refused}
