"""Benchmarks: what they must hold, when they hold, and how far a result is from them."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, mark, raises

from qitracker.foundation.errors import Invalid
from qitracker.measures.benchmark_rules import (
    BENCHMARK_KIND_TITLES,
    STATISTIC_TITLES,
    Benchmark,
    BenchmarkKind,
    Path,
    Statistic,
    check_benchmark,
    effective_at,
    gap,
    is_expired,
    is_flat,
    meets,
    percentile_band,
    value_at,
)
from qitracker.measures.figures import decimals_of
from qitracker.measures.rules import Definition, Scoring
from qitracker.spc.analysis import Direction

SHARE = Definition(
    "Hand hygiene", Scoring.PROPORTION, Direction.UP, "clean", denominator="all", unit="%", multiplier=100, chart="p"
)
CHANGE = Definition("Change", Scoring.MEAN, Direction.UP, "points", denominator="pairs", unit="points")
YEAR = Benchmark(
    BenchmarkKind.NATIONAL_MEAN,
    "Survey of hospitals",
    date(2025, 1, 1),
    value=81,
    population="Acute hospitals",
    data_period="2023",
    effective_to=date(2025, 12, 31),
)
TARGET = Benchmark(BenchmarkKind.TARGET, "Quality board", date(2025, 1, 1), Statistic.TARGET, value=90)
CLIMB = replace(TARGET, value=None, trajectory=((date(2026, 1, 1), 80.0), (date(2026, 1, 11), 90.0)))

MIPS_113 = {10: 5.71, 20: 23.98, 30: 36.1, 40: 45.9, 50: 53.535, 60: 60.33, 70: 67.16, 80: 73.82, 90: 83.55}
MIPS_001 = {10: 13.46, 20: 18.485, 30: 23.02, 40: 27.54, 50: 32.915, 60: 40.275, 70: 51.68, 80: 73.2, 90: 94.35}


def refused_fields(benchmark, definition=SHARE):
    with raises(Invalid) as refusal:
        check_benchmark(benchmark, definition)
    return {name: str(words) for name, words in refusal.value.fields.items()}


@mark.parametrize("benchmark", [YEAR, TARGET, CLIMB, replace(YEAR, value=None, percentiles=MIPS_001)])
def test_a_whole_benchmark_passes(benchmark):
    check_benchmark(benchmark, SHARE)


def test_an_average_is_not_saved_without_its_population_and_the_period_of_its_data():
    assert refused_fields(replace(YEAR, population=" ", data_period="")) == {
        "population": "A national average cannot be saved without its population. Say whom it was measured on.",
        "data_period": "A national average cannot be saved without the period of its data. Say from when they are.",
    }
    check_benchmark(replace(TARGET, population="", data_period=""), SHARE)


@mark.parametrize(
    ("benchmark", "decimals"),
    [
        (replace(YEAR, value=78.5), 1),
        (replace(YEAR, value=0.1 + 0.2), 1),
        (replace(YEAR, value=81), 0),
        (replace(YEAR, value=None, percentiles=MIPS_001), 3),
        (replace(CLIMB, trajectory=((date(2026, 1, 1), 80.0), (date(2026, 2, 1), 82.25))), 2),
    ],
)
def test_a_figure_keeps_the_decimals_it_was_given_in(benchmark, decimals):
    assert decimals_of(benchmark, replace(SHARE, decimals=0)) == decimals
    assert decimals_of(benchmark, replace(SHARE, decimals=4)) == 4


def test_none_is_saved_without_its_source_and_its_date():
    faults = refused_fields(replace(YEAR, source="  ", effective_from=None))
    assert faults == {
        "source": "A benchmark cannot be saved without its source. Name who published it.",
        "effective_from": "A benchmark cannot be saved without its date. Say from when it holds.",
    }


@mark.parametrize(
    ("benchmark", "field"),
    [
        (replace(YEAR, effective_to=date(2024, 12, 31)), "effective_to"),
        (replace(YEAR, source_url="javascript:alert(1)"), "source_url"),
        (replace(YEAR, value=None), "value"),
        (replace(YEAR, value=101), "value"),
        (replace(YEAR, value=-1), "value"),
        (replace(YEAR, value=float("inf")), "value"),
        (replace(CLIMB, value=90), "value"),
        (replace(CLIMB, kind=BenchmarkKind.PEER), "trajectory"),
        (replace(CLIMB, trajectory=CLIMB.trajectory[::-1]), "trajectory"),
        (replace(CLIMB, trajectory=((date(2026, 1, 1), 80.0), (date(2026, 1, 1), 90.0))), "trajectory"),
        (replace(CLIMB, trajectory=((date(2026, 1, 1), 180.0),)), "trajectory"),
        (replace(YEAR, kind=BenchmarkKind.PERCENTILE), "percentiles"),
        (replace(YEAR, percentiles={10: 50, 90: 40}), "percentiles"),
        (replace(YEAR, percentiles={0: 50}), "percentiles"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(benchmark, field):
    assert list(refused_fields(benchmark)) == [field]


def test_a_change_may_be_below_zero_and_has_no_ceiling():
    check_benchmark(replace(YEAR, value=-3), CHANGE)
    check_benchmark(replace(YEAR, value=400), CHANGE)


def test_a_benchmark_holds_on_its_first_and_on_its_last_day():
    assert effective_at([YEAR], date(2024, 12, 31)) == ()
    assert effective_at([YEAR], date(2025, 1, 1)) == (YEAR,)
    assert effective_at([YEAR], date(2025, 12, 31)) == (YEAR,)
    assert effective_at([YEAR], date(2026, 1, 1)) == ()


def test_it_is_expired_only_after_its_last_day():
    assert not is_expired(YEAR, date(2025, 12, 31))
    assert is_expired(YEAR, date(2026, 1, 1))
    assert not is_expired(TARGET, date(2100, 1, 1))


def test_the_newer_of_the_same_kind_and_population_replaces_the_older():
    older = replace(YEAR, effective_to=None)
    newer = replace(older, effective_from=date(2026, 1, 1), value=83)
    peers = replace(older, population="Teaching hospitals")
    assert effective_at([newer, older], date(2025, 6, 30)) == (older,)
    assert effective_at([newer, older], date(2026, 6, 30)) == (newer,)
    assert effective_at([newer, older, peers], date(2026, 6, 30)) == (newer, peers)


def test_targets_come_first():
    assert effective_at([YEAR, TARGET], date(2025, 6, 30)) == (TARGET, YEAR)


def test_the_nearest_target_goes_before_that_of_the_whole():
    ward, site = replace(TARGET, unit_id=7, value=95), replace(TARGET, unit_id=2, value=92)
    everything = [YEAR, TARGET, site, ward]
    day = date(2025, 6, 30)
    assert effective_at(everything, day, lineage=(7, 2, 1)) == (ward, YEAR)
    assert effective_at(everything, day, lineage=(8, 2, 1)) == (site, YEAR)
    assert effective_at(everything, day, lineage=(9, 3, 1)) == (TARGET, YEAR)


def test_a_target_by_steps_holds_until_the_next_date():
    assert value_at(CLIMB, date(2025, 12, 31)) is None
    assert value_at(CLIMB, date(2026, 1, 1)) == 80
    assert value_at(CLIMB, date(2026, 1, 10)) == 80
    assert value_at(CLIMB, date(2026, 1, 11)) == 90
    assert value_at(CLIMB, date(2030, 1, 1)) == 90


def test_a_target_on_a_line_moves_evenly_by_day():
    even = replace(CLIMB, path=Path.LINEAR)
    assert value_at(even, date(2026, 1, 1)) == 80
    assert value_at(even, date(2026, 1, 6)) == approx(85)
    assert value_at(even, date(2026, 1, 11)) == 90
    assert value_at(even, date(2027, 1, 1)) == 90


def test_no_value_is_given_outside_the_dates_it_holds():
    assert value_at(YEAR, date(2026, 1, 1)) is None
    assert value_at(YEAR, date(2025, 6, 1)) == 81


def test_percentiles_alone_give_their_middle():
    assert value_at(replace(YEAR, value=None, percentiles=MIPS_001), date(2025, 6, 1)) == 32.915


def test_the_gap_is_positive_when_the_result_is_better():
    assert gap(88.5, 90, Direction.UP) == -1.5
    assert gap(2.1, 2.5, Direction.DOWN) == approx(0.4)
    assert gap(2.1, 2.5, Direction.NONE) is None


def test_a_target_is_met_by_the_unrounded_value_only():
    assert meets(90.0, 90, Direction.UP)
    assert meets(89.96, 90, Direction.UP) is False
    assert meets(2.5, 2.5, Direction.DOWN)
    assert meets(1, 2, Direction.NONE) is None


@mark.parametrize(("value", "decile"), [(70.0, 8), (67.16, 8), (67.15, 7), (5.70, 1), (83.55, 10)])
def test_deciles_count_up_where_higher_is_better(value, decile):
    assert percentile_band(value, MIPS_113, Direction.UP) == decile


@mark.parametrize(
    ("value", "decile"), [(30.0, 6), (32.915, 6), (27.54, 7), (13.46, 10), (13.47, 9), (94.35, 2), (94.36, 1)]
)
def test_deciles_are_read_from_the_other_end_where_lower_is_better(value, decile):
    assert percentile_band(value, MIPS_001, Direction.DOWN) == decile


def test_no_decile_is_given_without_the_nine_percentiles_or_a_direction():
    assert percentile_band(70, {25: 50, 50: 60, 75: 70}, Direction.UP) is None
    assert percentile_band(70, MIPS_113, Direction.NONE) is None


@given(st.lists(st.floats(0, 100), min_size=9, max_size=9), st.floats(0, 100), st.floats(0, 100))
def test_a_better_result_never_has_a_lower_decile(values, one, other):
    percentiles = dict(zip(range(10, 100, 10), sorted(values), strict=True))
    low, high = sorted((one, other))
    assert percentile_band(low, percentiles, Direction.UP) <= percentile_band(high, percentiles, Direction.UP)
    assert percentile_band(low, percentiles, Direction.DOWN) >= percentile_band(high, percentiles, Direction.DOWN)


def test_percentiles_that_repeat_their_own_numbers_are_flat():
    assert is_flat({key: key for key in (1, 10, 50, 90, 99)})
    assert not is_flat(MIPS_001)
    assert not is_flat({})


def test_every_kind_has_a_name():
    assert set(BENCHMARK_KIND_TITLES) == set(BenchmarkKind)
    assert set(STATISTIC_TITLES) == set(Statistic)
