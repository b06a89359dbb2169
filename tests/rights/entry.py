"""The entry page: sheets, what is due, cells and periods; for those who record results, check and lock them."""

from datetime import date

from qitracker.foundation.permissions import Permission
from qitracker.results.commands import cells, periods
from tests.builders.people import SYSTEM, Build
from tests.builders.results import TODAY, an_entry
from tests.rights import Scene, deed, for_holders, page

RECORD, CHECK, LOCK = Permission.RESULT_RECORD, Permission.RESULT_CHECK, Permission.RESULT_LOCK
JANUARY, FEBRUARY, APRIL = date(2026, 1, 1), date(2026, 2, 1), date(2026, 4, 1)

PAGES = {
    "entry.index": for_holders("/entry", RECORD),
    "entry.due": for_holders("/entry/due", RECORD),
    "entry.one": page("/entry/ward/{counted.slug}/2026-05-01", needs=RECORD),
    "entry.sheet_csv": page("/entry/ward/sheet.csv", needs=RECORD),
    "entry.sheet_xlsx": page("/entry/ward/sheet.xlsx", needs=RECORD),
    "results.table_csv": page("/measures/{counted.slug}/units/ward/table.csv"),
    "results.table_xlsx": page("/measures/{counted.slug}/units/ward/table.xlsx"),
}


def _line(scene: Scene) -> cells.Line:
    return cells.Line(scene["series"], APRIL, an_entry(APRIL), 0)


def _period(scene: Scene, start: date) -> periods.WorkPeriod:
    return periods.WorkPeriod(scene["ward"].id, "month", start)


DEEDS = {
    "results.save_cell": deed(lambda by, s: cells.save_cell(by=by, line=_line(s), today=TODAY), needs=RECORD),
    "results.save_block": deed(
        lambda by, s: cells.save_block(by=by, unit_id=s["ward"].id, lines=[_line(s)], today=TODAY), needs=RECORD
    ),
    "results.submit_period": deed(
        lambda by, s: periods.submit_period(by=by, period=_period(s, APRIL), seen=0, reason="Closed", today=TODAY),
        needs=RECORD,
    ),
    "results.check_period": deed(
        lambda by, s: periods.check_period(by=by, period=_period(s, FEBRUARY), seen=1), needs=CHECK
    ),
    "results.lock_period": deed(
        lambda by, s: periods.lock_period(by=by, period=_period(s, JANUARY), seen=2), needs=LOCK
    ),
    "results.reopen_period": deed(
        lambda by, s: periods.reopen_period(by=by, period=_period(s, FEBRUARY), seen=1, reason="Late cases"),
        needs=CHECK,
    ),
}


def arrange(build: Build, scene: Scene) -> None:
    """Have February submitted, and January checked."""
    with build._inside():
        periods.submit_period(by=SYSTEM, period=_period(scene, JANUARY), seen=0, reason="Nothing then", today=TODAY)
        periods.check_period(by=SYSTEM, period=_period(scene, JANUARY), seen=1)
        periods.submit_period(by=SYSTEM, period=_period(scene, FEBRUARY), seen=0, reason="Nothing then", today=TODAY)
