"""Damaged files give a sentence or a table, and never anything else."""

from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import mark, raises

from qitracker.foundation.errors import Invalid
from tests.unit.exchange.tables import table
from tests.unit.exchange.test_workbooks import SMALL

TEXT = 'unit;month;cases\nÄ;2026-01;"1,5"\nB;01/02/2026;2\n'
WOUNDS = st.lists(st.tuples(st.integers(0), st.integers(0, 20), st.binary(max_size=4)), min_size=1, max_size=8)


def wounded(content: bytes, wounds) -> bytes:
    """Return the content with some pieces cut out and others put in."""
    for place, length, piece in wounds:
        at = place % (len(content) + 1)
        content = content[:at] + piece + content[at + length :]
    return content


def answer_to(content: bytes, name: str) -> str:
    """Return "read" for a table whose rows all have cells, else the sentence of the refusal; any other fault passes."""
    try:
        rows = list(table(content, name).rows())
    except Invalid as refusal:
        return str(refusal.words)
    return "read" if all(isinstance(row, list | tuple) for row in rows) else ""


@settings(max_examples=150, deadline=None)
@given(WOUNDS)
def test_a_damaged_workbook_is_refused_or_read(wounds):
    assert answer_to(wounded(SMALL, wounds), "results.xlsx")


@mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
@settings(max_examples=100, deadline=None)
@given(wounds=WOUNDS)
def test_a_damaged_text_is_refused_or_read(encoding, wounds):
    assert answer_to(wounded(TEXT.encode(encoding), wounds), "results.csv")


def test_a_workbook_whose_directory_points_before_its_start_is_refused():
    at = SMALL.rindex(b"PK\x05\x06") + 16
    with raises(Invalid, match="damaged"):
        table(SMALL[:at] + b"\xff\xff\xff\x7f" + SMALL[at + 4 :], "results.xlsx")
