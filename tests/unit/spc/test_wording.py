"""The sentences say what the signals say: what changed, since when, against what, and no more."""

from dataclasses import replace
from datetime import date
from itertools import product
from random import Random

import pytest
from pytest import approx

from qitracker.spc.analyse import analyse
from qitracker.spc.analysis import Direction, PhaseStart, Reading, Series, State
from qitracker.spc.wording import (
    alt_text,
    benchmark_sentence,
    headline,
    reasons,
    short_reading,
    target_sentence,
)
from qitracker.spc.wording.chances import (
    chance_crossings,
    chance_near,
    chance_outside,
    chance_run,
    chance_trend,
)
from qitracker.spc.wording.figures import Figures
from qitracker.spc.wording.reasons import reason
from tests.unit.spc.months import CALM, month, monthly, read

SHIFTED = [*CALM, *CALM, *[44.0, 45, 43, 46, 44, 45, 46, 44]]


def said(analysis) -> str:
    return str(headline(analysis, name="Hand hygiene", unit="%", decimals=0))


def test_a_shift_is_told_with_its_start_its_length_and_the_line_it_leaves():
    analysis = read(SHIFTED)
    assert said(analysis) == (
        "Hand hygiene got worse: lower since January 2026, 8 months in a row below the average of 49\u00a0%."
    )
    assert headline(analysis, name="Hand hygiene").reading is Reading.WORSE


def test_where_lower_is_better_the_same_shift_is_good_news():
    assert said(read(SHIFTED, direction=Direction.DOWN)).startswith("Hand hygiene got better: lower since")


def test_where_no_direction_is_better_it_only_changed():
    assert said(read(SHIFTED, direction=Direction.NONE)).startswith("Hand hygiene changed: lower since")


def test_a_point_outside_is_told_with_its_month_and_its_limit():
    analysis = read([*CALM, 90.0])
    upper = analysis.points[-1].upper
    assert said(analysis) == f"Hand hygiene got better: January 2025 is above the upper limit of {upper:.0f}\u00a0%."


def test_points_outside_are_counted_beside_a_shift():
    analysis = read([*CALM, *CALM, *[30.0] * 8])
    assert "and 8 of the last 12 months outside the limits." in said(analysis)


def test_without_a_signal_nothing_is_claimed():
    analysis = read(CALM)
    lower, upper = analysis.points[-1].lower, analysis.points[-1].upper
    assert said(analysis) == (
        "No real change in Hand hygiene: 12 months without a signal, "
        f"in the usual range of {lower:.0f} to {upper:.0f}\u00a0%."
    )


def test_a_series_that_never_moves_has_no_range_to_tell():
    analysis = read([100.0] * 24)
    assert said(analysis) == "No real change in Hand hygiene: 24 months at 100\u00a0%."
    assert str(short_reading(analysis, unit="%", decimals=0)) == "No signal in 24 months. Always 100\u00a0%."


def test_six_points_are_too_early_to_call():
    assert said(read(CALM[:6])) == "Too early to call for Hand hygiene: 6 of 10 points."
    assert str(short_reading(read(CALM[:6]))) == "Too early to call: 6 of 10 points."


def test_no_results_are_said_as_such():
    assert said(read([])) == "There are no results yet for Hand hygiene."
    assert str(short_reading(read([None, None]))) == "No results yet."


def test_a_new_phase_is_too_early_to_call_until_it_has_ten_points():
    analysis = read([*CALM, 60.0, 61.0, 59.0], phases=[PhaseStart(month(12))])
    assert said(analysis) == (
        "Too early to call for Hand hygiene: 3 of 10 points since limits began anew in January 2025."
    )


def test_a_signal_that_ended_lately_is_too_early_to_call():
    analysis = read([*CALM, 90.0, 50, 51, 49])
    assert said(analysis) == (
        "Too early to call for Hand hygiene: 3 months as usual since the last signal, in January 2025."
    )
    assert str(short_reading(analysis)) == "Last signal in January 2025, then 3 months as usual: too early to call."


def test_a_signal_long_ago_is_remembered_but_claims_nothing_now():
    analysis = read([*CALM, 90.0, *CALM])
    assert said(analysis) == (
        "No change now in Hand hygiene: the latest 12 months vary as usual; the last signal was in January 2025."
    )
    assert headline(analysis, name="Hand hygiene").reading is Reading.USUAL


