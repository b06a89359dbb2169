"""The rule sets find what they should, and nothing else."""

from itertools import pairwise, product

import pytest

from qitracker.spc.analysis import Direction, Reading
from qitracker.spc.judged import Judged, side_runs
from qitracker.spc.rules.anhoej import anhoej, crossings_min, longest_run_max, run_figures
from qitracker.spc.rules.making_data_count import making_data_count, shifts, trends, two_of_three
from tests.unit.spc.months import CALM, read


def phase(numbers: list[float], centre: float = 0.0, sigma: float | None = 1.0) -> Judged:
    return Judged(tuple(range(len(numbers))), tuple(numbers), centre, (sigma,) * len(numbers))


def test_stretches_on_one_side_end_at_the_line_and_at_the_other_side():
    assert side_runs([1, 1, 0, 1, -1, -1]) == [range(0, 2), range(3, 4), range(4, 6)]
    assert side_runs([]) == []


@pytest.mark.parametrize(("points", "found"), [(6, 0), (7, 1), (9, 1)])
def test_seven_on_one_side_are_a_shift_and_all_of_them_are_marked(points, found):
    shift = shifts(phase([0.5 + at / 100 for at in range(points)] + [-0.5]))
    assert [len(finding.marks) for finding in shift] == [points] * found


def test_a_point_on_the_centre_ends_a_shift():
    assert not shifts(phase([0.5] * 6 + [0.0] + [0.5] * 6))


def test_seven_points_that_only_rise_are_a_trend_and_a_tie_ends_it():
    rising = [0.1 * at for at in range(7)]
    assert [(finding.side, finding.marks) for finding in trends(phase(rising))] == [("rising", tuple(range(7)))]
    assert not trends(phase([*rising[:4], rising[3], *rising[4:]]))


def test_two_of_three_marks_only_the_points_near_the_limit():
    assert two_of_three(phase([2.5, 0.1, 2.5]))[0].marks == (0, 2)


def test_a_point_beyond_the_limit_is_not_near_it():
    assert not two_of_three(phase([2.5, 0.1, 3.5]))


def test_three_points_on_two_sides_are_no_pattern():
    assert not two_of_three(phase([2.5, -0.1, 2.5]))


def test_patterns_that_share_a_point_are_one_finding():
    assert [finding.marks for finding in two_of_three(phase([2.5, 2.5, 0.1, 2.5]))] == [(0, 1, 3)]


def test_a_point_on_the_limit_is_not_outside():
    assert not making_data_count(phase([3.0, -1.0, -3.0]))
    assert [finding.marks for finding in making_data_count(phase([3.1, -1.0]))] == [(0,)]


def test_without_limits_only_trend_and_shift_can_show():
    found = making_data_count(phase([9.0, -9.0, 9.0, *[5.0] * 7], sigma=None))
    assert {finding.rule for finding in found} == {"shift"}


@pytest.mark.parametrize(
    ("useful", "longest", "fewest"), [(1, 3, 0), (10, 6, 2), (24, 8, 8), (36, 8, 13), (100, 10, 41)]
)
def test_the_bounds_of_the_anhoej_rules_grow_with_the_points(useful, longest, fewest):
    assert (longest_run_max(useful), crossings_min(useful)) == (longest, fewest)


def test_the_fewest_crossings_are_the_five_percent_point_counted_over_every_toss():
    for useful in range(2, 12):
        counts = sorted(sum(a != b for a, b in pairwise(tosses)) for tosses in product((0, 1), repeat=useful))
        at_most = {count: sum(other <= count for other in counts) / len(counts) for count in counts}
        assert crossings_min(useful) == min(count for count in counts if at_most[count] >= 0.05)


def test_a_point_on_the_centre_is_not_useful_and_does_not_end_a_run():
    figures = run_figures(phase([1, 1, 0, 1, -1]))
    assert (figures.useful, figures.longest_run, figures.crossings) == (4, 3, 1)


def test_points_all_on_the_centre_have_no_run_figures():
    assert run_figures(phase([0.0] * 12)) is None
    assert anhoej(phase([0.0] * 12)) == []


def test_too_few_crossings_belong_to_the_phase_and_begin_nowhere():
    analysis = read([50, 51, 52, 51, 52, 51, 48, 49, 48, 49, 48, 49] * 2, chart="run", rule_set="anhoej")
    crossing = [signal for signal in analysis.signals if signal.rule == "crossings"]
    assert [(signal.first, signal.last, signal.marks, signal.reading) for signal in crossing] == [
        (None, None, (), Reading.CHANGED)
    ]
    assert all(point.rules == () for point in analysis.points)
    assert analysis.reading is Reading.CHANGED


def test_a_missing_month_neither_ends_a_shift_nor_adds_to_one():
    six = [*CALM, None, *[55.0] * 3, None, *[55.0] * 3]
    assert not [signal for signal in read(six).signals if signal.rule == "shift"]
    seven = [*six, 55.0]
    shift = next(signal for signal in read(seven).signals if signal.rule == "shift")
    assert [len(seven) - at for at in shift.marks] == [8, 7, 6, 4, 3, 2, 1]


def test_where_a_fall_turns_into_a_rise_the_turning_point_reads_as_rising():
    analysis = read([*[10.0, 45.0] * 6, *range(31, 24, -1), *range(26, 32)])
    turning = analysis.points[18]
    assert turning.value == 25
    assert (turning.rules[0], turning.reading) == ("trend", Reading.BETTER)


@pytest.mark.parametrize(
    ("direction", "reading"),
    [(Direction.UP, Reading.BETTER), (Direction.DOWN, Reading.WORSE), (Direction.NONE, Reading.CHANGED)],
)
def test_what_a_high_point_means_depends_on_which_way_is_better(direction, reading):
    assert read([*CALM, 90.0], direction=direction).reading is reading


def test_the_most_important_rule_is_named_first():
    analysis = read([*[50.0, 52, 48] * 6, 60.0, 62, 61, 63, 62, 64, 90])
    assert analysis.points[-1].rules[0] == "outside"
    assert "shift" in analysis.points[-1].rules
