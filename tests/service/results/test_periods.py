"""A period is submitted, checked by another person, locked, and reopened with a reason; every step is told."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from threading import Event

from pytest import fixture, raises

from qitracker.audit.queries import story
from qitracker.foundation.db import atomic
from qitracker.foundation.errors import Conflict, Invalid, NotAllowed
from qitracker.results.commands.periods import (
    WorkPeriod,
    check_period,
    lock_period,
    reopen_period,
    submit_period,
)
from qitracker.results.commands.record import correct_point
from qitracker.results.queries.stages import Stage, stages
from tests.builders.measures import a_measure
from tests.builders.results import TODAY, a_series, an_entry

MAY = date(2026, 5, 1)


@fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@fixture
def measured(build, ward):
    return a_measure(build, build.organisation(), [ward])


@fixture
def period(ward, measured):
    return WorkPeriod(ward.id, "month", MAY)


@fixture
def nurse(build, ward):
    return build.person("team_member", ward, name="Wanda Reed").actor


@fixture
def officer(build):
    return build.person("quality_officer", name="Olga Quinn").actor


@fixture
def filled(build, ward, measured):
    return a_series(build, ward, measured, [(41, 50)], first=MAY)


def stage(period) -> Stage:
    return stages(period.unit_id, period.frequency, [period.start])[period.start]


def told(period) -> list[str]:
    found = story([("period", f"{period.unit_id}/month/2026-05-01")])
    return [str(one.sentence) for one in reversed(found)]


def test_a_period_goes_all_the_way_and_back_and_each_step_is_told(filled, period, nurse, officer):
    submit_period(by=nurse, period=period, seen=0, today=TODAY)
    check_period(by=officer, period=period, seen=1)
    lock_period(by=officer, period=period, seen=2)
    reopen_period(by=officer, period=period, seen=3, reason="Two late cases")
    now = stage(period)
    assert (now.state, now.version, now.reason, now.by_name) == ("open", 4, "Two late cases", "Olga Quinn")
    assert told(period) == [
        "Wanda Reed submitted May 2026.",
        "Olga Quinn checked May 2026.",
        "Olga Quinn locked May 2026.",
        "Olga Quinn reopened May 2026. Reason: Two late cases",
    ]


def test_empty_results_are_named_and_take_a_reason(period, nurse):
    with raises(Invalid) as refused:
        submit_period(by=nurse, period=period, seen=0, today=TODAY)
    assert set(refused.value.fields) == {"reason"} and "Pain assessed" in str(refused.value)
    assert stage(period) == Stage()
    submit_period(by=nurse, period=period, seen=0, reason="The ward was closed", today=TODAY)
    assert told(period) == ["Wanda Reed submitted May 2026 without Pain assessed. Reason: The ward was closed"]


def test_a_month_that_still_runs_cannot_be_submitted(filled, ward, nurse):
    with raises(Invalid) as refused:
        submit_period(by=nurse, period=WorkPeriod(ward.id, "month", date(2026, 6, 1)), seen=0, today=TODAY)
    assert "ends on 30 Jun 2026" in str(refused.value)


def test_a_day_within_a_month_is_no_month(ward, nurse):
    with raises(Invalid):
        submit_period(by=nurse, period=WorkPeriod(ward.id, "month", date(2026, 5, 9)), seen=0, today=TODAY)


def test_nobody_checks_what_they_submitted_themselves(filled, period, officer):
    submit_period(by=officer, period=period, seen=0, today=TODAY)
    with raises(Invalid) as refused:
        check_period(by=officer, period=period, seen=1)
    assert "Let somebody else check it." in str(refused.value)


def test_a_team_of_one_locks_its_month_unchecked_for_a_written_reason(filled, period, officer):
    submit_period(by=officer, period=period, seen=0, today=TODAY)
    with raises(Invalid) as refused:
        lock_period(by=officer, period=period, seen=1)
    assert "Nobody else can check May 2026." in str(refused.value) and set(refused.value.fields) == {"reason"}
    lock_period(by=officer, period=period, seen=1, reason="I am the only one")
    assert stage(period).state == "locked"
    assert told(period)[-1].endswith("locked May 2026 unchecked. Reason: I am the only one")


def test_nobody_locks_what_somebody_else_could_check_first_reason_or_not(build, filled, period, officer):
    colleague = build.person("quality_officer").actor
    submit_period(by=officer, period=period, seen=0, today=TODAY)
    for reason in ("", "In a hurry"):
        with raises(Invalid) as refused:
            lock_period(by=officer, period=period, seen=1, reason=reason)
        assert f"is not checked yet. Let {colleague.name} check it, then lock it." in str(refused.value)
    check_period(by=colleague, period=period, seen=1)
    lock_period(by=officer, period=period, seen=2)
    assert stage(period).state == "locked"


def test_a_team_member_submits_and_goes_no_further(filled, period, nurse):
    submit_period(by=nurse, period=period, seen=0, today=TODAY)
    for deed in (check_period, lock_period):
        with raises(NotAllowed):
            deed(by=nurse, period=period, seen=1)
    with raises(NotAllowed):
        reopen_period(by=nurse, period=period, seen=1, reason="Mine")


def test_an_open_period_is_neither_checked_nor_locked_nor_reopened(filled, period, officer):
    for deed in (check_period, lock_period):
        with raises(Invalid):
            deed(by=officer, period=period, seen=0)
    with raises(Invalid):
        reopen_period(by=officer, period=period, seen=0, reason="Why not")


def test_reopening_takes_a_reason_and_no_longer_than_a_page_holds(filled, period, officer):
    submit_period(by=officer, period=period, seen=0, today=TODAY)
    for reason in ("  ", "x" * 1001):
        with raises(Invalid) as refused:
            reopen_period(by=officer, period=period, seen=1, reason=reason)
        assert set(refused.value.fields) == {"reason"}


def test_of_two_people_who_move_a_period_on_the_second_is_told_what_the_first_did(filled, period, nurse, officer):
    submit_period(by=nurse, period=period, seen=0, today=TODAY)
    with raises(Conflict) as clash:
        submit_period(by=officer, period=period, seen=0, today=TODAY)
    assert "Wanda Reed moved May 2026 on meanwhile: it is now submitted." in str(clash.value)
    check_period(by=officer, period=period, seen=1)
    with raises(Conflict):
        reopen_period(by=officer, period=period, seen=1, reason="Stale")


def test_a_reopened_month_can_be_changed_again_without_the_right_to_correct(filled, period, nurse, officer):
    submit_period(by=nurse, period=period, seen=0, today=TODAY)
    reopen_period(by=officer, period=period, seen=1, reason="Two late cases")
    submit_period(by=nurse, period=period, seen=2, today=TODAY)
    assert stage(period).state == "submitted"


def test_a_result_that_comes_while_a_period_is_being_locked_waits_and_is_refused(app, filled, period, nurse, officer):
    submit_period(by=nurse, period=period, seen=0, today=TODAY)
    check_period(by=officer, period=period, seen=1)
    locking, go_on = Event(), Event()

    def lock() -> None:
        with app.app_context(), atomic():
            lock_period(by=officer, period=period, seen=2)
            locking.set()
            go_on.wait(10)

    def correct() -> str:
        with app.app_context():
            try:
                correct_point(by=officer, key=filled, entry=an_entry(MAY, 44), reason="Late", seen=1, today=TODAY)
            except Invalid as refused:
                return str(refused)
        return "saved"

    with ThreadPoolExecutor(2) as both:
        first = both.submit(lock)
        assert locking.wait(10)
        second = both.submit(correct)
        wait([second], timeout=1)
        waits = not second.done()
        go_on.set()
        first.result(20)
        assert waits and second.result(20) == "May 2026 is locked. Reopen it with a reason, then change it."
