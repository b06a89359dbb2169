"""Every story of the demonstration shows what it claims, whenever it is made."""

import pytest

from qitracker.demonstration.course import Aim
from qitracker.demonstration.draw import starts_of
from qitracker.demonstration.plans import PLANS, plan_of
from qitracker.foundation.periods import next_period, period_end
from qitracker.measures.rules import Frequency
from qitracker.spc.analysis import Assurance, Reading, State
from qitracker.spc.assurance import assurance
from qitracker.spc.wording import headline
from tests.unit.demonstration.stories import DAYS, every_course, told

on_many_days = pytest.mark.parametrize("today", DAYS, ids=str)


def values(analysis, last: int) -> list[float]:
    return [point.value for point in analysis.points[-last:] if point.value is not None]


@on_many_days
def test_the_infection_bundle_worked_against_the_usual_range_of_the_time_before(today):
    analysis = told("clabsi-rate", "0102", today=today)
    assert analysis.reading is Reading.BETTER
    assert analysis.phases[0].baseline == 21
    assert all(signal.first >= len(analysis.points) - 15 for signal in analysis.signals)


@on_many_days
def test_falls_worsened_in_the_month_in_which_the_ward_moved(today):
    analysis = told("falls-all", "0204", today=today)
    shift = next(signal for signal in analysis.signals if signal.rule == "shift")
    assert (analysis.reading, shift.first) == (Reading.WORSE, len(analysis.points) - 9)


@on_many_days
def test_the_missed_target_is_missed_by_chance_alone(today):
    analysis = told("recommend", "0104", today=today)
    assert analysis.signals == ()
    assert assurance(analysis, 75.0) is Assurance.SOMETIMES
    assert values(analysis, 1)[0] < 75
    assert sum(value < 75 for value in values(analysis, 12)) >= 5


@on_many_days
def test_hand_hygiene_rose_with_the_campaign_and_stayed(today):
    analysis = told("hand-hygiene", "0103", today=today)
    before, now = analysis.phases
    assert now.centre - before.centre > 10
    assert [signal for signal in analysis.signals if signal.phase == 1] == []
    assert "stayed higher after" in str(headline(analysis, name="Hand hygiene", unit="%", decimals=0))


@on_many_days
def test_six_good_months_of_readmission_are_no_signal(today):
    analysis = told("readmission-30", "0103", today=today)
    below = [point.value < point.centre for point in analysis.points if point.value is not None]
    assert below[-7:] == [False] + [True] * 6
    assert (analysis.reading, analysis.signals) == (Reading.USUAL, ())


@on_many_days
def test_stays_shorten_slowly_until_nobody_can_doubt_it(today):
    analysis = told("los-mean", "0204", today=today)
    thirds = [sum(values(analysis, 36)[at : at + 12]) / 12 for at in (0, 12, 24)]
    assert analysis.reading is Reading.BETTER
    assert thirds == sorted(thirds, reverse=True)


@on_many_days
def test_the_month_of_the_outbreak_is_far_out_and_left_out(today):
    analysis = told("surgery-cancelled", "0203", today=today)
    outbreak = analysis.points[-20]
    assert not outbreak.included and outbreak.value > outbreak.upper
    assert analysis.signals == ()


@on_many_days
def test_waits_in_the_emergency_department_are_longer_in_winter(today):
    points = told("ed-4-hours", "0101", today=today).points
    winter = [point.value for point in points if point.start.month in (12, 1, 2)]
    summer = [point.value for point in points if point.start.month in (6, 7, 8)]
    assert max(winter) < sum(summer) / len(summer)


@on_many_days
def test_the_reworded_reconciliation_falls_in_a_phase_of_its_own_without_a_signal(today):
    analysis = told("med-rec-24", "0103", today=today)
    before, now = analysis.phases
    assert before.centre - now.centre > 10
    assert analysis.signals == ()


@on_many_days
def test_reconciliation_fell_where_the_pharmacist_post_stands_empty(today):
    analysis = told("med-rec-24", "0201", today=today)
    shift = [signal for signal in analysis.signals if signal.rule == "shift"][-1]
    assert (analysis.reading, shift.first) == (Reading.WORSE, len(analysis.points) - 7)
    assert "cannot tell" not in str(headline(analysis, name="Reconciled", unit="%", decimals=0))


@on_many_days
def test_falls_rose_until_somebody_looked_and_are_fewer_since(today):
    looked = plan_of("falls-all").looked_at
    assert told("falls-all", "0203", today=today, until=looked).reading is Reading.WORSE
    now = told("falls-all", "0203", today=today)
    assert now.reading is Reading.BETTER and now.signals[-1].first >= len(now.points) - looked


def test_no_state_is_a_zero_and_each_occurs():
    states = {state for plan, course in every_course() for state in course.states.values()}
    assert states == {State.MISSING, State.SUPPRESSED, State.NO_CASES}
    seen = {point.state for point in told("flu-patients", "0103").points}
    assert seen == {State.VALUE, State.NOT_APPLICABLE}
    hidden = told("vte-hospital", "0203").points[-4]
    assert (hidden.state, hidden.value, hidden.numerator) == (State.SUPPRESSED, None, None)


def test_an_infection_ratio_with_less_than_one_expected_is_not_calculated():
    states = {point.state for point in told("clabsi-sir", "0302").points}
    assert State.NOT_CALCULATED in states


def test_a_target_moves_and_a_peer_value_has_run_out():
    assert plan_of("sepsis-bundle").aims == (Aim(steps=((24, 55.0), (12, 65.0), (6, 70.0), (0, 75.0))),)
    assert {peer.ended for plan in PLANS for peer in plan.peers} == {None, 5}


def test_some_of_the_last_month_is_not_recorded_so_that_something_is_due():
    assert sum(course.unrecorded > 0 for _, course in every_course()) >= 5
    nine = plan_of("hand-hygiene").courses
    assert (len(nine), sum(course.unrecorded == 1 for course in nine)) == (9, 2)


@on_many_days
def test_the_three_years_end_with_the_last_period_that_is_over(today):
    for frequency in (Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER):
        starts = starts_of(frequency, today)
        over = period_end(starts[-1], frequency)
        assert over < today <= period_end(next_period(starts[-1], frequency), frequency)
        assert 3 * 365 - 5 <= (over - starts[0]).days <= 3 * 366
