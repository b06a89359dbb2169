"""Rows into results: good input of every kind, and each bad input with a sentence beside what is wrong."""

from datetime import date

from pytest import mark

from qitracker.exchange.formats.table import Marks
from qitracker.exchange.mapping import PeriodColumns, RowFilter
from qitracker.measures.rules import Scoring
from qitracker.spc.analysis import State
from tests.unit.exchange.tables import judge, lines, read, reasons, table


def test_a_row_becomes_a_result():
    (result,) = read(table(lines(("A", "2026-01", 3, 40))), judge=judge()).ready
    assert result == (2, "A", "falls", "", date(2026, 1, 1), State.VALUE, 3, 40, None, "")


@mark.parametrize(
    ("row", "column", "words"),
    [
        (("A", "2026-01", 41, 40), "cases", "larger than"),
        (("A", "2026-01", 3, 0), "total", "3 over 0"),
        (("A", "2026-01", -3, 40), "cases", "below 0"),
        (("A", "2026-01", "three", 40), "cases", "“three” is not a number"),
        (("A", "2026-01", "1e400", 40), "cases", "too large"),
        (("A", "2026-01", "nan", 40), "cases", "not a number"),
        (("A", "2026-01", "3 of 5", 40), "cases", "not a number"),
        (("A", "2026-01", "=1+2", 40), "cases", "not a number"),
        (("A", "2026-01", 2.5, 40), "cases", "not a whole number"),
        (("A", "2027-01", 3, 40), "month", "has not begun"),
        (("A", "29/02/2026", 3, 40), "month", "February 2026 has 28 days"),
        (("A", "31/04/2026", 3, 40), "month", "April has 30 days"),
        (("A", "2026-13", 3, 40), "month", "no month 13"),
        (("A", "soon", 3, 40), "month", "not a period"),
        (("A", "", 3, 40), "month", "is empty here"),
        (("", "2026-01", 3, 40), "unit", "is empty here"),
    ],
)
def test_bad_input_is_refused_beside_its_column_and_the_other_rows_go_through(row, column, words):
    block = read(table(lines(("A", "2025-01", 1, 40), row, ("B", "2025-01", 2, 40))), judge=judge())
    assert [result.unit for result in block.ready] == ["A", "B"]
    (refused,) = block.refused
    assert refused.row == 3
    assert refused.cells == tuple(map(str, row))
    assert reasons(refused)[0][0] == column
    assert words in reasons(refused)[0][1]


def test_29_february_of_a_leap_year_is_in_its_month():
    (result,) = read(table(lines(("A", "29/02/2024", 3, 40))), judge=judge()).ready
    assert result.start == date(2024, 2, 1)


def test_every_reason_of_a_row_is_told():
    (refused,) = read(table(lines(("", "soon", "x", "y"))), judge=judge()).refused
    assert [column for column, _ in reasons(refused)] == ["unit", "month", "cases", "total"]


@mark.parametrize(
    ("cells", "state", "numbers"),
    [
        (("Not Available", "Not Available"), State.MISSING, (None, None)),
        (("", ""), State.MISSING, (None, None)),
        (("-", "-"), State.MISSING, (None, None)),
        (("*", "40"), State.SUPPRESSED, (None, 40)),
        (("<5", "40"), State.SUPPRESSED, (None, 40)),
        (("*", "n/a"), State.SUPPRESSED, (None, None)),
        (("not applicable", "40"), State.NOT_APPLICABLE, (None, None)),
        (("0", "0"), State.NO_CASES, (0, 0)),
        (("", "0"), State.NO_CASES, (0, 0)),
        (("no cases", "no cases"), State.NO_CASES, (0, 0)),
        (("0", "40"), State.VALUE, (0, 40)),
    ],
)
def test_no_number_is_a_state_of_its_own_and_never_zero(cells, state, numbers):
    block = read(table(lines(("A", "2026-01", *cells))), judge=judge())
    (result,) = block.ready
    assert (result.state, (result.numerator, result.denominator)) == (state, numbers)


