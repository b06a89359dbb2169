"""Blocks from a spreadsheet: split, read by their own marks, laid from the focus on, and never beyond the sheet."""

from pytest import mark, raises

from qitracker.foundation.errors import Invalid
from qitracker.results.pasted import Laid, Spot, laid_out, marks_of, split_block
from qitracker.results.typed import Marks

ENGLISH = Marks(".", ",")
BOTH = ("numerator", "denominator")


def spots(rows: int, columns: int = 2, first: int = 0) -> list[list[Spot]]:
    return [[Spot(row, at // 2, BOTH[at % 2]) for at in range(first, first + columns)] for row in range(rows)]


@mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_end_as_each_system_ends_them_and_empty_rows_at_the_end_are_dropped(end):
    assert split_block(f"41\t50{end}42\t51{end}{end}\t{end}") == [["41", "50"], ["42", "51"]]


def test_a_cell_with_a_break_in_it_stays_one_cell():
    assert split_block('"41\nof"\t50\n42\t51') == [["41\nof", "50"], ["42", "51"]]


def test_a_lone_quote_does_not_swallow_the_block():
    assert len(split_block('5"\t50\n42\t51')) == 2


@mark.parametrize("text", ["", "  \n\t\n", "\t" * 30_000])
def test_nothing_and_far_too_much_are_refused_with_a_sentence(text):
    with raises(Invalid):
        split_block(text)


def test_decimal_commas_and_thousands_points_are_found_in_the_block_itself():
    assert marks_of([["1.204,5", "2.180"], ["3,25", "900"]], ENGLISH) == Marks(",", ".")
    assert marks_of([["1,204.5", "2,180"]], ENGLISH) == Marks(".", ",")
    assert marks_of([["1 204,5", "2 180"]], ENGLISH) == Marks(",", " ")


def test_what_a_block_leaves_open_is_read_as_the_reader_writes():
    assert marks_of([["41", "50"]], ENGLISH) == ENGLISH
    assert marks_of([["41", "50"]], Marks(",", ".")) == Marks(",", ".")


def test_a_block_fills_pairs_from_the_focus_on():
    assert laid_out([["41", "50"], ["42", "51"]], spots(3)) == [Laid(0, 0, "41", "50"), Laid(1, 0, "42", "51")]


def test_one_column_changes_one_number_of_each_pair():
    assert laid_out([["50"], ["51"]], spots(2, 1, first=1)) == [Laid(0, 0, None, "50"), Laid(1, 0, None, "51")]


def test_four_columns_cover_two_periods():
    assert laid_out([["1", "2", "3", "4"]], spots(1, 4)) == [Laid(0, 0, "1", "2"), Laid(0, 1, "3", "4")]


def test_an_empty_cell_of_a_block_changes_nothing():
    assert laid_out([["41", ""], ["", ""]], spots(2)) == [Laid(0, 0, "41", None)]


@mark.parametrize("block", [[["1", "2"]] * 4, [["1", "2", "3"]]])
def test_a_block_that_does_not_fit_is_refused_before_anything_is_taken(block):
    with raises(Invalid):
        laid_out(block, spots(3))
