"""What stands in a cell: a number, or one of the states that have none."""

from pytest import mark, raises

from qitracker.foundation.errors import Invalid
from qitracker.results.values import WORDS, parse_value
from qitracker.spc.analysis import State


@mark.parametrize("text", ["", "  ", "NA", "N/A", "Not Available", "not  available", "-", "–", ".", "#N/A", "NULL"])
def test_words_for_nothing_known_mean_missing_never_zero(text):
    assert parse_value(text) == (State.MISSING, None)


@mark.parametrize("text", ["*", "‡", "Suppressed", "<5", "< 10", "≤7", "fewer than 11"])
def test_marks_for_small_numbers_mean_suppressed(text):
    assert parse_value(text) == (State.SUPPRESSED, None)


def test_not_applicable_and_no_cases_are_states_of_their_own():
    assert parse_value("Not applicable") == (State.NOT_APPLICABLE, None)
    assert parse_value("no cases") == (State.NO_CASES, None)


def test_zero_is_a_number():
    assert parse_value("0") == (State.VALUE, 0.0)


def test_a_number_follows_the_marks_of_its_file():
    assert parse_value("1.234,5", ",", ".") == (State.VALUE, 1234.5)
    assert parse_value("-2,5", ",") == (State.VALUE, -2.5)


@mark.parametrize("text", ["1e400", "inf", "nan", "-inf", "abc", "1/2", "5<"])
def test_what_is_neither_word_nor_number_is_refused(text):
    with raises(Invalid):
        parse_value(text)


def test_a_file_may_bring_words_of_its_own():
    assert parse_value("k. A.", words={**WORDS, "k. a.": State.MISSING}) == (State.MISSING, None)
