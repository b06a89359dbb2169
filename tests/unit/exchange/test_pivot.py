"""Long files made wide, without losing or inventing a value."""

from dataclasses import replace

from pytest import mark

from qitracker.exchange.mapping import PeriodColumns, Pivot, RowFilter
from qitracker.exchange.pivot import pivoted, split_name
from qitracker.spc.analysis import State
from tests.unit.exchange.tables import FALLS, read, reasons, table

PIVOT = Pivot(
    keys=("unit", "year"),
    names="name",
    values="score",
    endings={"_NUM": "observed", "_PRED": "expected", "_LAST_NUM": "value"},
    table={"special": ("other", "observed")},
)
LONG = """unit,year,name,score
A,2025,HAI_1_NUM,4
A,2025,HAI_1_SIR,2.4
A,2025,HAI_1_PRED,1.5
B,2025,HAI_1_PRED,Not Available
A,2025,HAI_2_NUM,0
A,2025,special,7
A,2025,HAI_2_NUM,9
"""


@mark.parametrize(
    ("name", "split"),
    [
        ("HAI_1_NUM", ("HAI_1", "observed")),
        ("hai_1_num", ("hai_1", "observed")),
        ("HAI_1_LAST_NUM", ("HAI_1", "value")),
        ("special", ("other", "observed")),
        ("HAI_1_SIR", None),
        ("_NUM", None),
        ("", None),
    ],
)
def test_a_name_is_looked_up_whole_or_split_at_its_longest_ending(name, split):
    assert split_name(name, PIVOT) == split


def test_values_of_one_key_and_measure_stand_side_by_side():
    found = pivoted(table(LONG), PIVOT)
    assert found.table.header == ("unit", "year", "measure", "observed", "expected", "value")
    assert list(found.table.rows()) == [
        ["A", "2025", "HAI_1", "4", "1.5", ""],
        ["B", "2025", "HAI_1", "", "Not Available", ""],
        ["A", "2025", "HAI_2", "0", "", ""],
        ["A", "2025", "other", "7", "", ""],
    ]
    assert found.table.numbers == (2, 5, 6, 7)
    assert found.ignored == 1


def test_a_second_value_for_the_same_place_is_refused_and_the_first_stays():
    (refused,) = pivoted(table(LONG), PIVOT).refused
    assert refused.row == 8
    assert reasons(refused) == [("score", "Row 6 already gives this value. Keep one of the two.")]


def test_results_come_out_of_a_long_file_with_what_is_missing_marked():
    mapping = replace(
        FALLS,
        fixed_measure="",
        measure="measure",
        measure_codes={"HAI_1": "clabsi"},
        period=PeriodColumns(start="year", frequency="year"),
        numerator="[observed]",
        denominator="[expected]",
        filters=(RowFilter("unit", ("B",)),),
        pivot=replace(PIVOT, endings={"_NUM": "observed", "_PRED": "expected"}),
    )
    block = read(table(LONG), mapping)
    assert [(one.row, one.measure, one.state, one.numerator, one.denominator) for one in block.ready] == [
        (2, "clabsi", State.VALUE, 4, 1.5),
        (6, "HAI_2", State.MISSING, 0, None),
        (7, "other", State.MISSING, 7, None),
    ]
    assert (block.filtered, len(block.refused)) == (2, 1)


def test_ragged_rows_of_a_long_file_are_refused_too():
    (refused,) = pivoted(table("unit,year,name,score\nA,2025,HAI_1_NUM,4\nA,2025\n"), PIVOT).refused
    assert (refused.row, str(refused.reasons[0].words)) == (3, "The row has 2 cells, the header 4. Check it.")