def test_a_file_may_have_its_own_words_for_no_number():
    found = table(lines(("A", "2026-01", "k.A.", 40)))
    assert len(read(found).refused) == 1
    assert read(found, words={"K.A.": State.MISSING}).ready[0].state is State.MISSING


def test_rows_without_any_amount_are_left_out_when_asked():
    block = read(table(lines(("A", "2026-01", "", ""), ("A", "2026-02", 1, 40))), skip_empty=True, judge=judge())
    assert (len(block.ready), block.empty) == (1, 1)


def test_the_second_of_two_rows_for_one_period_is_refused_and_names_the_first():
    block = read(table(lines(("A", "2026-01", 3, 40), ("B", "2026-01", 3, 40), ("A", "15/01/2026", 4, 40))))
    assert [result.row for result in block.ready] == [2, 3]
    assert reasons(block.refused[0]) == [("month", "Row 2 already gives this period. Keep one of the two.")]


def test_a_row_that_is_refused_does_not_stand_in_the_way_of_its_correction():
    block = read(table(lines(("A", "2026-01", "x", 40), ("A", "2026-01", 4, 40))), judge=judge())
    assert [result.row for result in block.ready] == [3]


def test_a_double_is_found_across_blocks():
    rows = [("A", f"20{year}-{month:02d}", 1, 40) for year in range(10, 26) for month in range(1, 13)]
    block = read(table(lines(*rows, rows[0])), size=50)
    assert (len(block.ready), [refused.row for refused in block.refused]) == (len(rows), [len(rows) + 2])


def test_total_rows_and_rows_of_others_are_left_out_by_filters():
    text = "unit,month,cases,total,state\nA,2026-01,1,40,NY\nTOTAL,2026-01,9,90,NY\nB,2026-01,2,40,CA\n"
    keep = (RowFilter("unit", ("Total", "England")), RowFilter("state", ("NY",), keep=True))
    block = read(table(text), filters=keep)
    assert ([result.unit for result in block.ready], block.filtered) == (["A"], 2)


def test_ragged_rows_are_refused_and_blank_ones_passed_over():
    block = read(table(lines(("A", "2026-01", 3, 40), ("B", "2026-01"), (), ("C", "2026-01", 3, 40, "x"))))
    assert [result.unit for result in block.ready] == ["A"]
    assert [(refused.row, str(refused.reasons[0].words)) for refused in block.refused] == [
        (3, "The row has 2 cells, the header 4. Check it."),
        (5, "The row has 5 cells, the header 4. Check it."),
    ]
    assert block.blank == 1


def test_empty_cells_behind_the_last_column_do_no_harm():
    assert len(read(table(lines(("A", "2026-01", 3, 40, "", "")))).ready) == 1


def test_a_quote_that_is_never_closed_is_named_as_the_cause():
    block = read(table(lines(("A", "2026-01", 3, 40), ('"B', "2026-02", 3, 40), ("C", "2026-01", 3, 40))))
    assert "quote mark is opened" in str(block.refused[0].reasons[0].words)


def test_codes_keep_their_zeros_or_get_them_back():
    assert read(table(lines(("00123", "2026-01", 3, 40)))).ready[0].unit == "00123"
    assert read(table(lines(("123", "2026-01", 3, 40))), unit_width=6).ready[0].unit == "000123"
    assert (
        read(table(lines(("123", "2026-01", 3, 40))), unit_width=6, unit_codes={"000123": "icu"}).ready[0].unit == "icu"
    )


def test_a_german_file_with_semicolons_points_and_commas_is_read_as_it_was_meant():
    text = "unit;month;cases;total\nA;01.02.2026;1.234;12.345,5\nB;01.03.2026;900;1.000,25\n"
    block = read(table(text), judge=judge(Scoring.RATIO))
    assert [(one.start, one.numerator, one.denominator) for one in block.ready] == [
        (date(2026, 2, 1), 1234, 12345.5),
        (date(2026, 3, 1), 900, 1000.25),
    ]


def test_the_person_decides_how_an_open_column_is_read():
    text = "unit;month;cases;total\nA;2026-01;1.234;5000\n"
    assert read(table(text), judge=judge(Scoring.RATIO)).ready[0].numerator == 1234
    marks = {"cases": Marks(".", "")}
    assert read(table(text), marks=marks, judge=judge(Scoring.RATIO)).ready[0].numerator == 1.234


