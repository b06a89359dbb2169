"""Where things stand in a chart: round axes, words that do not cover one another, lines over valid dates only."""

from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, mark

from qitracker.charts import canvas
from qitracker.charts.axis import slots, time_ticks, value_range
from qitracker.charts.control import control_scene, numbered_notes
from qitracker.charts.labels import Label, spread
from qitracker.charts.request import ChartRequest, Note, ReferenceLine
from qitracker.charts.scene import Scene, Stroke, Words
from qitracker.charts.style import text_width
from qitracker.spc.analysis import PhaseStart
from tests.unit.charts.analyses import analysed, analyses

ASKED = ChartRequest("c", "Sentence", unit="%", decimals=0)
JANUARY = date(2025, 1, 1)


def scene(analysis, request=ASKED) -> Scene:
    drawn = control_scene(analysis, request)
    assert drawn is not None
    return drawn


def strokes(drawn: Scene, role: str) -> list[Stroke]:
    return [item for item in drawn.items if isinstance(item, Stroke) and item.role == role]


def words(drawn: Scene) -> list[Words]:
    return [item for item in drawn.items if isinstance(item, Words)]


# Axes -------------------------------------------------------------------------------------------------


@given(st.lists(st.floats(-1e7, 1e7, allow_subnormal=False), min_size=1, max_size=20))
def test_an_axis_covers_all_values_with_at_most_five_ticks_inside_it(values):
    covered = value_range(values, least=0.1)
    slack = 1e-6 * max(1.0, covered.high - covered.low)
    assert covered.low <= min(values) + slack and max(values) - slack <= covered.high
    assert 1 <= len(covered.ticks) <= 5
    assert all(covered.low - slack <= tick <= covered.high + slack for tick in covered.ticks)


def test_an_axis_of_what_cannot_be_negative_never_goes_below_zero_and_a_share_never_above_hundred():
    assert value_range([0.0, 3.0]).low == 0
    assert value_range([97.0, 100.0], percent=True).high == 100
    assert value_range([-3.0, 3.0]).low < -3


def test_the_huge_limit_of_a_tiny_month_does_not_press_the_values_flat():
    assert value_range([2.0, 4.0], [0.0, 400.0]).high <= 8


def test_a_skipped_period_keeps_its_room_and_events_stand_side_by_side():
    assert slots([JANUARY, date(2025, 2, 1), date(2025, 5, 1)], "month") == (0, 1, 4)
    assert slots([date(2025, 1, 6), date(2025, 1, 20)], "week") == (0, 2)
    assert slots([JANUARY, date(2025, 4, 1), date(2026, 1, 1)], "quarter") == (0, 1, 4)
    assert slots([JANUARY, date(2025, 9, 9)], "event") == (0, 1)


def test_three_years_of_months_are_labelled_at_january_and_july_with_each_year_once():
    ticks = time_ticks(analysed([1.0] * 36).points, "month", ASKED, 8)
    assert [(tick.words, tick.year) for tick in ticks] == [
        *(("Jan", "2025"), ("Jul", ""), ("Jan", "2026"), ("Jul", ""), ("Jan", "2027"), ("Jul", ""))
    ]


@mark.parametrize(("frequency", "count"), [("day", 1200), ("week", 300), ("month", 180), ("quarter", 60), ("year", 30)])
def test_long_series_keep_few_labels(frequency, count):
    start = date(2024, 1, 1)
    ticks = time_ticks(analysed([1.0] * count, frequency=frequency, start=start).points, frequency, ASKED, 8)
    assert 2 <= len(ticks) <= 8


# Words ------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.floats(0, 300), st.integers(1, 3)), min_size=1, max_size=7))
def test_words_at_the_line_ends_never_cover_one_another_and_keep_their_order(wanted):
    labels = [Label(y, ("words",) * lines, "c-text", "#000") for y, lines in wanted]
    placed = spread(labels, lane=14, top=4, bottom=324)
    assert [label.y for label, _ in placed] == sorted(label.y for label in labels)
    for (one, high), (other, low) in pairwise(placed):
        assert low - high >= 7 * (len(one.lines) + len(other.lines)) - 0.01


def test_the_latest_value_and_each_line_are_named_with_source_at_the_right():
    line = ReferenceLine("target", "target", 6.0, "Board, 2026/27")
    said = {item.text for item in words(scene(analysed(), replace(ASKED, lines=(line,)))) if item.at[0] > 684}
    assert {"target 6\u00a0% (Board, 2026/27)", "Dec 2026: 3\u00a0%"} <= said
    assert any(text.startswith("average ") for text in said)


@given(analyses())
def test_words_above_the_plot_never_cover_one_another(analysis):
    notes = tuple(Note(point.start, f"change {i} of the plan") for i, point in enumerate(analysis.points[::5]))
    drawn = control_scene(analysis, replace(ASKED, notes=notes))
    if drawn is None:
        return
    top = min(item.through[0][1] for item in strokes(drawn, "c-grid"))
    above = [item for item in words(drawn) if item.at[1] < top and item.anchor == "left"]
    for one, other in combinations(above, 2):
        end = min((one, other), key=lambda item: item.at[0])
        start = max((one, other), key=lambda item: item.at[0])
        assert one.at[1] != other.at[1] or end.at[0] + text_width(end.text, end.size) <= start.at[0]


def test_a_note_without_room_becomes_a_number_that_the_page_can_explain():
    notes = tuple(Note(date(2025, month, 3), f"a rather long remark number {month}") for month in range(1, 7))
    request = replace(ASKED, notes=notes)
    listed = numbered_notes(analysed(), request)
    written = [item.text for item in words(scene(analysed(), request))]
    assert listed and all(sign in written for sign, _ in listed)
    assert {note.text for note in notes} == {text for _, text in listed} | {n.text for n in notes if n.text in written}


