"""Refused rows are told in a handful of kinds, the most frequent first."""

from qitracker.exchange.rules import read_blocks
from qitracker.exchange.why import WORDS, counted_kinds
from tests.unit.exchange.tables import FALLS, judge, lines, table


def kinds(text: str) -> dict[str, int]:
    """Return the kinds of the rows that reading this table refuses."""
    refused = [row for block in read_blocks(table(text), FALLS, judge=judge()) for row in block.refused]
    return counted_kinds((row.reasons[0] for row in refused), FALLS)


def test_each_row_is_counted_under_the_kind_of_its_first_reason():
    rows = (("A", "2026-01", 1, 40), ("A", "2026-01", 2, 40), ("A", "2026-01", 3, 40), ("B", "2026-01", "x", 40))
    others = (("C", "soon", 1, 40), ("", "2026-02", 1, 40), ("A", "2026-02"))
    assert kinds(lines(*rows, *others)) == {"twice": 2, "amount": 1, "period": 1, "unit": 1, "row": 1}


def test_a_number_that_cannot_be_true_is_of_the_kind_of_numbers():
    assert kinds(lines(("A", "2026-01", -1, 40))) == {"amount": 1}


def test_every_kind_has_its_words():
    assert all(str(words) for words in WORDS.values()) and len(set(map(str, WORDS.values()))) == len(WORDS)
