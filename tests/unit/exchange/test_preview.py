"""What an import would do, counted exactly."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from qitracker.exchange.preview import KEPT_REFUSALS, Preview, exact_sum
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
    assert dict(seen.units) == {"A": 2, "B": 1}
    assert seen.new_units({"A"}) == ("B",)


def test_refusals_are_counted_by_reason_and_only_the_first_are_kept():
    many = [("A", "2026-01", "x", 40)] * (KEPT_REFUSALS + 50)
    seen = preview(lines(*many, ("", "2026-01", 1, 40)))
    assert seen.refused == KEPT_REFUSALS + 51
    assert sorted(seen.reasons.values()) == [1, KEPT_REFUSALS + 50]
    assert len(seen.refusals) == KEPT_REFUSALS


def test_a_command_adds_what_it_refuses_itself():
    seen = preview(lines(("A", "2026-01", "x", 40)))
    seen.refuse(list(seen.refusals))
    seen.note_unusual(3)
    assert (seen.refused, seen.unusual) == (2, 3)


def test_sums_are_exact_as_written():
    assert exact_sum([0.1] * 10) == 1
    assert exact_sum([1e15, 0.1, None, -1e15]) == Decimal("0.1")


@given(st.lists(st.decimals(-(10**9), 10**9, places=3)))
def test_the_sum_of_a_column_is_that_of_its_texts(numbers):
    assert exact_sum([float(number) for number in numbers]) == sum(numbers, Decimal(0))
