"""What somebody looks for: folded words, what fits how well, and the words around a hit."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qitracker.foundation.sought import LONGEST, MOST_WORDS, Piece, excerpt, folded, sought


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Résumé", "resume"),
        ("RESUME", "résumé"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("re\u0301sume\u0301", "résumé"),  # the accents as characters of their own
        ("so\u00adft", "soft"),
        ("İstanbul", "istanbul"),
        ("دَواء", "دواء"),
        ("ΛΌΓΟΣ", "λογος"),
    ],
)
def test_capitals_accents_and_marks_make_no_difference(written, typed):
    assert folded(written) == folded(typed)


def test_what_an_address_holds_is_tidied_and_never_longer_than_the_box():
    assert sought("  two\x00 \n words ").words == ("two", "words")
    assert len(sought("x" * 10_000).text) == LONGEST
    assert len(sought(" ".join(str(n) for n in range(200))).words) == MOST_WORDS
    assert sought("\u200b \u00ad").words == ()
    assert sought("same SAME Sáme").words == ("same",)


def test_the_title_weighs_more_than_what_stands_inside_and_every_word_must_be_somewhere():
    words = sought("falls harm")
    assert words.rank("Falls harm") == 0
    assert words.rank("Falls with harm") == 1
    assert words.rank("Harm by falls") == 2
    assert words.rank("Waterfalls, harmless") == 3
    assert words.rank("Falls", "with harm") == 4
    assert words.rank("Falls", "and pharmacy by charm") == 5
    assert words.rank("Falls", about="Harm unit") == 6
    assert words.rank("Falls") is None
    assert words.rank("Other", about="falls harm") is None  # its unit alone is no hit
    assert words.rank("Falls", about="Without charm") is None  # nor is the middle of a word of its unit


def test_the_words_around_a_hit_are_shown_and_the_hit_is_marked_as_written():
    text = "Begin " + "word " * 40 + "the Résumé of insulin " + "after " * 40
    pieces = excerpt(text, ("resume", "insulin"))
    assert [piece.text for piece in pieces if piece.hit] == ["Résumé", "insulin"]
    assert pieces[0] == Piece("… ") and pieces[-1] == Piece(" …")
    assert len("".join(piece.text for piece in pieces)) < 200


def test_a_hit_that_begins_a_word_is_shown_before_one_in_the_middle_of_another():
    pieces = excerpt("afterwards " + "and " * 60 + "the ward", ("ward",))
    assert "".join(piece.text for piece in pieces).endswith("the ward")


def test_a_title_is_shown_whole_and_hits_that_touch_are_one():
    assert excerpt("Straße", ("str", "ass"), around=None) == (Piece("Straß", hit=True), Piece("e"))
    assert excerpt("nothing", ("x",), around=None) == (Piece("nothing"),)


@given(some.text(max_size=300), some.text(max_size=300))
def test_any_text_can_be_sought_in_any_other(typed, text):
    words = sought(typed)
    assert len(words.text) <= LONGEST
    shown = "".join(piece.text for piece in excerpt(text, words.words, around=None))
    assert shown == " ".join(text.split())
    excerpt(text, words.words)
    words.rank(text, text, about=text)
