"""Real public files through the import: every row accounted for, and totals before and after equal to the digit."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pytest import fixture, mark

from qitracker.exchange.formats import open_table
from qitracker.exchange.guess import suggest_mapping
from qitracker.exchange.judge import Judge
from qitracker.exchange.mapping import Mapping, PeriodColumns, Pivot, RowFilter
from qitracker.exchange.outcome import RowResult
from qitracker.exchange.preview import Preview
from qitracker.exchange.rules import read_blocks
from qitracker.measures.rules import Definition, Direction, Frequency, Interval, Scoring
from qitracker.spc.analysis import State

TODAY = date(2026, 11, 1)
SIX_INFECTIONS = {f"HAI_{number}" for number in range(1, 7)}
AE = Mapping(
    unit="org_code",
    fixed_measure="ae-4h",
    strata=("type",),
    period=PeriodColumns(start="period"),
    numerator="[attendances] − [breaches]",
    denominator="[attendances]",
)
HAI = Mapping(
    unit="Provider ID",
    measure="measure",
    period=PeriodColumns(start="Measure Start Date", end="Measure End Date", frequency="year"),
    numerator="[observed]",
    denominator="[expected]",
    pivot=Pivot(
        keys=("Provider ID", "Measure Start Date", "Measure End Date"),
        names="Measure ID",
        values="Score",
        endings={"_NUMERATOR": "observed", "_ELIGCASES": "expected"},
    ),
)


@fixture
def data(reference):
    """Return the folder of real public files."""
    return reference / "data"


def raw(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def imported(path, mapping, scoring, frequency, measures, **facts):
    """Read a file as an import does, and return its results and its preview."""
    definition = Definition("x", scoring, Direction.NONE, "cases", frequency=frequency, **facts)
    judge = Judge(dict.fromkeys(measures, definition), TODAY, fiscal_start=mapping.period.fiscal_start)
    seen, results = Preview(), []
    for block in read_blocks(open_table(path, path.name), mapping, judge=judge):
        seen.add(block)
        results += map(RowResult._make, block.ready)
    return results, seen


def numbers(texts):
    return sum((Decimal(text) for text in texts if text.replace(".", "").isdecimal()), Decimal(0))


def test_ae_attendances_give_428_series_with_the_sums_of_the_raw_columns(data):
    path = data / "ae_attendances.csv"
    rows = raw(path)
    results, seen = imported(path, AE, Scoring.PROPORTION, Frequency.MONTH, {"ae-4h"})
    assert (seen.rows, seen.ready, seen.refused, seen.skipped) == (12_765, 12_765, 0, 0)
    assert len({(one.unit, one.stratum) for one in results}) == 428
    attendances, breaches = numbers(r["attendances"] for r in rows), numbers(r["breaches"] for r in rows)
    assert seen.totals["ae-4h"].denominator == attendances == sum(one.denominator for one in results)
    assert seen.totals["ae-4h"].numerator == attendances - breaches == sum(one.numerator for one in results)
    assert (seen.first, seen.last) == (date(2016, 4, 1), date(2019, 3, 1))


def test_a_long_infection_file_gives_1032_results_with_the_sums_it_came_with(data):
    path = data / "cms-hai-ny-hospitals-2015.csv"
    rows = raw(path)
    results, seen = imported(
        path, HAI, Scoring.OBSERVED_EXPECTED, Frequency.YEAR, SIX_INFECTIONS, interval=Interval.MID_P
    )
    assert (seen.ready, seen.refused, seen.rows) == (1_032, 0, 1_032 + 4 * 1_032)
    both = [one for one in results if one.numerator is not None and one.denominator is not None]
    assert len(both) == 883
    assert sum(1 for one in results if one.state is State.MISSING) == 149
    assert sum(1 for one in both if one.denominator >= 1) == 635
    assert sum(1 for one in both if one.denominator < 1) == 248
    for measure in SIX_INFECTIONS:
        observed = numbers(r["Score"] for r in rows if r["Measure ID"] == f"{measure}_NUMERATOR")
        predicted = numbers(r["Score"] for r in rows if r["Measure ID"] == f"{measure}_ELIGCASES")
        assert (seen.totals[measure].numerator, seen.totals[measure].denominator) == (observed, predicted)


def test_none_of_0_expected_is_no_cases_and_keeps_its_zeros(data):
    results, _ = imported(
        data / "cms-hai-ny-hospitals-2015.csv", HAI, Scoring.OBSERVED_EXPECTED, Frequency.YEAR, SIX_INFECTIONS
    )
    (none,) = (one for one in results if one.state is State.NO_CASES)
    assert (none.numerator, none.denominator) == (0, 0)


def test_the_long_file_and_the_one_pivoted_by_others_give_the_same_results(data):
    wide = replace(
        HAI,
        unit="provider_id",
        measure="infection",
        period=PeriodColumns("period_start", "period_end", frequency="year"),
        denominator="[predicted]",
        pivot=None,
    )
    measured = (Scoring.OBSERVED_EXPECTED, Frequency.YEAR, SIX_INFECTIONS)
    ours, _ = imported(data / "cms-hai-ny-hospitals-2015.csv", HAI, *measured)
    theirs, _ = imported(data / "cms-hai-ny-sir-2015.csv", wide, *measured)
    assert {one[1:] for one in ours} == {one[1:] for one in theirs}


def test_the_long_file_is_mapped_right_at_first_sight(data):
    found = suggest_mapping(open_table(data / "cms-hai-ny-hospitals-2015.csv", "hai.csv"))
    assert replace(found, filters=()) == replace(HAI, unit_name="Hospital Name")


def test_readmissions_sum_to_what_their_publisher_printed(data):
    path = data / "cms-hrrp-fy2026-7-states.csv"
    mapping = Mapping(
        unit="Facility ID",
        unit_width=6,
        measure="Measure Name",
        period=PeriodColumns(start="Start Date", frequency="year", fiscal_start=7),
        numerator="[Number of Readmissions]",
        denominator="[Number of Discharges]",
    )
    measures = {row["Measure Name"] for row in raw(path)}
    results, seen = imported(path, mapping, Scoring.RATE, Frequency.YEAR, measures)
    assert (seen.ready, seen.refused) == (3_846, 0)
    assert sum(total.numerator for total in seen.totals.values()) == 103_261
    assert sum(total.denominator for total in seen.totals.values()) == 611_570
    assert {len(one.unit) for one in results} == {6}


def test_suppressed_health_gains_stay_suppressed_and_the_total_of_england_is_left_out(data):
    path = data / "nhs-proms-providers-2018-19.csv"
    rows = raw(path)
    mapping = Mapping(
        unit="Organisation Code",
        measure="Measure",
        strata=("Procedure",),
        period=PeriodColumns(fixed="2018/19", frequency="year", fiscal_start=4),
        value="[Adjusted Average Health Gain]",
        n="[Modelled Records]",
        filters=(RowFilter("Organisation Type", ("England",)),),
    )
    measures = {row["Measure"] for row in rows}
    _, seen = imported(path, mapping, Scoring.MEAN, Frequency.YEAR, measures)
    providers = [row for row in rows if row["Organisation Type"] != "England"]
    assert sum("*" in row.values() for row in providers) == 1_645
    hidden = sum("*" in (row["Adjusted Average Health Gain"], row["Modelled Records"]) for row in providers)
    england = len(rows) - len(providers)
    assert seen.states[State.SUPPRESSED] == hidden > 0
    assert seen.filtered == england > 0
    assert seen.rows == len(rows) == seen.ready + seen.refused + seen.skipped


@mark.parametrize("name", ["cms-hai-states-2015.csv", "stranded_data.csv", "ons_mortality.csv", "qicharts2_gtt.csv"])
def test_other_public_files_open_with_all_their_rows(data, name):
    found = open_table(data / name, name)
    assert sum(len(block.rows) for block in found.blocks()) == len(raw(data / name))
    assert {len(row) for row in found.rows()} == {len(found.header)}
