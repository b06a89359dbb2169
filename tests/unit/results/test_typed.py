"""What is typed in the sheet becomes an entry: numbers, states, and what is still incomplete."""

from datetime import date

from pytest import mark, raises

from qitracker.foundation.errors import Invalid
from qitracker.measures.rules import Definition, Scoring
from qitracker.results.rules import Entry, check_entry
from qitracker.results.typed import (
    Marks,
    Typed,
    as_it_stood,
    entry_of,
    in_cell,
    is_incomplete,
    number_text,
    readable,
    second_of,
    typed_numbers,
)
from qitracker.spc.analysis import Direction, State

PLAIN = Marks()
MAY, TODAY = date(2026, 5, 1), date(2026, 6, 15)


def definition(scoring: Scoring = Scoring.PROPORTION, **more) -> Definition:
    return Definition("Pain assessed", scoring, Direction.UP, "Assessed", denominator="All", multiplier=100, **more)


def typed(
    numerator: str = "", denominator: str = "", *, scoring=Scoring.PROPORTION, state=None, marks=PLAIN
) -> Entry | None:
    return entry_of(Typed(numerator, denominator, state), definition(scoring), MAY, marks)


def test_two_numbers_are_a_value():
    assert typed("41", "50") == Entry(MAY, State.VALUE, 41.0, 50.0)


def test_two_empty_cells_are_nothing_at_all():
    assert typed(" ", "") is None


@mark.parametrize(("numerator", "denominator"), [("41", ""), ("", "50")])
def test_one_of_two_numbers_is_kept_and_the_period_is_missing_not_zero(numerator, denominator):
    entry = typed(numerator, denominator)
    assert entry.state is State.MISSING and {entry.numerator, entry.denominator} in ({41.0, None}, {50.0, None})
    assert is_incomplete(entry, definition())
    assert check_entry(entry, definition(), today=TODAY) == ()


@mark.parametrize("numerator", ["-5", "2.5"])
def test_the_one_known_number_is_held_to_the_rules_too(numerator):
    with raises(Invalid) as refused:
        check_entry(typed(numerator, ""), definition(), today=TODAY)
    assert set(refused.value.fields) == {"numerator"}


@mark.parametrize(
    ("text", "state"),
    [("-", State.MISSING), ("missing", State.MISSING), ("*", State.SUPPRESSED), ("<5", State.SUPPRESSED),
     ("not applicable", State.NOT_APPLICABLE), ("No cases", State.NO_CASES)],
)  # fmt: skip
def test_words_and_marks_for_no_number_are_states_of_their_own(text, state):
    assert typed(text).state is state
    assert typed("", text).state is state


def test_a_suppressed_count_keeps_the_number_of_patients():
    assert typed("*", "142") == Entry(MAY, State.SUPPRESSED, None, 142.0)


def test_a_state_from_the_menu_stands_whatever_was_typed():
    assert typed("41", "50", state=State.NOT_APPLICABLE) == Entry(MAY, State.NOT_APPLICABLE)


def test_nothing_of_nothing_is_no_cases_and_nothing_of_some_is_zero():
    assert typed("0", "0").state is State.NO_CASES
    assert typed("0", "50") == Entry(MAY, State.VALUE, 0.0, 50.0)


def test_a_word_that_is_neither_number_nor_state_is_refused_beside_its_cell():
    with raises(Invalid) as refused:
        typed("41", "fifty")
    assert set(refused.value.fields) == {"denominator"}
    assert "fifty" in str(refused.value.fields["denominator"])


@mark.parametrize("text", ["1e400", "9" * 40, "inf", "nan", "12 34 5", "4,5,6"])
def test_what_cannot_be_stored_is_refused(text):
    with raises(Invalid):
        typed(text, "50")


def test_numbers_follow_the_marks_of_the_reader():
    assert typed("1,204", "2,180", marks=Marks(".", ",")) == Entry(MAY, State.VALUE, 1204.0, 2180.0)
    assert typed("1.204,0", "2.180", marks=Marks(",", ".")) == Entry(MAY, State.VALUE, 1204.0, 2180.0)


def test_a_mean_is_stored_as_sum_over_n_and_read_back_as_the_figure():
    entry = typed("4.5", "120", scoring=Scoring.MEAN)
    assert (entry.numerator, entry.denominator, entry.n) == (540.0, 120.0, 120)
    assert typed_numbers(entry, definition(Scoring.MEAN)) == (4.5, 120.0)


def test_a_mean_without_its_n_stays_the_figure_it_is():
    entry = typed("4.5", "", scoring=Scoring.MEAN)
    assert entry.state is State.MISSING and typed_numbers(entry, definition(Scoring.MEAN)) == (4.5, None)


def test_a_mean_of_half_a_patient_is_refused():
    with raises(Invalid) as refused:
        typed("4.5", "1.5", scoring=Scoring.MEAN)
    assert set(refused.value.fields) == {"denominator"}


def test_a_median_has_its_number_of_cases_in_the_second_cell_and_a_count_has_none():
    assert second_of(definition(Scoring.MEDIAN)) == "n" and second_of(definition(Scoring.COUNT)) == ""
    median = typed("31.5", "80", scoring=Scoring.MEDIAN)
    assert (median.numerator, median.denominator, median.n) == (31.5, 1.0, 80)
    assert typed_numbers(median, definition(Scoring.MEDIAN)) == (31.5, 80.0)
    with raises(Invalid):
        typed("3", "80", scoring=Scoring.COUNT)


@mark.parametrize("number", [0.1 + 0.2, 1e15, 41.0, 2.675, 0.0])
def test_a_number_that_is_shown_and_typed_again_is_the_same_number(number):
    assert float(number_text(number)) == float(f"{number:.15g}")
    assert number_text(2.5, ",") == "2,5"


def test_a_mean_is_shown_in_four_decimals_and_a_median_as_it_was_typed():
    assert readable(6.032417582417582, definition(Scoring.MEAN)) == 6.0324
    assert readable(6.032417582417582, definition(Scoring.MEDIAN)) == 6.032417582417582
    assert readable(None, definition(Scoring.MEAN)) is None


@mark.parametrize("text", ["6.0324", number_text(548.95 / 91)])
def test_a_mean_that_comes_back_untouched_is_the_one_that_stands(text):
    held, mean = Entry(MAY, State.VALUE, 548.95, 91.0, 91), definition(Scoring.MEAN)
    assert as_it_stood(typed(text, "91", scoring=Scoring.MEAN), held, mean) == held
    assert as_it_stood(typed(text, "92", scoring=Scoring.MEAN), held, mean).numerator == 548.95 / 91 * 92


def test_a_mean_that_was_edited_is_saved_as_it_was_typed():
    held, mean = Entry(MAY, State.VALUE, 548.95, 91.0, 91), definition(Scoring.MEAN)
    edited = typed("6.0325", "91", scoring=Scoring.MEAN)
    assert as_it_stood(edited, held, mean) == edited
    assert as_it_stood(typed("41", "91"), Entry(MAY, State.VALUE, 41.00001, 91.0), definition()) == typed("41", "91")


def test_a_refusal_names_a_cell_that_is_there():
    fields = in_cell(Invalid(fields={"n": "whole", "state": "contradiction", "period": "future"}))
    assert fields == {"denominator": "whole", "numerator": "contradiction", "period": "future"}
