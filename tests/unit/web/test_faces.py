"""The disc of a person: letters and colour come from the name alone."""

import pytest

from qitracker.web.faces import initials, tone


@pytest.mark.parametrize(
    ("name", "letters"), [("Ada Lovelace", "AL"), ("Ada", "A"), ("ana maría de souza", "AS"), ("", "?"), ("123", "?")]
)
def test_initials_are_first_and_last(name, letters):
    assert initials(name) == letters


def test_the_tone_of_a_name_is_always_the_same_and_one_of_five():
    names = ("Ada Lovelace", "Bo Lund", "Cy", "Maren Ashgrove", "Tobin Larkspur", "Ottilie Penhaligon", "")
    assert {tone(name) for name in names} <= set(range(1, 6))
    assert len({tone(name) for name in names}) > 2
    assert tone("Ada  Lovelace") == tone("ada lovelace")
