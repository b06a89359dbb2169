"""The quick road for flawless blocks and the slow one for the others come to the same results."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.exchange.convert import Converter
from qitracker.exchange.mapping import PeriodColumns
from qitracker.exchange.outcome import RowResult
from qitracker.exchange.preview import Preview
from qitracker.exchange.rules import read_blocks, read_results
from qitracker.measures.rules import Scoring
from tests.unit.exchange.tables import FALLS, judge, lines, table

AMOUNTS = st.one_of(
    st.integers(-2, 60).map(str),
    st.sampled_from(["", "*", "-", "x", "2.5", "0", "1e400", "n/a", "1_0", "٣", " 7 ", "007", "9" * 400]),
)
UNITS = st.sampled_from(["A", "B", "", "C"])
MONTHS = st.sampled_from(["2026-01", "2026-02", "2027-01", "2024-02-29", "30/02/2026", ""])
ROWS = st.lists(st.tuples(UNITS, MONTHS, AMOUNTS, AMOUNTS), min_size=1, max_size=40)
PLAIN = st.lists(
    st.tuples(
        st.sampled_from("ABCD"), st.dates(date(2020, 1, 1), date(2026, 10, 1)), st.integers(0, 9), st.integers(9, 99)
    ),
    min_size=1,
    max_size=60,
)


def outcome(rows, scoring, size, quick=True):
    found = table(lines(*rows), delimiter=",", header_row=1)
    mapping = replace(FALLS, period=PeriodColumns(start="month"))
    converter = Converter(found, mapping, judge(scoring))
    if not quick:
        converter._read_plain = lambda _given, _block: False
        converter._read_apart = lambda given, block: converter._rows.read(given, block)
    ready, refused = [], []
    for raw in found.blocks(size):
        block = converter.block(raw)
        ready += map(RowResult._make, block.ready)
        refused += block.refused
        assert block.rows == len(block.ready) + len(block.refused) + block.blank
    return ready, refused


@settings(max_examples=120, deadline=None)
@given(
    ROWS,
    st.sampled_from([Scoring.PROPORTION, Scoring.RATIO, Scoring.MEAN, Scoring.COUNT]),
    st.sampled_from([1, 7, 300]),
)
def test_any_rows_give_the_same_on_both_roads(rows, scoring, size):
    assert outcome(rows, scoring, size) == outcome(rows, scoring, size, quick=False)


@settings(max_examples=100, deadline=None)
@given(PLAIN)
def test_flawless_rows_give_the_same_on_both_roads(rows):
    assert outcome(rows, Scoring.PROPORTION, 10) == outcome(rows, Scoring.PROPORTION, 10, quick=False)


@settings(max_examples=50, deadline=None)
@given(ROWS)
def test_no_row_is_lost_between_reading_and_counting(rows):
    found = table(lines(*rows), delimiter=",", header_row=1)
    seen = Preview()
    for block in read_blocks(found, FALLS, judge=judge(), size=7):
        seen.add(block)
    assert seen.rows == len(rows) == seen.ready + seen.refused + seen.skipped
    assert len(list(read_results(found, FALLS, judge=judge()))) == seen.ready + seen.refused
