"""Two people at the same moment: one comes first, the other is told, and what is kept is true afterwards."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from qitracker.audit.models import AuditEntry
from qitracker.foundation.db import atomic, is_clash, store
from qitracker.foundation.errors import Refusal
from qitracker.measures.commands import change_definition, retire_measure, set_collecting_units
from qitracker.measures.queries import measure_by_id
from qitracker.people.commands import add_unit, close_unit, merge_units, move_unit, remove_person, take_up_invitation
from qitracker.people.commands.attempts import begin_attempt, fail_attempt
from qitracker.people.models import GrantRow, Unit, UnitAbove
from qitracker.people.queries import places
from qitracker.results.commands.rebuild import rebuild_status
from qitracker.results.commands.record import correct_point, record_point
from qitracker.results.models import point, status
from tests.builders.measures import a_definition, a_measure
from tests.builders.people import PASSWORD, SYSTEM
from tests.builders.results import FIRST, TODAY, a_series, an_entry, key_of

ROUNDS = 4
DAY = date(2026, 5, 31)


def at_once(app, deeds: Sequence[Callable[[], object]]) -> Counter[str]:
    """Do all deeds at the same moment, each by a person of its own; count how they ended."""
    ends: list[str] = []
    start = threading.Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> None:
        with app.app_context():
            store.execute(select(1))
            store.rollback()
            start.wait()
            try:
                deed()
                ends.append("ok")
            except Refusal as refusal:
                ends.append(type(refusal).__name__)
            except Exception as fault:
                ends.append("clash" if is_clash(fault) else repr(fault))
            finally:
                store.remove()

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(ends) == len(deeds), "somebody waits for ever"
    return Counter(ends)


def status_rows() -> list[dict]:
    rows = store.execute(select(status).order_by(status.c.unit_id, status.c.measure_id, status.c.stratum_id))
    return [{name: value for name, value in row._mapping.items() if name != "refreshed_at"} for row in rows]


def assert_status_is_true() -> None:
    kept = status_rows()
    rebuild_status()
    assert kept == status_rows()
    store.rollback()


def assert_tree_is_true() -> None:
    """Compare the closure with the parents, unit by unit."""
    above = dict(store.execute(select(Unit.id, Unit.parent_id)).all())
    kept = {tuple(row) for row in store.execute(select(UnitAbove.unit_id, UnitAbove.above_id, UnitAbove.distance))}
    walked = set()
    for unit_id in above:
        at, distance = unit_id, 0
        while at is not None:
            assert distance < 50, "the tree closes a circle"
            walked.add((unit_id, at, distance))
            at, distance = above[at], distance + 1
    store.rollback()
    assert kept == walked


@pytest.fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@pytest.fixture
def measured(build, ward):
    other = build.unit("Other", below=build.site("South"))
    return a_measure(build, build.organisation(), [ward, other], begins=FIRST)


def test_one_period_recorded_twice_at_once_is_stored_once(app, ward, measured):
    key = key_of(ward, measured)
    ends = at_once(app, [lambda: record_point(by=SYSTEM, key=key, entry=an_entry(), today=TODAY) for _ in range(6)])
    assert ends == {"ok": 1, "Invalid": 5}
    with app.app_context():
        assert store.scalar(select(func.count()).select_from(point)) == 1
        assert_status_is_true()


def test_two_corrections_at_once_do_not_overwrite_each_other(app, build, ward, measured):
    key = a_series(build, ward, measured, [(40, 50)], first=date(2026, 5, 1))
    deeds = [
        lambda number=number: correct_point(
            by=SYSTEM, key=key, entry=an_entry(numerator=number), reason="Counted", seen=1, today=TODAY
        )
        for number in (41, 42, 43)
    ]
    ends = at_once(app, deeds)
    assert ends == {"ok": 1, "Conflict": 2}
    with app.app_context():
        assert (
            store.scalar(
                select(func.count()).select_from(AuditEntry).where(AuditEntry.event == "result.point.corrected")
            )
            == 1
        )
        assert_status_is_true()


def test_two_wards_that_record_at_once_are_both_in_the_sum_above(app, build):
    north = build.site("North")
    wards = [build.unit(below=north) for _ in range(4)]
    measured = a_measure(build, build.organisation(), wards, begins=FIRST)
    for month in range(1, 1 + ROUNDS):
        entry = an_entry(date(2026, month, 1))
        deeds = [
            lambda one=one, entry=entry: record_point(by=SYSTEM, key=key_of(one, measured), entry=entry, today=TODAY)
            for one in wards
        ]
        assert at_once(app, deeds) == {"ok": 4}
    with app.app_context():
        shown = store.execute(select(status).where(status.c.unit_id == north.id)).one()
        assert (shown.last_numerator, shown.last_denominator) == (164, 200)
        assert_status_is_true()


def test_two_administrators_who_remove_each_other_leave_one(app, build):
    for _ in range(ROUNDS):
        two = [build.person("administrator", password=PASSWORD) for _ in range(2)]
        with app.app_context():
            others = store.scalars(
                select(GrantRow.user_id).where(
                    GrantRow.role == "administrator", GrantRow.user_id.not_in([p.id for p in two])
                )
            ).all()
            for other in others:
                remove_person(by=SYSTEM, user_id=other)
        one, another = two
        ends = at_once(
            app,
            [
                lambda one=one, another=another: remove_person(by=one.actor, user_id=another.id),
                lambda one=one, another=another: remove_person(by=another.actor, user_id=one.id),
            ],
        )
        assert ends["ok"] == 1 and ends.keys() <= {"ok", "Invalid", "NotFound", "NotAllowed"}, ends
        with app.app_context():
            assert len(store.scalars(select(GrantRow.id).where(GrantRow.role == "administrator")).all()) == 1


def test_two_moves_that_cross_close_no_circle(app, build):
    for _ in range(ROUNDS):
        one, another = build.site(), build.site()
        ends = at_once(
            app,
            [
                lambda one=one, another=another: move_unit(by=SYSTEM, unit_id=one.id, parent_id=another.id, seen=1),
                lambda one=one, another=another: move_unit(by=SYSTEM, unit_id=another.id, parent_id=one.id, seen=1),
            ],
        )
        assert ends["ok"] <= 1 and ends.keys() <= {"ok", "Invalid"}, ends
        with app.app_context():
            assert_tree_is_true()


def test_a_unit_added_below_one_that_moves_stands_below_its_new_parents(app, build):
    for number in range(ROUNDS):
        site, goal = build.site(), build.site()
        moving = build.unit(below=site)
        more = {"kind": "unit", "name": "Bay", "code": f"B{number}", "valid_from": FIRST}
        at_once(
            app,
            [
                lambda moving=moving, goal=goal: move_unit(by=SYSTEM, unit_id=moving.id, parent_id=goal.id, seen=1),
                lambda moving=moving, more=more: add_unit(by=SYSTEM, parent_id=moving.id, **more),
            ],
        )
        with app.app_context():
            assert_tree_is_true()


def test_no_open_unit_is_left_below_one_that_closes_meanwhile(app, build):
    for number in range(ROUNDS):
        closing = build.unit()
        more = {"kind": "unit", "name": "Bay", "code": f"C{number}", "valid_from": FIRST}
        at_once(
            app,
            [
                lambda closing=closing: close_unit(by=SYSTEM, unit_id=closing.id, seen=1, last_day=DAY),
                lambda closing=closing, more=more: add_unit(by=SYSTEM, parent_id=closing.id, **more),
            ],
        )
        with app.app_context():
            ends = store.scalars(select(Unit.valid_to).where(Unit.parent_id == closing.id)).all()
            assert None not in ends


def tree_deeds(site, ward, other, measured):
    """Each deed that changes what stands where, or what a measure means, with a name."""
    return {
        "move": lambda: move_unit(by=SYSTEM, unit_id=ward.id, parent_id=site.id, seen=1),
        "merge": lambda: merge_units(by=SYSTEM, source_id=ward.id, target_id=other.id, seen=1, last_day=DAY),
        "close": lambda: close_unit(by=SYSTEM, unit_id=ward.id, seen=1, last_day=DAY),
        "retire": lambda: retire_measure(
            by=SYSTEM, measure_id=measured.id, reason="Replaced", row_version=1, today=DAY
        ),
        "meaning": lambda: change_definition(
            by=SYSTEM,
            measure_id=measured.id,
            definition=a_definition(numerator="Patients asked about pain by a nurse."),
            row_version=1,
            today=TODAY,
            reason="Counted differently",
            effective_from=date(2026, 6, 1),
        ),
        "chart": lambda: change_definition(
            by=SYSTEM,
            measure_id=measured.id,
            definition=replace(a_definition(), chart="run"),
            row_version=1,
            today=TODAY,
        ),
        "units": lambda: set_collecting_units(
            by=SYSTEM, measure_id=measured.id, unit_ids=[other.id], day=date(2026, 6, 1), row_version=1
        ),
    }


@pytest.mark.parametrize("deed", ["move", "merge", "close", "retire", "meaning", "chart", "units"])
def test_what_changes_while_somebody_records_leaves_no_stale_status_and_no_wrong_version(app, build, deed):
    north, south = build.site("North"), build.site("South")
    ward, other = build.unit(below=north), build.unit(below=south)
    measured = a_measure(build, build.organisation(), [ward, other], begins=FIRST)
    for unit in (ward, other):
        a_series(build, unit, measured, [(40, 50), (44, 50), (39, 50)], first=date(2026, 2, 1))
    change = tree_deeds(south, ward, other, measured)[deed]
    start = date(2026, 6, 1) if deed == "meaning" else date(2026, 5, 1)
    entries = [
        lambda unit=unit: record_point(by=SYSTEM, key=key_of(unit, measured), entry=an_entry(start), today=TODAY)
        for unit in (ward, other)
    ]
    ends = at_once(app, [change, *entries])
    assert ends.keys() <= {"ok", "Invalid", "Conflict", "NotFound"}, ends
    with app.app_context():
        held = measure_by_id(measured.id)
        for recorded, version in store.execute(select(point.c.start, point.c.definition).where(point.c.batch_id == 0)):
            due = max((v.number for v in held.versions if v.effective_from.toordinal() <= recorded), default=1)
            assert version == due, "recorded under a version that did not hold then"
        assert_status_is_true()
        assert_tree_is_true()
        assert places([ward.id])


def test_a_result_recorded_before_a_move_commits_counts_where_the_unit_then_is(app, build):
    north, south = build.site("North"), build.site("South")
    ward, other = build.unit(below=north), build.unit(below=south)
    measured = a_measure(build, build.organisation(), [ward, other], begins=FIRST)
    a_series(build, ward, measured, [(40, 50), (44, 50)], first=date(2026, 3, 1))
    moved, recording = threading.Event(), threading.Event()

    def move() -> None:
        with app.app_context(), atomic():
            move_unit(by=SYSTEM, unit_id=ward.id, parent_id=south.id, seen=1)
            moved.set()
            recording.wait(10)
            time.sleep(0.5)  # the other one has read where the ward stands, and waits for the rows of its parents

    def record() -> None:
        with app.app_context():
            moved.wait(10)
            recording.set()
            record_point(by=SYSTEM, key=key_of(ward, measured), entry=an_entry(date(2026, 5, 1)), today=TODAY)

    threads = [threading.Thread(target=deed) for deed in (move, record)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    store.rollback()
    held = store.execute(select(point.c.start).where(point.c.unit_id == ward.id)).all()
    assert len(held) == 3
    assert_status_is_true()


def test_an_invitation_taken_up_twice_at_once_works_once(app, build):
    invited = build.invited(build.administrator(), build.unit())
    words = ("violin harbour seventeen", "meadow copper thirteen")
    ends = at_once(app, [lambda each=each: take_up_invitation(token=invited.token, password=each) for each in words])
    assert ends == {"ok": 1, "NotFound": 1}


def test_many_guesses_at_once_are_no_more_than_the_limit(app):
    for number in range(ROUNDS):
        judged: list[bool] = []

        def guess(name_hash: str = str(number) * 64, judged: list[bool] = judged) -> None:
            attempt = begin_attempt(name_hash=name_hash, limit=5, minutes=15)
            judged.append(attempt.locked_until is None)
            if attempt.locked_until is None:
                fail_attempt(attempt, limit=5, minutes=15)

        assert at_once(app, [guess] * 16) == {"ok": 16}
        assert judged.count(True) <= 5
