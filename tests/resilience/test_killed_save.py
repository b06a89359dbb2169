"""A server that is killed in the middle of a write to a worksheet leaves all of it or nothing, and holds up nobody."""

import multiprocessing
import os
import signal

import pytest
from sqlalchemy import func, select

from qitracker.app import create_app
from qitracker.audit.models import AuditEntry
from qitracker.foundation.db import store
from qitracker.worksheets.commands import cells, paste, paste_block, save_cell
from qitracker.worksheets.kinds.fmea_block import read_block
from qitracker.worksheets.models import CellVersion, Sheet, SheetRowRow
from tests.builders.people import SYSTEM, Build
from tests.builders.worksheets import a_cause, a_sheet

pytestmark = pytest.mark.both_databases

BLOCK = "step\tfailure mode\teffect\tcause\nHand over\tList lost\tDose missed\tNo cover"


def _killed(settings, deed: str, sheet: int, row: int) -> None:
    """Write, and die by the hand of the system when the trail is to be told: after the rows, before the commit."""

    def die(*_arguments, **_members):
        os.kill(os.getpid(), signal.SIGKILL)

    cells.record = paste.record = die
    with create_app(settings).app_context():
        if deed == "cell":
            save_cell(by=SYSTEM, sheet_id=sheet, row_id=row, column="text", value="Half written", seen=1)
        else:
            paste_block(by=SYSTEM, sheet_id=sheet, block=read_block(BLOCK), below=None, token="once")


def _state(sheet: int) -> tuple[int, ...]:
    counts = (SheetRowRow.id, CellVersion.value, AuditEntry.id)
    return (
        *(store.scalar(select(func.count(column))) for column in counts),
        store.scalar(select(Sheet.sequence).where(Sheet.id == sheet)),
    )


@pytest.mark.parametrize("deed", ["cell", "block"])
def test_a_write_that_is_killed_before_its_end_leaves_nothing_and_the_next_one_goes_through(app, settings, deed):
    build = Build(app)
    sheet = a_sheet(build, build.unit("Ward"))
    row = a_cause(build, sheet)["cause"]
    with app.app_context():
        before = _state(sheet)
        store.rollback()
        process = multiprocessing.get_context("spawn").Process(target=_killed, args=(settings, deed, sheet, row))
        process.start()
        process.join(timeout=60)
        assert process.exitcode == -signal.SIGKILL
        assert _state(sheet) == before
        store.rollback()
        if deed == "cell":
            assert save_cell(by=SYSTEM, sheet_id=sheet, row_id=row, column="text", value="Whole", seen=1).version == 2
        else:
            assert paste_block(by=SYSTEM, sheet_id=sheet, block=read_block(BLOCK), below=None, token="once").good
        assert _state(sheet)[-1] == before[-1] + 1
