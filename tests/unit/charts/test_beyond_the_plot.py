"""A point that does not count sets no scale: it stands at the edge of the plot with its value beside it."""

from datetime import date

from qitracker.charts.control import control_scene
from qitracker.charts.request import ChartRequest
from qitracker.charts.scene import Mark, Words
from qitracker.foundation.periods import shift_period
from qitracker.spc.analyse import analyse
from qitracker.spc.analysis import Direction, Series

STARTS = tuple(shift_period(date(2024, 1, 1), "month", at) for at in range(15))
ASKED = ChartRequest("c", "Sentence", unit="d", decimals=0)


def words_and_marks(**more):
    series = Series(STARTS, (*[5.0 + at % 3 for at in range(14)], 150.0), (1.0,) * 15)
    scene = control_scene(analyse(series, chart="i", rule_set="mdc", direction=Direction.DOWN, **more), ASKED)
    items = scene.items
    return [one.text for one in items if isinstance(one, Words)], [one for one in items if isinstance(one, Mark)]


def test_a_point_left_out_stands_at_the_edge_with_its_value_and_the_others_keep_their_room():
    words, marks = words_and_marks(excluded=STARTS[-1:])
    assert "150\u00a0d ↑" in words
    assert not {"100 d", "150 d", "100", "150"} & set(words)
    top = min(mark.at[1] for mark in marks if mark.tip)
    (out,) = (mark for mark in marks if mark.role == "c-out")
    assert out.at[1] == top and "left out of the average" in out.tip


def test_a_period_that_is_not_over_is_hollow_and_says_so_far():
    _, marks = words_and_marks(unfinished=STARTS[-1:])
    (out,) = (mark for mark in marks if mark.role == "c-out")
    assert out.fill != out.edge and out.tip.endswith("so far, not over yet")


def test_the_ring_of_the_latest_result_goes_to_the_latest_that_counts():
    _, marks = words_and_marks(unfinished=STARTS[-1:])
    (ring,) = (mark for mark in marks if mark.role == "c-ring")
    assert ring.at == next(mark.at for mark in marks if mark.number == 13)


def test_a_point_that_counts_widens_the_scale():
    words, _ = words_and_marks()
    assert not any("↑" in text for text in words)
