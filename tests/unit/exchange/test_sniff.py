"""How a column writes numbers and dates, worked out from its cells and, where they leave it open, from the others."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import mark

from qitracker.exchange.cells import Numbers
from qitracker.exchange.formats.table import Marks
from qitracker.exchange.sniff import date_order, kind_of_column, sniff_columns


def guess(*cells, beside=(), delimiter=","):
    rows = [[cell, *(beside[at % len(beside)] for _ in beside[:1])] for at, cell in enumerate(cells)]
    return sniff_columns(["a", "b"][: len(rows[0])], rows, delimiter=delimiter)[0]


@mark.parametrize(
    ("cells", "decimal", "thousands"),
    [
        (("1.234,5", "2"), ",", "."),
        (("1,234.5", "2"), ".", ","),
        (("0,5", "12,25"), ",", ""),
        (("0.5", "12.25"), ".", ""),
        (("1,234,567", "1,234"), ".", ","),
        (("1.234.567", "12"), ",", "."),
        (("12 345,6", "1,5"), ",", " "),
        (("12\u202f345", "3"), ".", "\u202f"),
        (("12'345.60", "3"), ".", "'"),
        (("12", "3456"), ".", ""),
        (("12345", "1.234"), ".", ""),
    ],
)
def test_marks_are_found_where_the_cells_leave_no_doubt(cells, decimal, thousands):
    found = guess(*cells)
    assert (found.kind, found.marks.decimal, found.marks.thousands) == ("number", decimal, thousands)


@mark.parametrize(("beside", "thousands", "decimal"), [(("0,5",), ".", ","), (("0.5",), "", ".")])
def test_an_open_column_follows_the_others_and_asks(beside, thousands, decimal):
    found = guess("1.234", "2.345", beside=beside)
    assert (found.marks.decimal, found.marks.thousands) == (decimal, thousands)
    assert "1.234" in str(found.question)


def test_a_semicolon_file_suggests_decimal_commas():
    found = guess("1.234", "2.345", delimiter=";")
    assert (found.marks.decimal, found.marks.thousands) == (",", ".")
    assert found.question is not None


def test_a_column_that_mixes_both_marks_asks():
    assert "decimals with a point in some rows and a comma" in str(guess("0.5", "0,5").question)


def test_a_certain_column_asks_nothing():
    assert guess("1.234,5", "1.234").question is None


@mark.parametrize(
    ("cells", "kind"),
    [
        (("5", "*", "7", "Not Available", "9", "12"), "number"),
        (("A", "B", "5"), "text"),
        ((), "empty"),
        (("2026-01-01", "2026-02-01"), "date"),
        (("01/02/2026",), "date"),
    ],
)
def test_a_column_is_what_most_of_its_cells_are(cells, kind):
    assert kind_of_column(cells) == kind


@mark.parametrize(
    ("cells", "order"),
    [
        (("13/01/2026", "02/01/2026"), "dmy"),
        (("01/13/2026",), "mdy"),
        (("2026-01-13",), "ymd"),
        (("01/01/2026", "01/02/2026", "01/03/2026"), "dmy"),
        (("01/01/2026", "02/01/2026", "03/01/2026"), "mdy"),
        (("03/04/2026", "05/06/2026"), ""),
    ],
)
def test_the_order_of_day_and_month_is_found_or_left_open(cells, order):
    assert date_order(cells) == order


def test_an_open_date_column_follows_a_certain_one_and_asks():
    rows = [["01/01/2015", "12/31/2015"], ["01/01/2015", "12/31/2015"]]
    first, last = sniff_columns(["first", "last"], rows)
    assert (first.marks.date_order, last.marks.date_order) == ("mdy", "mdy")
    assert "01/01/2015" in str(first.question)
    assert last.question is None


MARKS = st.sampled_from([(".", ""), (",", ""), (".", ","), (",", "."), (".", " "), (",", "\u00a0"), (".", "'")])


def written(number: float, decimal: str, thousands: str) -> str:
    return f"{number:,.2f}".replace(",", "§").replace(".", decimal).replace("§", thousands)


@given(st.lists(st.decimals(-(10**9), 10**9, places=2).map(float), min_size=1, max_size=20), MARKS)
def test_numbers_written_with_any_marks_are_read_back(numbers, marks):
    cells = [written(number, *marks) for number in numbers]
    found = guess(*cells).marks
    read = Numbers("a", Marks(found.decimal, found.thousands)).read(cells)
    assert read.clean
    assert read.values == numbers


CODES = [
    ("ward", ("001", "002", "010"), "code"),
    ("Facility ID", ("450001", "450002"), "code"),
    ("org_code", ("RJ1", "RJ2"), "code"),
    ("OrgCode", ("1", "2"), "code"),
    ("paid", ("3", "4"), "number"),
    ("n", ("0", "10"), "number"),
    ("unit id", ("Ward one", "Ward two"), "text"),
    ("id", ("2026-01-01", "2026-02-01"), "date"),
]


@mark.parametrize(("name", "cells", "kind"), CODES)
def test_what_names_something_is_a_code_though_it_be_digits(name, cells, kind):
    (guess,) = sniff_columns([name], [[cell] for cell in cells])
    assert guess.kind == kind


def test_dates_that_begin_with_the_year_do_not_decide_how_others_are_read():
    rows = [["2026-01-01", "03/04/2026"], ["2026-02-01", "05/06/2026"]]
    first, second = sniff_columns(["from", "to"], rows)
    assert (first.marks.date_order, first.question) == ("ymd", None)
    assert second.marks.date_order == "dmy" and second.question is not None
