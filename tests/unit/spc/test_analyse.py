"""One series is analysed with its gaps, phases, exclusions and shortcomings."""

import pytest
from pytest import approx, raises

from qitracker.foundation.errors import Invalid
from qitracker.spc.analyse import analyse
from qitracker.spc.analysis import Direction, PhaseStart, Reading, Series, State
from qitracker.spc.choices import chart_choices, suggest_charts
from tests.unit.spc.months import CALM, month, monthly, read, values

UNDER_TEN = CALM[:9]


@pytest.mark.parametrize("chart", ["run", "i", "p", "u", "c"])
@pytest.mark.parametrize("rule_set", ["mdc", "anhoej"])
@pytest.mark.parametrize("numbers", [[], [None], [5.0], [None, 5.0], [0.0, 0.0], [None] * 20])
def test_next_to_nothing_is_still_an_analysis(chart, rule_set, numbers):
    analysis = read(numbers, chart=chart, rule_set=rule_set)
    assert len(analysis.points) == len(numbers)
    assert (analysis.signals, analysis.reading, analysis.early) == ((), Reading.USUAL, True)
    assert all(point.upper is None for point in analysis.points)


def test_one_point_has_no_line():
    assert read([5.0]).points[0].centre is None


def test_under_ten_points_there_is_a_median_but_no_limit_and_no_signal():
    analysis = read([*UNDER_TEN[:8], 500.0])
    assert (analysis.chart, analysis.early, analysis.signals) == ("run", True, ())
    assert {point.centre for point in analysis.points} == {50}
    assert {point.upper for point in analysis.points} == {None}
    assert str(analysis.notices[0]) == "Too early to say: 9 of 10 points."


def test_from_ten_points_on_the_asked_chart_is_drawn():
    analysis = read(CALM[:10])
    assert (analysis.chart, analysis.early, analysis.notices) == ("i", False, ())


def test_gaps_and_excluded_points_do_not_count_towards_the_ten():
    assert read([*CALM[:10], None], excluded=[month(0)]).early


@pytest.mark.parametrize("state", [State.MISSING, State.SUPPRESSED, State.NOT_APPLICABLE, State.NO_CASES])
def test_each_state_without_a_value_is_a_gap_and_never_zero(state):
    numbers = (*CALM, 0.0)
    states = (*[State.VALUE] * 12, state)
    starts = tuple(month(at) for at in range(13))
    analysis = analyse(
        Series(starts, numbers, (1.0,) * 13, states=states), chart="i", rule_set="mdc", direction=Direction.UP
    )
    last = analysis.points[-1]
    assert (last.state, last.value, last.rules, last.reading) == (state, None, (), Reading.USUAL)
    assert last.centre == approx(sum(CALM) / 12)
    assert analysis.latest == 11


def test_an_excluded_point_is_drawn_but_sets_no_line_and_shows_no_signal():
    analysis = read([*CALM, 500.0], excluded=[month(12)])
    last = analysis.points[12]
    assert (last.value, last.included, last.rules) == (500, False, ())
    assert last.centre == approx(sum(CALM) / 12)
    assert analysis.phases[0].baseline == 12


def test_a_phase_has_lines_of_its_own_and_starts_the_rules_anew():
    numbers = [*CALM, *[value + 30 for value in CALM]]
    analysis = read(numbers, phases=[PhaseStart(month(12), "New team")])
    assert [phase.centre for phase in analysis.phases] == approx([sum(CALM) / 12, sum(CALM) / 12 + 30])
    assert [phase.reason for phase in analysis.phases] == ["", "New team"]
    assert [point.phase for point in analysis.points] == [0] * 12 + [1] * 12
    assert analysis.signals == ()


def test_a_start_on_or_before_the_first_point_describes_the_first_phase():
    analysis = read(CALM, phases=[PhaseStart(month(0), "Baseline", frozen_to=month(5))])
    assert [(phase.reason, phase.baseline) for phase in analysis.phases] == [("Baseline", 6)]


def test_a_start_after_the_last_point_waits():
    assert len(read(CALM, phases=[PhaseStart(month(40))]).phases) == 1


def test_frozen_lines_judge_what_comes_later():
    numbers = [*CALM, *[value + 6 for value in CALM]]
    analysis = read(numbers, phases=[PhaseStart(month(0), frozen_to=month(11))])
    assert [point.centre for point in analysis.points] == approx([sum(CALM) / 12] * 24)
    assert [signal.rule for signal in analysis.signals if signal.rule == "shift"] == ["shift"]
    assert analysis.reading is Reading.BETTER


def test_a_phase_without_results_has_no_lines_and_harms_no_other():
    analysis = read([*CALM, None, None], phases=[PhaseStart(month(12))])
    assert [phase.centre is None for phase in analysis.phases] == [False, True]
    assert analysis.points[13].upper is None


