"""What a file holds, counted exactly while it is read."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from qitracker.exchange.preview import Preview, exact_sum
from qitracker.exchange.rules import read_blocks
from qitracker.spc.analysis import State
from tests.unit.exchange.tables import FALLS, judge, lines, table


def preview(text, mapping=FALLS):
    seen = Preview()
    for block in read_blocks(table(text), mapping, judge=judge(), size=2):
        seen.add(block)
    return seen


def test_counts_sums_and_bounds_are_those_of_the_file():
    seen = preview(
        lines(("A", "2026-03", 3, 40), ("B", "2026-01", 5, 60), ("A", "2026-02", "*", 10), (), ("C", "2026-01", 9, 8))
    )
    assert (seen.rows, seen.ready, seen.refused, seen.skipped) == (5, 3, 1, 1)
    assert (seen.first, seen.last) == (date(2026, 1, 1), date(2026, 3, 1))
    assert (seen.totals["falls"].numerator, seen.totals["falls"].denominator) == (8, 110)
    assert seen.states == {State.VALUE: 2, State.SUPPRESSED: 1}


def test_sums_are_exact_as_written():
    assert exact_sum([0.1] * 10) == 1
    assert exact_sum([1e15, 0.1, None, -1e15]) == Decimal("0.1")


@given(st.lists(st.decimals(-(10**9), 10**9, places=3)))
def test_the_sum_of_a_column_is_that_of_its_texts(numbers):
    assert exact_sum([float(number) for number in numbers]) == sum(numbers, Decimal(0))
