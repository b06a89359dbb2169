"""A period that closes while results are stored: one waits for the other, and nothing slips past a lock."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from threading import Event

import pytest
from sqlalchemy import func, select

from qitracker.exchange.commands import run_import, undo_import
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Invalid
from qitracker.results.commands.periods import WorkPeriod, lock_period, submit_period
from qitracker.results.commands.record import record_point
from qitracker.results.models import point
from tests.builders.imports import DAY, a_file, imported, instance, sent
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM
from tests.builders.results import TODAY, an_entry, key_of

MAY = date(2026, 5, 1)


@pytest.fixture
def ward(build):
    return build.unit("Heart", code="001")


@pytest.fixture
def measured(build, ward):
    return a_measure(build, build.organisation(), [ward])


@pytest.fixture
def period(ward):
    return WorkPeriod(ward.id, "month", MAY)


@pytest.fixture
def batch_id(build, ward, measured):
    return sent(build, SYSTEM, a_file("001,2026-05,41,50,", "001,2026-04,40,50,"), unit=ward, measured=measured)


def submit(period) -> None:
    submit_period(by=SYSTEM, period=period, seen=0, reason="Counted late", today=TODAY)


def close(period) -> None:
    """Submit and lock it, though nobody had moved it on before: there was no row of it."""
    submit(period)
    lock_period(by=SYSTEM, period=period, seen=1, reason="Nobody else is there")


def store_file(batch_id: int) -> tuple[int, int]:
    summary = run_import(by=SYSTEM, batch_id=batch_id, instance=instance(), day=DAY)
    return summary.new, summary.refused


def stored_points() -> int:
    return store.scalar(select(func.count()).select_from(point)) or 0


def one_after_the_other(app, first: Callable[[], object], second: Callable[[], object]) -> tuple[bool, object]:
    """Begin the second deed when the first is done but not committed; say whether it waited, and what it returned."""
    done, go_on = Event(), Event()

    def held() -> None:
        with app.app_context(), atomic():
            first()
            done.set()
            go_on.wait(20)

    def follow() -> object:
        with app.app_context():
            return second()

    with ThreadPoolExecutor(2) as both:
        leading = both.submit(held)
        assert done.wait(20)
        following = both.submit(follow)
        wait([following], timeout=1)
        waited = not following.done()
        go_on.set()
        leading.result(20)
        return waited, following.result(20)


def test_an_import_waits_for_a_period_that_is_being_locked_and_refuses_its_row(app, period, batch_id):
    waited, counts = one_after_the_other(app, lambda: close(period), lambda: store_file(batch_id))
    assert waited and counts == (1, 1)
    assert store.scalars(select(point.c.start)).all() == [date(2026, 4, 1).toordinal()]


@pytest.mark.parametrize("moved_on_before", [False, True])
def test_a_period_is_locked_only_after_the_import_that_looked_at_it(app, period, batch_id, moved_on_before):
    if moved_on_before:
        submit(period)

    def deed() -> None:
        if moved_on_before:
            lock_period(by=SYSTEM, period=period, seen=1, reason="Nobody else is there")
        else:
            submit(period)

    waited, _ = one_after_the_other(app, lambda: store_file(batch_id), deed)
    assert waited and stored_points() == 2


def test_a_result_waits_for_a_period_that_is_being_closed_for_the_first_time(app, ward, measured, period):
    def record() -> str:
        try:
            record_point(by=SYSTEM, key=key_of(ward, measured), entry=an_entry(MAY), today=TODAY)
        except Invalid as refused:
            return str(refused)
        return "saved"

    waited, said = one_after_the_other(app, lambda: close(period), record)
    assert waited and said == "May 2026 is locked. Reopen it with a reason, then change it."
    assert stored_points() == 0


def test_what_is_taken_back_waits_for_a_period_that_is_being_locked_and_leaves_it_whole(app, build, period, batch_id):
    imported(build, SYSTEM, batch_id)
    waited, taken = one_after_the_other(app, lambda: close(period), lambda: undo_import(by=SYSTEM, batch_id=batch_id))
    assert waited and (taken.removed, taken.kept) == (1, 1)
