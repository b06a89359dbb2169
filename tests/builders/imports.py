"""Files to import, in one line: sent, mapped, checked, imported."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import current_app

from qitracker.exchange import commands
from qitracker.exchange.choices import Choices
from qitracker.exchange.commands.opening import Day
from qitracker.exchange.mapping import Mapping, PeriodColumns
from qitracker.exchange.summary import Summary
from qitracker.foundation.actor import Actor, Place
from qitracker.measures.queries import Measured
from tests.builders.people import Build

DAY = Day(date(2026, 6, 15))
MOST = 64 << 20
WARDS = Mapping(
    unit="ward", period=PeriodColumns(start="month"), numerator="[met]", denominator="[all]", comment="comment"
)
HEAD = "ward,month,met,all,comment"


def a_file(*rows: str, head: str = HEAD) -> bytes:
    """Return a CSV file with these rows below its head."""
    return "\n".join([head, *rows, ""]).encode()


def instance() -> Path:
    """Return the folder of the installation that is entered."""
    return current_app.extensions["settings"].instance


def sent(
    build: Build,
    by: Actor,
    content: bytes,
    *,
    unit: Place,
    measured: Measured | None = None,
    mapping: Mapping | None = None,
    filename: str = "wards.csv",
    **choices: Any,
) -> int:
    """Send a file and map its columns; return the import's number."""
    with build._inside():
        batch_id = commands.send_file(
            by=by,
            instance=instance(),
            stream=BytesIO(content),
            filename=filename,
            unit_id=unit.id,
            measure_id=measured.id if measured else None,
            most=MOST,
        )
        if mapping is not None or measured is not None:
            whole = mapping or WARDS
            fixed = {"fixed_measure": measured.slug} if measured and not whole.measure else {}
            commands.set_mapping(
                by=by,
                batch_id=batch_id,
                instance=instance(),
                mapping=Mapping(**{**whole.__dict__, **fixed}),
                choices=Choices(**choices),
            )
        return batch_id


def checked(build: Build, by: Actor, batch_id: int) -> Summary:
    """Check a file."""
    with build._inside():
        return commands.check_import(by=by, batch_id=batch_id, instance=instance(), day=DAY)


def imported(build: Build, by: Actor, batch_id: int) -> Summary:
    """Import a file."""
    with build._inside():
        return commands.run_import(by=by, batch_id=batch_id, instance=instance(), day=DAY)
