"""Transactions: all or nothing, savepoints inside, no lost write, and no reader in a writer's way."""

import threading
import time

from pytest import fixture, raises
from sqlalchemy import func, insert, select, text, update

from qitracker.foundation import clock
from qitracker.foundation.db import after_commit, atomic, db, store
from qitracker.jobs.models import Job


@fixture(autouse=True)
def inside(app):
    with app.app_context():
        yield


def add(kind: str) -> None:
    store.execute(insert(Job).values(kind=kind, payload={}, actor_name="x", created_at=clock.now()))


def kinds() -> list[str]:
    return sorted(store.scalars(select(Job.kind)))


def test_all_of_it_or_nothing():
    with raises(RuntimeError), atomic():
        add("one")
        raise RuntimeError
    assert kinds() == []


def test_an_inner_block_is_a_savepoint_that_can_be_refused_alone():
    with atomic():
        add("kept")
        with raises(RuntimeError), atomic():
            add("refused")
            raise RuntimeError
        add("kept too")
    assert kinds() == ["kept", "kept too"]


def test_nothing_is_promised_before_the_commit_and_never_after_a_refusal():
    done = []
    with atomic():
        after_commit(lambda: done.append(kinds()))
        add("one")
        assert done == []
    with raises(RuntimeError), atomic():
        after_commit(lambda: done.append("never"))
        raise RuntimeError
    assert done == [["one"]]


def test_eight_people_who_count_up_at_once_lose_no_step(app):
    with atomic():
        add("counter")

    def count_up() -> None:
        with app.app_context():
            for _ in range(10):
                with atomic():
                    here = store.execute(select(Job.attempts).with_for_update()).scalar_one()
                    store.execute(update(Job).values(attempts=here + 1))
            store.remove()

    threads = [threading.Thread(target=count_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.rollback()
    assert store.scalar(select(Job.attempts)) == 80


def test_a_long_read_blocks_no_save_and_sees_one_moment(app):
    with atomic():
        add("before")
    saved_after: list[float] = []

    def save() -> None:
        with app.app_context():
            began = time.monotonic()
            with atomic():
                add("meanwhile")
            saved_after.append(time.monotonic() - began)
            store.remove()

    with db.engine.connect() as reading:
        if reading.dialect.name == "postgresql":
            reading.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        seen = reading.scalar(select(func.count()).select_from(Job))
        writer = threading.Thread(target=save)
        writer.start()
        writer.join(timeout=5)
        assert saved_after, "the save waited for the read"
        assert reading.scalar(select(func.count()).select_from(Job)) == seen == 1
    store.rollback()
    assert kinds() == ["before", "meanwhile"]
