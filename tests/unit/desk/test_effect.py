"""Did an action work? Only what the chart marks says so, and only after eight results that lie wholly after it."""

from datetime import date

from pytest import mark

from qitracker.desk.threads.effect import NEEDED, Verdict, effect_of
from qitracker.foundation.periods import shift_period
from qitracker.results.queries.followed import Mark
from qitracker.spc.analysis import Reading

FIRST = date(2025, 1, 1)
USUAL, BETTER, WORSE, CHANGED = Reading.USUAL, Reading.BETTER, Reading.WORSE, Reading.CHANGED


def marks(*readings, gaps=()) -> list[Mark]:
    """Return months in a row from January 2025; those in `gaps` hold no value."""
    return [
        Mark(shift_period(FIRST, "month", at), None if at in gaps else 50.0, reading)
        for at, reading in enumerate(readings)
    ]


def test_nothing_is_said_of_an_action_that_is_not_done():
    assert effect_of(marks(*[BETTER] * 20), None).verdict is Verdict.OPEN


def test_seven_results_after_it_are_too_early_however_good_they_look():
    effect = effect_of(marks(*[USUAL] * 6, *[BETTER] * 7), date(2025, 6, 20))
    assert (effect.verdict, effect.seen, effect.lacking, effect.is_said) == (Verdict.EARLY, 7, NEEDED - 7, False)


@mark.parametrize(
    ("reading", "verdict"),
    [(BETTER, Verdict.WORKED), (WORSE, Verdict.NOT), (CHANGED, Verdict.CHANGED), (USUAL, Verdict.NO_CHANGE)],
)
def test_eight_results_say_what_the_chart_marks_last(reading, verdict):
    effect = effect_of(marks(*[USUAL] * 6, *[reading] * 8), date(2025, 6, 20))
    assert (effect.verdict, effect.seen, effect.is_said) == (verdict, 8, True)


def test_the_month_in_which_it_was_done_and_months_without_a_value_do_not_count():
    readings = [*[USUAL] * 6, *[BETTER] * 9]
    assert effect_of(marks(*readings), date(2025, 7, 1)).seen == 8  # July began before it
    assert effect_of(marks(*readings, gaps=(8, 9)), date(2025, 7, 1)).verdict is Verdict.EARLY


def test_a_run_that_had_begun_before_the_action_is_no_effect_of_it():
    effect = effect_of(marks(*[USUAL] * 4, *[BETTER] * 10), date(2025, 6, 20))
    assert (effect.verdict, effect.since) == (Verdict.BEFORE, None)


def test_a_new_stretch_after_an_old_one_is_told_with_its_own_beginning():
    effect = effect_of(marks(*[USUAL] * 4, *[WORSE] * 4, *[BETTER] * 6), date(2025, 6, 20))
    assert (effect.verdict, effect.since) == (Verdict.WORKED, date(2025, 9, 1))


def test_what_got_better_and_then_worse_did_not_work():
    assert effect_of(marks(*[USUAL] * 6, *[BETTER] * 8, *[WORSE] * 8), date(2025, 6, 20)).verdict is Verdict.NOT
