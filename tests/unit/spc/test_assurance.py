"""Whether a target will be met is read from the usual range of the last phase and the unrounded target."""

import pytest

from qitracker.spc.analysis import Assurance, Direction, PhaseStart
from qitracker.spc.assurance import assurance, usual_range
from tests.unit.spc.months import CALM, month, read


@pytest.mark.parametrize(
    ("direction", "target", "answer"),
    [
        (Direction.UP, 30.0, Assurance.ALWAYS),
        (Direction.UP, 50.0, Assurance.SOMETIMES),
        (Direction.UP, 70.0, Assurance.NEVER),
        (Direction.DOWN, 30.0, Assurance.NEVER),
        (Direction.DOWN, 50.0, Assurance.SOMETIMES),
        (Direction.DOWN, 70.0, Assurance.ALWAYS),
        (Direction.NONE, 30.0, Assurance.NO_TARGET),
        (Direction.UP, None, Assurance.NO_TARGET),
    ],
)
def test_the_usual_range_against_the_target_gives_the_answer(direction, target, answer):
    assert assurance(read(CALM, direction=direction), target) is answer


def test_a_target_on_the_edge_of_the_range_is_met_at_times():
    analysis = read(CALM)
    lower, upper = usual_range(analysis)
    assert assurance(analysis, lower) is assurance(analysis, upper) is Assurance.SOMETIMES


def test_the_target_is_not_rounded():
    analysis = read(CALM)
    upper = usual_range(analysis)[1]
    assert assurance(analysis, upper + 0.001) is Assurance.NEVER


def test_a_series_always_at_its_target_always_meets_it():
    assert assurance(read([100.0] * 20), 100.0) is Assurance.ALWAYS


def test_only_the_last_phase_counts():
    numbers = [*CALM, *[value + 30 for value in CALM]]
    analysis = read(numbers, phases=[PhaseStart(month(12))])
    assert assurance(analysis, 65.0) is Assurance.ALWAYS


@pytest.mark.parametrize("numbers", [[], CALM[:6]])
def test_without_limits_nothing_is_said(numbers):
    assert assurance(read(numbers), 40.0) is Assurance.NO_TARGET
    assert usual_range(read(numbers)) == (None, None)


def test_a_run_chart_has_no_range_to_judge_by():
    assert assurance(read(CALM, chart="run"), 40.0) is Assurance.NO_TARGET
