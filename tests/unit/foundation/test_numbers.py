"""Numbers as files and forms write them."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, mark, raises

from qitracker.foundation.errors import Invalid
from qitracker.foundation.numbers import LARGEST, parse_number


@mark.parametrize(
    ("text", "decimal", "thousands", "number"),
    [
        ("12", ".", None, 12),
        (" 12 ", ".", None, 12),
        ("007", ".", None, 7),
        ("-3.5", ".", None, -3.5),
        ("−3.5", ".", None, -3.5),
        ("+4", ".", None, 4),
        (".5", ".", None, 0.5),
        ("5.", ".", None, 5),
        ("1.5E+03", ".", None, 1500),
        ("1,234,567.5", ".", ",", 1234567.5),
        ("1.234,5", ",", ".", 1234.5),
        ("1'234.5", ".", "'", 1234.5),
        ("1 234", ".", " ", 1234),
        ("1\u00a0234,5", ",", None, 1234.5),
        ("1\u202f234", ".", None, 1234),
        ("1234", ".", ",", 1234),
    ],
)
def test_a_number_is_read_with_its_marks(text, decimal, thousands, number):
    assert parse_number(text, decimal, thousands) == number


@mark.parametrize(
    ("text", "words"),
    [
        ("", "Nothing is written here. Enter a number."),
        ("twelve", "“twelve” is not a number. Enter digits only, such as 12.5."),
        ("inf", "“inf” is not a number. Enter digits only, such as 12.5."),
        ("nan", "“nan” is not a number. Enter digits only, such as 12.5."),
        ("1_000", "“1_000” is not a number. Enter digits only, such as 12.5."),
        ("٣", "“٣” is not a number. Enter digits only, such as 12.5."),
        ("²", "“²” is not a number. Enter digits only, such as 12.5."),
        ("1O", "“1O” is not a number. Enter digits only, such as 12.5."),
        ("1 234", "“1 234” is not a number. Enter digits only, such as 12.5."),
        ("88 %", "88 %: enter the number without the % sign."),
        ("12,5", "12,5: the decimal mark here is “.”. Write the number with it."),
        ("1e400", "1e400 is too large to be a result. Check the number of digits."),
        ("-1e400", "-1e400 is too large to be a result. Check the number of digits."),
        ("<script>alert(1)</script>", "“<script>alert(1)</script>” is not a number. Enter digits only, such as 12.5."),
    ],
)
def test_what_is_no_number_gets_a_sentence(text, words):
    with raises(Invalid) as refusal:
        parse_number(text)
    assert str(refusal.value) == words


def test_groups_that_are_not_of_three_are_refused_not_guessed():
    for text in ("12,34", "1,2,3", "1234,567", ",123"):
        with raises(Invalid, match=r"groups of three|not a number"):
            parse_number(text, ".", ",")


@given(st.floats(-LARGEST, LARGEST, allow_nan=False))
def test_a_number_that_is_written_out_is_read_back(number):
    assert parse_number(f"{number:.6f}") == approx(number, abs=1e-6)
    assert parse_number(f"{number:,.2f}", ".", ",") == approx(number, abs=0.01)


@given(st.text(max_size=50))
def test_any_text_is_either_a_finite_number_or_a_refusal(text):
    try:
        assert abs(parse_number(text)) <= LARGEST
    except Invalid as refusal:
        assert str(refusal)
