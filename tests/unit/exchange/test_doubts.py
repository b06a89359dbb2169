"""A file that counts the opposite of its measure, or whose level is far from what is usual, is told in time."""

from dataclasses import replace
from decimal import Decimal

from pytest import mark

from qitracker.exchange.doubts import Known, counts_the_opposite, level_doubt, numerator_doubt, turned
from qitracker.exchange.mapping import Mapping
from qitracker.exchange.summary import Sums
from qitracker.measures.rules import Definition, Direction, Scoring

IN_TIME = Definition(
    title="ED: out within 4 hours", scoring=Scoring.PROPORTION, direction=Direction.UP, numerator="Left within 4 hours",
    unit="%", multiplier=100, plausible_low=40, plausible_high=100,
)  # fmt: skip
BREACHED = Mapping(numerator="[breaches]", denominator="[attendances]")


@mark.parametrize("name", ["breaches", "Late discharges", "n_failed", "missed doses", "not met"])
def test_a_name_of_failure_contradicts_a_measure_where_more_is_better(name):
    assert counts_the_opposite(name, IN_TIME)
    assert not counts_the_opposite(name, replace(IN_TIME, direction=Direction.DOWN))
    assert not counts_the_opposite(name, replace(IN_TIME, scoring=Scoring.COUNT))


def test_a_word_of_the_measure_itself_contradicts_nothing():
    assert not counts_the_opposite("missed doses", replace(IN_TIME, title="Missed doses that were reported"))
    assert not counts_the_opposite("discharges in time", IN_TIME)
    assert counts_the_opposite("discharged within a day", replace(IN_TIME, direction=Direction.DOWN, title="Stays",
                                                                   numerator="Stays beyond a day"))  # fmt: skip


def test_the_numerator_is_counted_from_the_other_end_where_all_cases_stand_beside_it_else_it_is_asked():
    assert turned(BREACHED, IN_TIME).numerator == "[attendances] - [breaches]"
    assert turned(replace(BREACHED, denominator=""), IN_TIME).numerator == ""
    assert turned(replace(BREACHED, numerator="[seen]"), IN_TIME).numerator == "[seen]"


def test_both_a_turned_numerator_and_one_that_should_be_are_told():
    assert str(numerator_doubt(turned(BREACHED, IN_TIME), IN_TIME)) == (
        "“breaches” counts the opposite of “ED: out within 4 hours”, so the numerator is [attendances] - [breaches]. "
        "Is that right?"
    )
    assert str(numerator_doubt(BREACHED, IN_TIME)) == (
        "“breaches” seems to count the opposite of “ED: out within 4 hours”. Count it from the other end, such as "
        "[attendances] - [breaches]."
    )
    assert numerator_doubt(replace(BREACHED, numerator="[seen]"), IN_TIME) is None
    assert numerator_doubt(replace(BREACHED, numerator="[breaches"), IN_TIME) is None


def level(numerator: int, known: Known, definition: Definition = IN_TIME) -> str:
    return str(level_doubt(Sums(9, Decimal(numerator), Decimal(1000)), definition, known) or "")


def test_a_level_on_the_other_side_of_the_target_asks_whether_the_count_is_turned():
    assert level(131, Known(target=95.0)) == (
        "All rows together give 13.1\u00a0% for “ED: out within 4 hours”, where 95.0\u00a0% would be expected; "
        "the other way round it is 86.9\u00a0%. Does the numerator count the opposite?"
    )
    assert level(869, Known(target=95.0)) == ""


def test_a_level_far_from_what_is_recorded_or_plausible_is_told():
    assert "recorded so far is 50.0" in level(950, Known(usual=50.0, target=95.0))
    assert level(800, Known(usual=50.0)) == ""
    assert "beyond what its definition takes for plausible" in level(131, Known())
    rate = replace(IN_TIME, scoring=Scoring.RATE, multiplier=1000, unit="", plausible_low=None, plausible_high=None)
    assert "recorded so far is 4.0" in level(14, Known(usual=4.0), rate)
    assert level(10, Known(usual=4.0), rate) == ""
    assert level(14, Known(), rate) == ""


def test_a_file_without_cases_has_no_level():
    assert level_doubt(Sums(), IN_TIME, Known(target=95.0)) is None
