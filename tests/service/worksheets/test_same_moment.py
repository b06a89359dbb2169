"""Deeds on one worksheet at the very same moment: one after the other, and nothing is lost or done twice."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from qitracker.foundation.db import store
from qitracker.foundation.errors import Conflict, NotFound
from qitracker.worksheets.commands import add_row, delete_sheet, save_cell
from qitracker.worksheets.models import CellRow, CellVersion, Sheet, SheetRowRow
from tests.builders.people import SYSTEM
from tests.builders.worksheets import a_cause, a_sheet


@pytest.fixture
def sheet(build):
    return a_sheet(build, build.unit("Ward"))


def at_once(app, *deeds: Callable[[], object]) -> list[object]:
    """Do all of them at the same moment, each as a request of its own; return what each gave or raised."""
    start, given = threading.Barrier(len(deeds)), [None] * len(deeds)

    def one(at: int, deed: Callable[[], object]) -> None:
        with app.app_context():
            start.wait(timeout=30)
            try:
                given[at] = deed()
            except Exception as refusal:
                given[at] = refusal
            store.remove()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    store.rollback()
    return given


def test_of_six_who_write_in_one_cell_one_succeeds_and_five_get_both_values(app, build, sheet):
    row = a_cause(build, sheet)["cause"]

    def write(text: str) -> Callable[[], object]:
        return lambda: save_cell(by=SYSTEM, sheet_id=sheet, row_id=row, column="text", value=text, seen=1)

    before = store.scalar(select(Sheet.sequence).where(Sheet.id == sheet))
    given = at_once(app, *(write(f"Reason {number}") for number in range(6)))
    assert Counter(type(one).__name__ for one in given) == {"Saved": 1, "Conflict": 5}
    (kept,) = {one.theirs.value for one in given if isinstance(one, Conflict)}
    assert store.scalar(select(CellRow.value).where(CellRow.row_id == row, CellRow.column == "text")) == kept
    versions = select(CellVersion.version).where(CellVersion.row_id == row, CellVersion.column == "text")
    assert sorted(store.scalars(versions)) == [1, 2]
    assert store.scalar(select(Sheet.sequence).where(Sheet.id == sheet)) == before + 1


def test_the_first_words_of_a_cell_written_by_four_at_once_are_kept_once(app, build, sheet):
    row = add_row(by=SYSTEM, sheet_id=sheet, section="step")
    deeds = [
        lambda text=text: save_cell(by=SYSTEM, sheet_id=sheet, row_id=row, column="text", value=text, seen=0)
        for text in ("One", "Two", "Three", "Four")
    ]
    given = at_once(app, *deeds)
    assert Counter(type(one).__name__ for one in given) == {"Saved": 1, "Conflict": 3}


def test_a_click_sent_four_times_at_once_adds_one_row(app, build, sheet):
    given = at_once(app, *[lambda: add_row(by=SYSTEM, sheet_id=sheet, section="step", token="once")] * 4)
    assert len(set(given)) == 1 and isinstance(given[0], int)
    assert store.scalar(select(func.count()).select_from(SheetRowRow).where(SheetRowRow.sheet_id == sheet)) == 1


def test_rows_added_at_once_take_places_of_their_own(app, build, sheet):
    at_once(app, *[lambda: add_row(by=SYSTEM, sheet_id=sheet, section="step")] * 5)
    places = store.scalars(select(SheetRowRow.position).where(SheetRowRow.sheet_id == sheet))
    assert sorted(places) == [0, 1, 2, 3, 4]


def test_a_sheet_deleted_while_someone_saves_takes_the_words_or_says_it_is_gone(app, build, sheet):
    row = a_cause(build, sheet)["cause"]
    saved, deleted = at_once(
        app,
        lambda: save_cell(by=SYSTEM, sheet_id=sheet, row_id=row, column="text", value="Late", seen=1),
        lambda: delete_sheet(by=SYSTEM, sheet_id=sheet, reason="Made twice"),
    )
    assert deleted is None
    kept = store.scalar(select(CellRow.value).where(CellRow.row_id == row, CellRow.column == "text"))
    assert (kept == "Late") != (isinstance(saved, NotFound) and "deleted this worksheet" in str(saved.words))