def test_a_new_level_is_told_with_its_reason_and_both_averages():
    numbers = [*CALM, *[value + 30 for value in CALM]]
    analysis = read(numbers, phases=[PhaseStart(month(12), "Dispensers at the bed")])
    assert said(analysis) == (
        "Hand hygiene stayed higher after “Dispensers at the bed”: from an average of 50\u00a0% to one of 80\u00a0%, "
        "and 12 months since January 2025 vary as usual around it."
    )


def test_a_new_phase_at_the_old_level_is_no_change():
    analysis = read([*CALM, *CALM], phases=[PhaseStart(month(12), "New form")])
    assert said(analysis).startswith("No real change in Hand hygiene: 12 months without a signal")


def test_too_few_crossings_name_no_start_but_that_of_the_phase():
    analysis = read([50, 51, 52, 51, 52, 51, 48, 49, 48, 49, 48, 49] * 2, chart="run", rule_set="anhoej")
    assert said(analysis) == (
        "More than chance is at work in Hand hygiene: since January 2024 the results crossed the median of 50\u00a0% "
        "3 times, where chance gives at least 8."
    )


def test_a_board_line_names_no_measure():
    assert str(short_reading(read([*CALM, 90.0]), decimals=0)).startswith("January 2025 is above the upper limit of ")


def test_a_board_line_without_a_signal_says_what_to_expect():
    analysis = read(CALM)
    lower, upper = analysis.points[-1].lower, analysis.points[-1].upper
    assert str(short_reading(analysis, unit="%", decimals=0)) == (
        f"No signal in 12 months. Expect {lower:.0f} to {upper:.0f}\u00a0% next month."
    )


def test_a_long_unit_stays_out_of_the_sentence():
    assert "per 1,000" not in str(headline(read(SHIFTED), name="Falls", unit="per 1,000 bed days"))


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("rule_set", ["mdc", "anhoej"])
def test_better_and_worse_are_never_said_without_a_signal_at_the_latest_point(direction, rule_set):
    chance = Random(11)
    claims = 0
    for _ in range(200):
        drift = chance.choice([0, 0, 0.4, -0.4])
        numbers = [50 + drift * at + chance.gauss(0, 3) for at in range(chance.randint(0, 30))]
        analysis = read(numbers, direction=direction, rule_set=rule_set)
        text = said(analysis) + str(short_reading(analysis)) + " ".join(map(str, reasons(analysis)))
        claimed = "got better" in text or "got worse" in text
        claims += claimed
        assert claimed == (analysis.reading in (Reading.BETTER, Reading.WORSE))
        assert "significant" not in text
    assert claims or direction is Direction.NONE


def test_each_signal_at_the_latest_point_has_its_reason_with_rule_and_chance():
    analysis = read([*CALM, *CALM, *[30.0] * 8])
    first, second, third = [str(reason) for reason in reasons(analysis, decimals=0)]
    assert "8 months in a row below the average of 45." in first
    assert "Seven or more points in a row on one side of the centre line are a signal." in first
    assert "somewhere among 32 points in about one chart of 10." in first
    assert "below the lower limit of" in second
    assert second.endswith("about once in 370 months, which is 31 years.")
    assert third == "Of the last 12 months, 8 lie outside the limits on the same side."


def test_limits_that_are_too_narrow_give_no_verdict():
    analysis = replace(read([*CALM, *CALM, *[30.0] * 8]), dispersion=6.0)
    told = headline(analysis, name="Four-hour waits")
    assert str(told) == (
        "This chart cannot tell whether Four-hour waits changed: its limits are too narrow for such large numbers, "
        "and the XmR chart can tell."
    )
    assert told.reading is Reading.CHANGED


def test_without_a_signal_there_are_no_reasons():
    assert reasons(read(CALM)) == ()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (None, "No target is set."),
        (30.0, "Expect the target of 30 to be met"),
        (50.0, "The target of 50 will be met in some months and missed in others by chance"),
        (90.0, "The target of 90 cannot be met without a change in the process"),
    ],
)
def test_the_target_sentence_follows_the_usual_range(target, words):
    assert str(target_sentence(read(CALM), target, decimals=0)).startswith(words)


