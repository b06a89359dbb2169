"""Recording, correcting, clearing: what is stored, what is kept, what is refused."""

from datetime import date

from pytest import fixture, mark, raises
from sqlalchemy import func, select

from qitracker.audit.models import AuditEntry
from qitracker.foundation import clock
from qitracker.foundation.db import store
from qitracker.foundation.errors import Conflict, Invalid, NotAllowed
from qitracker.measures.rules import Scoring
from qitracker.results.commands import record
from qitracker.results.commands.record import clear_point, correct_point, record_point
from qitracker.results.models import PeriodState, PointHistory, point, status
from qitracker.results.queries.points import stored_point
from qitracker.results.rules import Entry
from qitracker.spc.analysis import State
from tests.builders.measures import a_measure
from tests.builders.results import TODAY, a_series, an_entry, key_of, recorded

MAY = date(2026, 5, 1)


@fixture(autouse=True)
def inside(app):
    with app.app_context():
        yield


@fixture
def ward(build):
    return build.unit("Ward")


@fixture
def measured(build, ward):
    return a_measure(build, build.organisation(), [ward])


def count(table):
    return store.scalar(select(func.count()).select_from(table))


def test_a_recorded_month_is_stored_with_its_trail_and_shown_in_its_status(build, ward, measured):
    officer = build.officer()
    record_point(by=officer, key=key_of(ward, measured), entry=an_entry(MAY, 41, 50), today=TODAY)
    held = stored_point(key_of(ward, measured), MAY)
    assert (held.state, held.numerator, held.denominator, held.version) == (State.VALUE, 41, 50, 1)
    told = store.execute(select(AuditEntry).where(AuditEntry.event == "result.point.recorded")).scalar_one()
    assert told.actor_id == officer.user_id and told.after["numbers"] == "41 of 50"
    shown = store.execute(select(status).where(status.c.unit_id == ward.id)).one()
    assert (shown.last_value, shown.last_numerator, shown.points) == (82.0, 41, 1)


