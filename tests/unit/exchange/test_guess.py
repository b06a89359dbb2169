"""A first mapping that a person only has to look over."""

from pytest import mark

from qitracker.exchange.guess import Known, suggest_mapping
from qitracker.exchange.mapping import PeriodColumns, RowFilter, check_mapping
from tests.unit.exchange.tables import table


def test_the_usual_names_are_found():
    found = suggest_mapping(table("Ward,Month,Numerator,Denominator,Comments\nA,2026-01,1,2,x\nB,2026-02,1,2,\n"))
    assert (found.unit, found.numerator, found.denominator, found.comment) == (
        "Ward",
        "[Numerator]",
        "[Denominator]",
        "Comments",
    )
    assert found.period == PeriodColumns(start="Month")


def test_a_column_full_of_known_units_is_the_unit_whatever_it_is_called():
    found = suggest_mapping(table("hospital,key,month,n,days\nx,icu-1,2026-01,1,2\ny,icu-2,2026-01,1,2\n"), KNOWN)
    assert found.unit == "key"


KNOWN = Known(units=frozenset({"icu-1", "icu-2"}))


def test_total_rows_are_left_out_unless_they_are_a_unit():
    text = "unit,month,numerator,denominator\nA,2026-01,1,2\nTotal,2026-01,1,2\n"
    assert suggest_mapping(table(text)).filters == (RowFilter("unit", ("Total",)),)
    assert suggest_mapping(table(text), Known(units=frozenset({"Total", "A"}))).filters == ()


def test_zeros_lost_from_codes_are_offered_back():
    text = "Facility ID,month,observed,expected\n10001,2026-01,1,2\n140001,2026-01,1,2\n"
    assert suggest_mapping(table(text), Known(units=frozenset({"010001", "140001"}))).unit_width == 6
    assert suggest_mapping(table(text), Known(units=frozenset({"10001", "140001"}))).unit_width == 0


@mark.parametrize(
    ("header", "rows", "period"),
    [
        ("date", ("2026-01-05", "2026-01-12", "2026-01-19"), PeriodColumns("date", frequency="week")),
        ("date", ("2026-01-05", "2026-01-06", "2026-01-08"), PeriodColumns("date", frequency="day")),
        ("date", ("2026-01-01", "2026-04-01", "2026-07-01"), PeriodColumns("date", frequency="quarter")),
        ("period", ("Q1 2026", "Q2 2026"), PeriodColumns("period", frequency="quarter")),
        ("period", ("2025", "2026"), PeriodColumns("period", frequency="year")),
        ("year,month", ("2026,3", "2026,4"), PeriodColumns(year="year", part="month")),
        ("year", ("2025", "2026"), PeriodColumns("year", frequency="year")),
        (
            "Start Date,End Date",
            ("07/01/2024,06/30/2025", "07/01/2024,06/30/2025"),
            PeriodColumns("Start Date", "End Date", frequency="year", fiscal_start=7),
        ),
        ("Start Date,End Date", ("01/13/2025,01/13/2025",), PeriodColumns("Start Date", "End Date", frequency="day")),
    ],
)
def test_where_the_period_stands_and_how_long_it_is_is_seen(header, rows, period):
    text = f"unit,cases,days,{header}\n" + "".join(f"A,1,2,{row}\n" for row in rows)
    assert suggest_mapping(table(text)).period == period


def test_a_long_file_is_recognised_by_the_endings_of_its_names():
    text = (
        "Provider ID,Measure Name,Measure ID,Score,Start Date\n"
        "1,CLABSI: Observed Cases,HAI_1_NUMERATOR,4,2025-01-01\n"
        "1,CLABSI: Predicted Cases,HAI_1_ELIGCASES,2.5,2025-01-01\n"
    )
    found = suggest_mapping(table(text))
    assert found.pivot is not None
    assert (found.pivot.names, found.pivot.keys) == ("Measure ID", ("Provider ID", "Start Date"))
    assert (found.measure, found.numerator, found.denominator) == ("measure", "[observed]", "[expected]")
    check_mapping(found, table(text).header)


def test_a_file_that_says_nothing_gives_an_empty_mapping_and_no_error():
    found = suggest_mapping(table("a,b\nx,y\n"))
    assert (found.unit, found.numerator, found.pivot) == ("", "", None)


@mark.parametrize("name", ["Hospital Name", "name", "org_name"])
def test_the_name_of_a_unit_is_found_beside_its_code(name):
    found = suggest_mapping(table(f"org code,{name},month,cases,days\nRJ1,Alder,2026-01,1,2\nRJ2,Birch,2026-01,1,2\n"))
    assert (found.unit, found.unit_name) == ("org code", name)


def test_the_column_that_is_the_unit_is_not_its_name_too():
    found = suggest_mapping(table("name,month,n,days\nA,2026-01,1,2\n"), Known(units=frozenset({"A"})))
    assert (found.unit, found.unit_name) == ("name", "")