def test_a_short_phase_says_that_its_lines_may_still_move():
    analysis = read([*CALM, 60.0, 61.0, 62.0], phases=[PhaseStart(month(12))])
    assert [str(notice) for notice in analysis.notices] == [
        "Too early to say for the phase from January 2025: 3 of 10 points. Its lines may still move."
    ]


def test_a_constant_series_has_limits_on_its_centre_line_and_no_signal():
    analysis = read([0.1] * 24)
    assert {(point.lower, point.centre, point.upper) for point in analysis.points} == {(0.1, 0.1, 0.1)}
    assert analysis.signals == ()


def test_equal_shares_of_unequal_sizes_lie_on_the_centre_line():
    series = monthly(*((7.0 * size, 9.0 * size) for size in range(1, 25)), multiplier=100)
    for rule_set in ("mdc", "anhoej"):
        assert analyse(series, chart="p", rule_set=rule_set, direction=Direction.UP).signals == ()


def test_the_multiplier_reaches_values_and_lines_alike():
    pairs = [(float(count), 1000.0) for count in (4, 6, 5, 3, 7, 5, 4, 6, 5, 5)]
    one, thousand = (
        analyse(monthly(*pairs, multiplier=times), chart="u", rule_set="mdc", direction=Direction.DOWN)
        for times in (1, 1000)
    )
    assert thousand.points[0].upper == approx(1000 * one.points[0].upper)
    assert thousand.points[0].value == 4
    assert thousand.phases[0].centre == approx(5)


def test_drawn_lines_stay_within_what_is_possible_but_the_rules_use_the_true_ones():
    numbers = [99.0, 92, 98, 91, 99, 93, 97, 92, 99, 94]
    free, bounded = read(numbers), read(numbers, floor=0, ceiling=100)
    assert free.points[0].upper > 100
    assert {point.upper for point in bounded.points} == {100}
    assert bounded.signals == free.signals


def test_leaving_a_large_step_out_is_said_only_where_it_happened():
    assert not read(CALM).screened
    assert read([*CALM, 120.0, 50, 51, 50]).screened
    assert not read([*CALM, 120.0, 50, 51, 50], screening=False).screened


def test_the_two_rule_sets_differ_in_the_constant_of_the_xmr_chart():
    nhs, other = (read(CALM, rule_set=rule_set).points[0] for rule_set in ("mdc", "anhoej"))
    assert (nhs.upper - nhs.centre) / (other.upper - other.centre) == approx(2.66 / (3 / 1.128))


def test_a_chart_that_is_still_to_come_is_drawn_as_a_run_chart_and_says_so():
    analysis = read(CALM, chart="t")
    assert analysis.chart == "run"
    assert str(analysis.notices[0]) == "The time-between (T) chart is still to come. A run chart is shown instead."


def test_an_unknown_chart_or_rule_set_is_refused():
    with raises(Invalid, match="“pie” is not known"):
        read(CALM, chart="pie")
    with raises(Invalid, match="“gut feeling” is not known"):
        read(CALM, rule_set="gut feeling")


def test_a_period_that_stands_twice_is_refused_by_name():
    series = Series((month(0), month(1), month(1)), (1.0, 2.0, 3.0), (1.0, 1.0, 1.0))
    with raises(Invalid, match="The period February 2024 stands twice or out of order"):
        analyse(series, chart="i", rule_set="mdc", direction=Direction.UP)


HUGE = monthly(*((50_000.0 * share, 50_000.0) for share in [0.90, 0.93, 0.88, 0.91, 0.94, 0.89] * 4), multiplier=100)


def test_limits_that_are_too_narrow_for_such_numbers_are_named_and_another_chart_offered():
    analysis = analyse(HUGE, chart="p", rule_set="mdc", direction=Direction.UP)
    assert analysis.dispersion > 10
    assert "too narrow here" in str(analysis.notices[0])
    assert "Use the XmR chart." in str(analysis.notices[0])


def test_chance_alone_brings_no_such_notice():
    pairs = [(float(count), 100.0) for count in (12, 9, 10, 14, 8, 11, 7, 10, 13, 9, 12, 6)]
    analysis = analyse(monthly(*pairs), chart="p", rule_set="mdc", direction=Direction.UP)
    assert 0.5 < analysis.dispersion < 1.5
    assert analysis.notices == ()


def test_charts_are_suggested_best_first_and_too_narrow_ones_later():
    assert [choice.code for choice in suggest_charts("proportion", HUGE)] == ["i", "p", "run"]
    assert next(choice.code for choice in suggest_charts("proportion", values([0.1, 0.2] * 6))) == "p"
    assert [choice.code for choice in suggest_charts("time_between", values(CALM))] == ["run"]


@pytest.mark.parametrize(
    ("scoring", "first"),
    [
        ("proportion", "p"),
        ("rate", "u"),
        ("count", "c"),
        ("mean", "i"),
        ("median", "i"),
        ("ratio", "i"),
        ("observed_expected", "u"),
        ("time_between", "run"),
        ("cases_between", "run"),
    ],
)
def test_each_scoring_has_a_chart(scoring, first):
    assert chart_choices(scoring)[0] == first