def test_nothing_is_stored_when_the_trail_cannot_be_written(ward, measured, build, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr(record, "tell", broken)
    with raises(RuntimeError):
        recorded(build, ward, measured)
    assert count(point) == 0


def test_a_month_that_is_there_is_refused_and_stays_as_it_was(build, ward, measured):
    recorded(build, ward, measured, an_entry(MAY, 41, 50))
    with raises(Invalid) as refused:
        recorded(build, ward, measured, an_entry(MAY, 1, 2))
    assert "already recorded" in str(refused.value.fields["period"])
    assert stored_point(key_of(ward, measured), MAY).numerator == 41


def test_a_unit_that_does_not_collect_the_measure_records_nothing(build, measured):
    with raises(Invalid) as refused:
        recorded(build, build.unit("Elsewhere"), measured)
    assert "does not collect" in str(refused.value.fields["period"])
    assert count(point) == 0


@mark.parametrize(
    ("entry", "field", "words"),
    (
        (an_entry(MAY, 71, 64), "numerator", "larger than"),
        (an_entry(MAY, 3, 0), "denominator", "cannot be 0"),
        (an_entry(MAY, -1, 5), "numerator", "below 0"),
        (an_entry(MAY, float("inf"), 5), "numerator", "not a number that can be stored"),
        (an_entry(date(2026, 7, 1), 1, 5), "period", "not begun"),
        (an_entry(date(2026, 5, 2), 1, 5), "period", "first day"),
    ),
)
def test_what_cannot_be_true_is_refused_beside_its_field(build, ward, measured, entry, field, words):
    with raises(Invalid) as refused:
        recorded(build, ward, measured, entry)
    assert words in str(refused.value.fields[field])
    assert count(point) == 0


def test_an_unusual_value_is_stored_with_a_warning(build, ward, measured):
    a_series(build, ward, measured, [(45, 50), (43, 50)] * 12, first=date(2024, 1, 1))
    done = recorded(build, ward, measured, an_entry(date(2026, 1, 1), 5, 50))
    assert any("It is saved" in str(words) for words in done.warnings)


def test_a_correction_keeps_what_stood_there_and_why_it_went(build, ward, measured):
    recorded(build, ward, measured, an_entry(MAY, 41, 50))
    officer = build.officer()
    correct_point(
        by=officer, key=key_of(ward, measured), entry=an_entry(MAY, 40, 50), reason="Counted twice", seen=1, today=TODAY
    )
    held = stored_point(key_of(ward, measured), MAY)
    assert (held.numerator, held.version) == (40, 2)
    kept = store.execute(select(PointHistory)).scalar_one()
    assert (kept.before["numerator"], kept.after["numerator"], kept.reason) == (41, 40, "Counted twice")
    assert store.scalar(select(status.c.last_value)) == 80.0


def test_a_correction_over_somebody_elses_is_refused_with_what_stands_there_now(build, ward, measured):
    key = key_of(ward, measured)
    recorded(build, ward, measured, an_entry(MAY, 41, 50))
    officer = build.officer()
    correct_point(by=officer, key=key, entry=an_entry(MAY, 40, 50), reason="First", seen=1, today=TODAY)
    with raises(Conflict) as clash:
        correct_point(by=officer, key=key, entry=an_entry(MAY, 39, 50), reason="Second", seen=1, today=TODAY)
    assert "40 of 50" in str(clash.value) and clash.value.theirs.version == 2
    assert stored_point(key, MAY).numerator == 40


def test_a_submitted_month_needs_the_right_to_correct_and_a_reason(build, ward, measured):
    key = key_of(ward, measured)
    recorded(build, ward, measured, an_entry(MAY, 41, 50))
    submit(ward, "submitted")
    with raises(NotAllowed):
        correct_point(
            by=build.actor("team_member", ward), key=key, entry=an_entry(MAY, 40, 50), reason="x", seen=1, today=TODAY
        )
    with raises(Invalid) as refused:
        correct_point(by=build.officer(), key=key, entry=an_entry(MAY, 40, 50), reason=" ", seen=1, today=TODAY)
    assert "reason" in refused.value.fields


def test_a_locked_month_refuses_every_change(build, ward, measured):
    recorded(build, ward, measured, an_entry(MAY, 41, 50))
    submit(ward, "locked")
    with raises(Invalid) as refused:
        clear_point(by=build.officer(), key=key_of(ward, measured), start=MAY, reason="x", seen=1)
    assert "locked" in str(refused.value.fields["period"])


def test_a_cleared_month_leaves_chart_and_status_but_not_history(build, ward, measured):
    recorded(build, ward, measured, an_entry(MAY, 41, 50))
    clear_point(by=build.officer(), key=key_of(ward, measured), start=MAY, reason="Wrong ward", seen=1)
    assert stored_point(key_of(ward, measured), MAY) is None
    assert store.execute(select(PointHistory.after)).scalar_one() == {}
    assert store.scalar(select(status.c.points)) == 0


@mark.parametrize("state", (State.MISSING, State.SUPPRESSED, State.NOT_APPLICABLE, State.NO_CASES))
def test_a_month_without_a_number_is_never_a_zero(build, ward, measured, state):
    numbers = (0.0, 0.0) if state is State.NO_CASES else (None, None)
    recorded(build, ward, measured, Entry(MAY, state, *numbers))
    shown = store.execute(select(status).where(status.c.unit_id == ward.id)).one()
    assert shown.last_value is None and shown.spark == [[None, "u"]]


def test_a_median_is_kept_as_a_value_over_one_with_its_cases_beside_it(build, ward):
    median = a_measure(
        build, build.organisation(), [ward], title="Wait", scoring=Scoring.MEDIAN, denominator="", unit="min",
        multiplier=1, chart="i",
    )  # fmt: skip
    recorded(build, ward, median, Entry(MAY, State.VALUE, 42.5, 1.0, 18))
    held = stored_point(key_of(ward, median), MAY)
    assert (held.numerator, held.denominator, held.n) == (42.5, 1.0, 18)


def submit(ward, state):
    store.add(
        PeriodState(
            unit_id=ward.id, frequency="month", start=MAY.toordinal(), state=state, by_name="x",
            at=clock.now(),
        )
    )  # fmt: skip
    store.commit()
