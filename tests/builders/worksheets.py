"""Worksheets for tests, in one line: an FMEA with rows and cells."""

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.worksheets.commands import add_row, make_sheet, save_cell
from qitracker.worksheets.queries.page import rows_of
from qitracker.worksheets.sheet_kind import SheetRow
from tests.builders.people import SYSTEM, Build


def a_sheet(build: Build, unit: Place, *, by: Actor = SYSTEM, title: str = "Admission medicines") -> int:
    """Make an empty FMEA."""
    with build._inside():
        return make_sheet(by=by, kind="fmea", unit_id=unit.id, title=title)


def a_row(build: Build, sheet_id: int, section: str, parent: int | None = None, *, by: Actor = SYSTEM, **cells) -> int:
    """Add a row with what stands in its cells."""
    with build._inside():
        row_id = add_row(by=by, sheet_id=sheet_id, section=section, parent_id=parent)
        for column, value in cells.items():
            save_cell(by=by, sheet_id=sheet_id, row_id=row_id, column=column, value=str(value), seen=0)
        return row_id


def a_cause(build: Build, sheet_id: int, *, scores: tuple[int, int, int] = (7, 5, 7)) -> dict[str, int]:
    """Add a step with one failure mode, its effect, cause and detection control; return the rows by section."""
    severity, occurrence, detection = scores
    step = a_row(build, sheet_id, "step", text="Ask the patient")
    mode = a_row(build, sheet_id, "mode", step, text="Wrong home dose recorded")
    effect = a_row(build, sheet_id, "effect", mode, text="Too much is given", on="patient", severity=severity)
    cause = a_row(build, sheet_id, "cause", mode, text="The patient is tired", occurrence=occurrence)
    control = a_row(build, sheet_id, "control", cause, text="A second source", kind="detection", detection=detection)
    return {"step": step, "mode": mode, "effect": effect, "cause": cause, "control": control}


def rows(build: Build, sheet_id: int) -> dict[int, SheetRow]:
    """Return the rows of a sheet by id."""
    with build._inside():
        store.rollback()  # what others wrote meanwhile is seen, in a test that stays inside one context too
        return {row.id: row for row in rows_of(sheet_id)}
