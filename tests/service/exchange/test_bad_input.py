"""Whatever a file holds: each wrong row gets its sentence, the rows beside it are kept, nothing breaks."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from qitracker.exchange.mapping import PeriodColumns, RowFilter
from qitracker.exchange.queries.batches import refused_rows, visible_batch
from qitracker.exchange.uploads import keep_file
from qitracker.foundation.db import store
from qitracker.foundation.errors import Invalid
from qitracker.foundation.permissions import Role
from qitracker.measures.commands import retire_measure
from qitracker.measures.rules import Frequency, Scoring
from qitracker.results.commands.periods import WorkPeriod, lock_period, submit_period
from qitracker.results.models import point
from qitracker.web.downloads.xlsx import write_xlsx
from tests.builders.imports import DAY, WARDS, a_file, imported, sent
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM

GOOD = "001,2026-01,41,50,"
WRONG = [
    ("001,2026-02,60,50,", "60 of 50: the count is larger than “out of”."),
    ("001,2026-02,3,0,", "3 over 0: “Out of” cannot be 0 here."),
    ("001,2026-02,-3,50,", "−3 is below 0", ),
    ("001,2026-02,many,50,", "“many” is not a number."),
    ("001,2026-02,1e400,50,", "too large to be a result"),
    ("001,2026-02,4.5,50,", "4.5 is not a whole number."),
    ("001,2026-01,42,50,", "Row 2 already gives this period."),
    ("001,2026-07,41,50,", "July 2026 has not begun."),
    ("001,2025-02-29,41,50,", "2025-02-29"),
    ("001,,41,50,", "“month” is empty here."),
    (",2026-02,41,50,", "“ward” is empty here."),
    ("1,2026-02,41,50,", "Unknown unit 1, or one you do not reach here."),
    ("001,2026-02,41,50,x,surplus", "The row has 6 cells, the header 5."),
    (f"001,2026-02,41,50,{'x' * 2001}", "The comment is longer than 2,000 characters."),
]  # fmt: skip


@pytest.fixture
def ward(build):
    return build.unit("Heart", code="001")


@pytest.fixture
def officer(build):
    return build.officer()


@pytest.fixture
def measured(build, ward):
    return a_measure(build, build.organisation(), [ward])


def outcome(build, officer, measured, content: bytes, **more):
    """Import a file and return its summary, with the first sentence of each refused row."""
    batch_id = sent(build, officer, content, unit=build.organisation(), measured=measured, **more)
    summary = imported(build, officer, batch_id)
    told = [str(row.reasons[0].words) for row in refused_rows(visible_batch(batch_id, by=officer))]
    return summary, told


def test_a_file_of_nothing_but_column_names_is_refused(build, officer, measured):
    with pytest.raises(Invalid, match="names columns and holds no row below them") as refused:
        sent(build, officer, a_file(), unit=build.organisation())
    assert set(refused.value.fields) == {"file"}


def test_rows_that_are_left_out_are_counted_by_kind(build, officer, measured):
    rows = (GOOD, GOOD, "001,2026-01,42,50,", "001,2026-02,60,50,", "009,2026-02,1,2,", "001,2026-07,4,5,")
    summary, _ = outcome(build, officer, measured, a_file(*rows))
    assert summary.kinds == {"twice": 2, "amount": 1, "unit": 1, "period": 1}
    assert (sum(summary.kinds.values()), summary.new, summary.measures[0].agrees) == (summary.refused, 1, False)
    again, _ = outcome(build, officer, measured, a_file("001,2026-01,42,50,"))
    assert (again.kinds, str(again.told_kinds()[0][1])) == ({"recorded": 1}, "recorded already with other numbers")


@pytest.mark.parametrize(("row", "words"), WRONG, ids=[words for _, words in WRONG])
def test_a_wrong_row_gets_its_sentence_and_the_row_beside_it_is_kept(row, words, build, officer, measured):
    summary, (told,) = outcome(build, officer, measured, a_file(GOOD, row))
    assert words.replace("−", "-") in told.replace("−", "-")
    assert (summary.new, summary.refused) == (1, 1)


@pytest.mark.parametrize(
    ("cell", "state"), [("Not Available", 1), ("-", 1), ("", 1), ("*", 2), ("<5", 2), ("not applicable", 3)]
)
def test_words_for_no_number_are_states_and_never_zero(cell, state, build, officer, measured):
    summary, told = outcome(build, officer, measured, a_file(f"001,2026-01,{cell},{cell},"))
    assert (summary.new, told) == (1, [])
    assert [tuple(row) for row in store.execute(select(point.c.state, point.c.numerator, point.c.denominator))] == [
        (state, None, None)
    ]


def test_0_of_0_is_no_cases(build, officer, measured):
    summary, _ = outcome(build, officer, measured, a_file("001,2026-01,0,0,"))
    assert summary.states == {"no_cases": 1}


def test_a_semicolon_file_with_decimal_commas_and_thousands_points_is_read_as_it_is_meant(build, officer, ward):
    days = a_measure(
        build, build.organisation(), [ward], title="Falls", scoring=Scoring.RATE, multiplier=1000, unit="", chart="u"
    )
    content = a_file("001;01.02.2026;12;1.234,5;", "001;01.03.2026;9;12.000,25;", head="ward;month;met;all;comment")
    outcome(build, officer, days, content)
    assert store.scalars(select(point.c.denominator).order_by(point.c.start)).all() == [1234.5, 12000.25]


def test_total_rows_are_left_out_by_a_filter_and_counted(build, officer, measured):
    mapping = replace(WARDS, filters=(RowFilter("ward", ("Total",)),))
    summary, told = outcome(build, officer, measured, a_file(GOOD, "Total,2026-01,410,500,"), mapping=mapping)
    assert (summary.new, summary.skipped, told) == (1, 1, [])


def test_a_sheet_of_200_columns_is_read(build, officer, measured):
    content = BytesIO()
    header = ("ward", "month", "met", "all", "comment", *(f"more {number}" for number in range(195)))
    write_xlsx(content, sheet="Results", header=header, rows=[("001", "2026-01", 41, 50, "", *range(195))])
    summary, told = outcome(build, officer, measured, content.getvalue(), filename="wide.xlsx")
    assert (summary.new, told) == (1, [])


def test_results_of_another_rhythm_are_refused_whole(build, officer, ward):
    by_quarter = a_measure(build, build.organisation(), [ward], frequency=Frequency.QUARTER)
    summary, told = outcome(build, officer, by_quarter, a_file("001,2026-01,41,50,"))
    assert summary.new == 0
    assert told == ["Pain assessed is recorded by quarter, this file is read by month. Choose how often it reports."]


def test_locked_periods_refuse_their_rows(build, officer, measured, ward):
    period = WorkPeriod(ward.id, "month", date(2026, 1, 1))
    submit_period(by=officer, period=period, seen=0, reason="None yet", today=DAY.today)
    lock_period(by=officer, period=period, seen=1, reason="Nobody else is there")
    summary, told = outcome(build, officer, measured, a_file(GOOD, "001,2026-02,41,50,"))
    assert (summary.new, summary.refused) == (1, 1)
    assert told == ["January 2026 is locked in Heart. Reopen it with a reason, then import it."]


def test_rows_before_a_unit_collects_are_refused_unless_it_may_begin_earlier(build, officer, measured):
    early = a_file("001,2025-11,41,50,")
    summary, told = outcome(build, officer, measured, early)
    assert told == ["Heart did not collect Pain assessed in November 2025 yet. Let it begin earlier."]
    summary, told = outcome(build, officer, measured, early, collections=True)
    assert (summary.new, told) == (1, [])


def test_a_retired_measure_takes_no_later_results(build, officer, measured):
    retire_measure(by=SYSTEM, measure_id=measured.id, reason="Replaced", row_version=1, today=date(2026, 2, 15))
    _, told = outcome(build, officer, measured, a_file("001,2026-03,41,50,"))
    assert told == ["Pain assessed was retired before March 2026."]


def test_somebody_who_may_not_define_cannot_let_units_begin(build, officer, measured):
    other = build.unit("Lung", code="002")
    build.person(Role.TEAM_MEMBER, other)
    here = build.officer(other)
    elsewhere = a_measure(build, build.organisation(), [build.unit("Own")], title="Elsewhere")
    batch_id = sent(build, here, a_file("002,2026-01,41,50,"), unit=other, measured=elsewhere)
    assert imported(build, here, batch_id).new == 0
    (row,) = refused_rows(visible_batch(batch_id, by=here))
    assert "Lung does not collect Elsewhere." in str(row.reasons[0].words)


def test_a_file_larger_than_the_limit_is_refused_and_leaves_nothing_behind(build, officer, ward, app):
    folder = app.extensions["settings"].instance
    with pytest.raises(Invalid, match="larger than 1 MB"):
        keep_file(folder, BytesIO(b"x" * (1 << 21)), "large.csv", most=1 << 20)
    assert list((folder / "uploads").iterdir()) == []


def test_a_period_of_29_february_is_a_day_in_leap_years_only(build, officer, ward):
    daily = a_measure(build, build.organisation(), [ward], frequency=Frequency.DAY, begins=date(2023, 1, 1))
    mapping = replace(WARDS, period=PeriodColumns(start="month", frequency="day"))
    rows = a_file("001,2024-02-29,41,50,", "001,2025-02-29,41,50,")
    summary, told = outcome(build, officer, daily, rows, mapping=mapping)
    assert (summary.new, len(told)) == (1, 1) and "2025-02-29" in told[0]