def test_strata_are_joined_and_a_fixed_one_stands_before():
    text = "unit,month,cases,total,type,shift\nA,2026-01,3,40,1,night\nA,2026-01,3,40,1,\n"
    block = read(table(text), strata=("type", "shift"), fixed_stratum="adults")
    assert [result.stratum for result in block.ready] == ["adults / 1 / night", "adults / 1"]


@mark.parametrize(
    ("columns", "cells", "period", "start"),
    [
        ("year,part", "2026,3", PeriodColumns(year="year", part="part"), date(2026, 3, 1)),
        ("year,part", "2026,March", PeriodColumns(year="year", part="part"), date(2026, 3, 1)),
        ("year,part", "2026,Q2", PeriodColumns(year="year", part="part", frequency="quarter"), date(2026, 4, 1)),
        ("year,part", "2026,12", PeriodColumns(year="year", part="part", frequency="week"), date(2026, 3, 16)),
        ("year,part", "2026,x", PeriodColumns(year="year", frequency="year"), date(2026, 1, 1)),
        ("from,to", "01/01/2025,12/31/2025", PeriodColumns("from", "to", frequency="year"), date(2025, 1, 1)),
        ("from,to", "x,x", PeriodColumns(fixed="Q1 2026", frequency="quarter"), date(2026, 1, 1)),
    ],
)
def test_the_period_may_stand_in_one_column_in_two_or_in_none(columns, cells, period, start):
    found = table(f"unit,cases,total,{columns}\nA,3,40,{cells}\n")
    assert [result.start for result in read(found, period=period).ready] == [start]


@mark.parametrize(
    ("cells", "words"),
    [
        ("2025-03-01,2025-02-01", "lies before the first"),
        ("2025-01-01,2025-12-31", "more than one period (January 2025)"),
    ],
)
def test_first_and_last_day_must_make_one_period(cells, words):
    found = table(f"unit,cases,total,from,to\nA,3,40,{cells}\n")
    (refused,) = read(found, period=PeriodColumns("from", "to")).refused
    assert reasons(refused)[0][0] == "to"
    assert words in reasons(refused)[0][1]


@mark.parametrize(
    ("scoring", "cells", "pair", "n"),
    [
        (Scoring.MEAN, (12.5, 4), (50, 4), 4),
        (Scoring.MEAN, (-2.5, 4), (-10, 4), 4),
        (Scoring.MEDIAN, (12.5, 4), (12.5, 1), 4),
        (Scoring.COUNT, (12, ""), (12, 1), None),
    ],
)
def test_a_figure_alone_becomes_the_pair_its_scoring_wants(scoring, cells, pair, n):
    found = table(lines(("A", "2026-01", *cells)))
    block = read(found, numerator="", denominator="", value="[cases]", n="[total]", judge=judge(scoring))
    assert [(one.numerator, one.denominator, one.n) for one in block.ready] == [(*pair, n)]


def test_a_proportion_cannot_come_from_one_figure():
    found = table(lines(("A", "2026-01", 88, 40)))
    (refused,) = read(found, numerator="", denominator="", value="[cases]", judge=judge()).refused
    assert reasons(refused) == [("cases", "This measure needs a numerator and a denominator, not one value. Map both.")]


def test_a_measure_nobody_adopted_is_refused_by_name():
    (refused,) = read(table(lines(("A", "2026-01", 3, 40))), fixed_measure="trips", judge=judge()).refused
    assert "no measure “trips”" in str(refused.reasons[0].words)


def test_a_comment_goes_along_whatever_it_holds_and_one_too_long_is_refused():
    text = "unit,month,cases,total,note\nA,2026-01,3,40,<script>alert(1)</script>\nB,2026-01,3,40," + "x" * 2001
    block = read(table(text), comment="note", judge=judge())
    assert block.ready[0].comment == "<script>alert(1)</script>"
    assert reasons(block.refused[0]) == [("note", "The comment is longer than 2,000 characters. Shorten it.")]