def test_a_source_that_would_be_cut_is_left_out_of_the_chart_so_that_no_label_ends_in_dots():
    long = "Thistledown Health Board, example target of the year that began in November"
    for size in ("wide", "print"):
        lines = (ReferenceLine("target", "target", 6.0, long), ReferenceLine("benchmark", "peers", 5.0, long * 2))
        said = [item.text for item in words(scene(analysed(), replace(ASKED, lines=lines, size=size)))]
        assert not [text for text in said if text.endswith("…")]
        assert any(text.startswith("target 6") for text in said) and "peers 5\u00a0%" in said


def test_numbers_of_notes_are_plain_digits_that_never_cover_one_another():
    notes = tuple(Note(date(2025, 1 + i % 3, 3 + i), f"remark {i} " * 12) for i in range(24))
    drawn = scene(analysed(), replace(ASKED, notes=notes))
    signs = [item for item in words(drawn) if item.text.startswith("(")]
    assert [item.text for item in signs] == [f"({number})" for number in range(1, 25)]
    assert all(text.isascii() for text, _ in numbered_notes(analysed(), replace(ASKED, notes=notes)))
    for one, other in combinations(signs, 2):
        apart = (text_width(one.text, one.size) + text_width(other.text, other.size)) / 2
        assert abs(one.at[1] - other.at[1]) >= one.size or abs(one.at[0] - other.at[0]) >= apart
    for line in strokes(drawn, "c-note"):
        ((x, top), _) = line.through
        assert not [sign.text for sign in signs if abs(sign.at[0] - x) < sign.size and top < sign.at[1]]


def test_estimated_widths_are_close_to_the_real_ones_and_not_smaller():
    tools = canvas._matplotlib()
    from_font = tools.Figure(dpi=72)
    renderer = tools.Agg(from_font).get_renderer()
    for text in ("target 90 % (Board, 2026/27)", "Apr 2025: weekend pharmacist starts", "lower limit −12.1", "WIMW"):
        drawn = from_font.text(0, 0, text, fontsize=12, parse_math=False)
        real = drawn.get_window_extent(renderer).width
        assert real * 0.97 <= text_width(text, 12) <= real * 1.3


# Lines ------------------------------------------------------------------------------------------------


def test_a_benchmark_is_drawn_only_over_the_periods_for_which_it_is_valid():
    half = ReferenceLine("benchmark", "peers", 8.0, "Region", valid_from=date(2025, 7, 1), valid_to=date(2025, 12, 31))
    whole = replace(half, valid_from=None, valid_to=None)
    (short,) = strokes(scene(analysed(), replace(ASKED, lines=(half,))), "c-bench")
    (long,) = strokes(scene(analysed(), replace(ASKED, lines=(whole,))), "c-bench")
    assert short.through[-1][0] - short.through[0][0] == approx((long.through[-1][0] - long.through[0][0]) / 4)


def test_a_trajectory_steps_where_its_value_changes():
    line = ReferenceLine("target", "target", steps=((JANUARY, 10.0), (date(2026, 1, 1), 5.0)))
    (drawn,) = strokes(scene(analysed(), replace(ASKED, lines=(line,))), "c-target")
    assert len({y for _, y in drawn.through}) == 2


def test_a_sloped_trajectory_is_halfway_between_its_values_halfway_through_its_time():
    line = ReferenceLine("target", "target", steps=((JANUARY, 10.0), (date(2025, 1, 21), 5.0)), sloped=True)
    assert line.at(date(2025, 1, 11)) == approx(7.5)
    assert line.at(date(2025, 3, 1)) == 5.0
    assert line.at(date(2024, 12, 31)) is None


def test_each_phase_has_its_own_average_and_a_line_where_it_begins():
    drawn = scene(analysed(phases=(PhaseStart(date(2026, 1, 1), "ward moved"),)))
    assert len(strokes(drawn, "c-mean")) == 2
    assert len(strokes(drawn, "c-phase")) == 1
    assert "Jan 2026: ward moved" in [item.text for item in words(drawn)]


def test_a_short_series_shows_its_median_and_no_limits():
    drawn = scene(analysed((4, 5, 6)))
    assert not strokes(drawn, "c-limit")
    assert any(item.text.startswith("median") for item in words(drawn))


def test_the_names_of_two_near_lines_inside_a_narrow_chart_stand_on_their_own_sides():
    lines = (ReferenceLine("target", "target", 11.0), ReferenceLine("benchmark", "peers", 10.3))
    drawn = scene(analysed(chart="run"), replace(ASKED, size="narrow", lines=lines))
    heights = sorted(stroke.through[0][1] for role in ("c-target", "c-bench") for stroke in strokes(drawn, role))
    target, peers = (next(one for one in words(drawn) if one.text.startswith(name)) for name in ("target", "peers"))
    assert target.at[1] < heights[0] and peers.at[1] - peers.size * 0.82 > heights[1]


def test_a_narrow_chart_shows_the_last_eighteen_points_and_all_points_stay_in_the_picture():
    for size, most in (("narrow", 18), ("wide", 24)):
        drawn = scene(analysed(), replace(ASKED, size=size))
        marks = [item for item in drawn.items if getattr(item, "number", None) is not None]
        assert [mark.number for mark in marks] and len(marks) == most
        assert all(0 < mark.at[0] < drawn.width and 0 < mark.at[1] < drawn.height for mark in marks)
