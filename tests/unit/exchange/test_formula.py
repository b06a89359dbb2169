"""Computed columns: what can be written, what comes out, and that nothing is ever executed."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import mark, raises

from qitracker.exchange.cells import Column, Reason
from qitracker.exchange.formula import column_formula, parse_formula
from qitracker.foundation.errors import Invalid
from qitracker.spc.analysis import State


def value(text, **cells):
    columns = {name: Column([cell], isinstance(cell, (int, float))) for name, cell in cells.items()}
    return parse_formula(text).evaluate(columns, 1).values[0]


@mark.parametrize(
    ("text", "result"),
    [
        ("[a] - [b]", 6),
        ("[a] − [b]", 6),
        ("[a]+[b]*2", 18),
        ("([a] + [b]) × 2", 28),
        ("[a] / [b]", 2.5),
        ("[a] - [b] - 1", 5),
        ("-[b] + [a]", 6),
        ("[a] · 0.1", 1.0),
        ("12", 12),
    ],
)
def test_a_formula_is_computed_as_on_paper(text, result):
    assert value(text, a=10, b=4) == result


def test_decimals_are_exact_as_written():
    assert value("[a] - [b]", a=10.1, b=0.1) == 10.0
    assert value("[a] + [b]", a=0.1, b=0.2) == 0.3
    assert value("[a] * 3", a=0.1) == 0.3


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1))
def test_a_column_computed_whole_equals_one_computed_cell_by_cell(pairs):
    whole = parse_formula("[a] - [b]").evaluate(
        {"a": Column([a for a, _ in pairs], True), "b": Column([b for _, b in pairs], True)}, len(pairs)
    )
    assert whole.values == [value("[a] - [b]", a=a, b=b) for a, b in pairs]


def test_what_is_suppressed_stays_suppressed_whatever_is_added():
    assert value("[a] + [b]", a=State.MISSING, b=State.SUPPRESSED) is State.SUPPRESSED
    assert value("[a] + [b]", a=5, b=State.MISSING) is State.MISSING


def test_a_cell_that_cannot_be_read_spoils_the_sum():
    broken = Reason("b", value)  # type: ignore[arg-type]
    assert value("[a] + [b]", a=5, b=broken) is broken


def test_division_by_zero_and_numbers_past_all_bounds_are_refused_in_their_row():
    assert "divides by 0" in str(value("[a] / [b]", a=5, b=0).words)
    assert "too large" in str(value("[a] * [a]", a=10**14).words)


def test_names_are_collected_once_and_may_hold_brackets():
    formula = parse_formula("[a]]b] + [c] + [c]")
    assert formula.names == ("a]b", "c")
    assert parse_formula(column_formula("x[1]")).names == ("x[1]",)


@mark.parametrize(
    ("text", "words"),
    [
        ("", "ends too early"),
        ("[a] +", "ends too early"),
        ("([a]", "never closed"),
        ("[a] [b]", "cannot be read at “b”"),
        ("__import__('os')", "cannot be read at"),
        ("[a", "cannot be read at"),
        ("(" * 40 + "1" + ")" * 40, "nested too deeply"),
        ("-" * 40 + "1", "nested too deeply"),
        ("1+" * 400 + "1", "too long"),
        ("[a] * " + "9" * 400, "more than 15 digits"),
    ],
)
def test_what_is_no_formula_is_refused_with_the_place(text, words):
    with raises(Invalid, match=words):
        parse_formula(text)