def test_a_target_without_limits_or_direction_is_not_judged():
    assert "cannot be judged yet" in str(target_sentence(read(CALM[:5]), 50.0))
    assert "no direction is better" in str(target_sentence(read(CALM, direction=Direction.NONE), 50.0))


@pytest.mark.parametrize(
    ("value", "direction", "words"),
    [
        (88.0, Direction.UP, "88\u00a0% is 4 points above the national mean of 84\u00a0%, on the better side."),
        (88.0, Direction.DOWN, "88\u00a0% is 4 points above the national mean of 84\u00a0%, on the worse side."),
        (80.0, Direction.UP, "80\u00a0% is 4 points below the national mean of 84\u00a0%, on the worse side."),
        (80.0, Direction.NONE, "80\u00a0% is 4 points below the national mean of 84\u00a0%."),
        (84.2, Direction.UP, "84\u00a0% is at the national mean of 84\u00a0%."),
        (None, Direction.UP, "There is no result to compare with the national mean of 84\u00a0%."),
    ],
)
def test_a_benchmark_is_told_with_its_gap_and_side(value, direction, words):
    sentence = benchmark_sentence(value, 84.0, direction, unit="%", decimals=0, name="national mean")
    assert str(sentence) == words


def test_the_alt_text_tells_the_chart_in_order():
    text = str(alt_text(read([*CALM, 90.0]), name="A&E in time", unit="%", decimals=0, target=95.0))
    parts = [
        "XmR chart of 13 months, January 2024 to January 2025.",
        "Last value 90\u00a0%, average of 53\u00a0%, usual range ",
        "A&E in time got better: January 2025 is above the upper limit of ",
        "Worst value 47\u00a0% in August 2024.",
        "The target of 95\u00a0% cannot be met",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_hidden_months_are_counted_in_the_alt_text():
    series = Series(
        tuple(month(at) for at in range(12)),
        tuple(CALM),
        (1.0,) * 12,
        states=(State.SUPPRESSED, *[State.VALUE] * 11),
    )
    analysis = analyse(series, chart="i", rule_set="mdc", direction=Direction.UP)
    assert "1 month hidden because the numbers are small." in str(alt_text(analysis, name="Falls"))


def test_every_number_of_a_headline_is_a_value_of_the_analysis():
    analysis = read([*CALM, 90.0])
    tail = headline(analysis, name="Hand hygiene").tail
    assert tail.values["limit"].value == analysis.points[-1].upper
    assert tail.values["since"].start == month(12)


def test_weeks_and_quarters_are_called_so():
    series = monthly(*((value, 1.0) for value in CALM))
    weekly = Series(series.starts, series.numerators, series.denominators, frequency="week")
    analysis = analyse(weekly, chart="i", rule_set="mdc", direction=Direction.UP)
    assert "12 weeks without a signal" in said(analysis)


@pytest.mark.parametrize(("length", "points"), [(2, 2), (3, 5), (4, 9), (7, 12), (12, 12)])
def test_the_chance_of_a_run_is_that_of_counting_every_toss(length, points):
    runs = 0
    for tosses in product("ht", repeat=points):
        text = "".join(tosses)
        runs += "h" * length in text or "t" * length in text
    assert chance_run(length, points) == approx(runs / 2**points)


def test_the_other_chances_are_the_known_ones():
    assert chance_outside() == approx(0.0026998, abs=1e-7)
    assert chance_trend(7) == approx(2 / 5040)
    assert chance_crossings(0, 5) == approx(1 / 16)
    assert chance_near() == approx(0.0013347, abs=1e-6)
    assert chance_run(9, 5) == 0


def test_a_value_on_the_median_within_a_run_is_said_not_to_be_counted():
    values = [4.0, 6.0] * 4 + [7.0, 7.0, 7.0, 5.0, 7.0, 7.0, 7.0, 7.0, 7.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0]
    said = analyse(
        Series(tuple(date(2023 + at // 12, at % 12 + 1, 1) for at in range(len(values))), tuple(values), (1.0,) * 23),
        chart="run", rule_set="anhoej", direction=Direction.UP,
        phases=(PhaseStart(date(2023, 1, 1), centre=5.0),),
    )  # fmt: skip
    (run,) = (one for one in said.signals if one.rule == "long_run" and one.side == "above")
    words = str(reason(said, run, Figures("", 1)))
    assert "9 months in a row above the median" in words
    assert "December 2023 lies on the median and is not counted." in words
