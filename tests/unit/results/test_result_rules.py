"""Entries: what cannot be true is refused beside its field, what is unusual warns and is saved."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, mark, raises

from qitracker.foundation.errors import Invalid
from qitracker.measures.rules import Definition, Frequency, Interval, Scoring
from qitracker.results.rules import Entry, check_entry, displayed_value, entry_for, is_calculated, mean_entry
from qitracker.spc.analysis import Direction, State

TODAY = date(2026, 6, 3)
MAY = date(2026, 5, 1)
SHARE = Definition(
    "Hand hygiene",
    Scoring.PROPORTION,
    Direction.UP,
    "clean",
    denominator="all",
    unit="%",
    multiplier=100,
    decimals=0,
    plausible_low=60,
    plausible_high=100,
)
RATE = replace(
    SHARE, scoring=Scoring.RATE, multiplier=1000, unit="per 1,000 patient days", plausible_low=None,
    plausible_high=10, denominator_label="Patient days", decimals=1,
)  # fmt: skip
SIR = replace(
    RATE,
    scoring=Scoring.OBSERVED_EXPECTED,
    multiplier=1,
    unit="",
    interval=Interval.MID_P,
    denominator_label="Predicted",
)
STAY = replace(RATE, scoring=Scoring.MEAN, multiplier=1, unit="days", plausible_high=None)
WAIT = replace(STAY, scoring=Scoring.MEDIAN, denominator="", unit="minutes")
COUNT = replace(WAIT, scoring=Scoring.COUNT, unit="")
GAP = replace(WAIT, scoring=Scoring.TIME_BETWEEN, frequency=Frequency.EVENT)


def warnings(numerator, denominator=None, definition=SHARE, *, start=MAY, recent=(), n=None):
    entry = entry_for(definition, start, numerator=numerator, denominator=denominator, n=n)
    return [plain(words) for words in check_entry(entry, definition, today=TODAY, recent=recent)]


def faults(numerator, denominator=None, definition=SHARE, **more):
    return refused(
        entry_for(definition, more.pop("start", MAY), numerator=numerator, denominator=denominator, **more), definition
    )


def refused(entry, definition=SHARE):
    with raises(Invalid) as refusal:
        check_entry(entry, definition, today=TODAY)
    return {name: plain(words) for name, words in refusal.value.fields.items()}


def plain(words):
    return str(words).replace("\u00a0", " ")


def test_what_can_be_true_passes_in_silence():
    assert warnings(64, 71) == []
    assert warnings(7, 4218.5, RATE) == []
    assert warnings(12, 8.5, SIR) == []
    assert warnings(-4.5, 3, STAY) == []
    assert warnings(44.5, definition=WAIT, n=12) == []
    assert warnings(0, definition=COUNT) == []


def test_a_count_larger_than_its_whole_may_be_swapped():
    assert faults(71, 64) == {
        "numerator": "71 of 64: the count is larger than “out of”. Check both numbers; they may be swapped."
    }


@mark.parametrize(
    ("numbers", "definition", "field", "words"),
    [
        ((3, 0), SHARE, "denominator", "3 over 0: “Out of” cannot be 0 here. Check both numbers."),
        ((3, 0), RATE, "denominator", "3 over 0: “Patient days” cannot be 0 here. Check both numbers."),
        ((3, 0), SIR, "denominator", "“Predicted” must be above 0. Check the expected number."),
        ((-1, 5), SHARE, "numerator", "-1 is below 0. Enter 0 or more."),
        ((1, -5), RATE, "denominator", "-5 is below 0. Enter 0 or more."),
        ((-1,), COUNT, "numerator", "-1 is below 0. Enter 0 or more."),
        ((-2,), GAP, "numerator", "-2 is below 0. Enter 0 or more."),
        ((2.5, 5), SHARE, "numerator", "2.5 is not a whole number. Cases are counted in whole numbers."),
        ((2, 5.5), SHARE, "denominator", "5.5 is not a whole number. Cases are counted in whole numbers."),
        ((2.5, 500), RATE, "numerator", "2.5 is not a whole number. Cases are counted in whole numbers."),
        ((2.5,), COUNT, "numerator", "2.5 is not a whole number. Cases are counted in whole numbers."),
        ((None, 5), SHARE, "numerator", "“Count” is empty. Enter a number, or choose “Missing”."),
        ((5, None), RATE, "denominator", "“Patient days” is empty. Enter a number, or choose “Missing”."),
        ((1e16, 5), RATE, "numerator", "This number is too large to be a result. Check the number of digits."),
        (
            (float("1e400"), 5), SHARE, "numerator",
            "This is not a number that can be stored. Enter a number, or leave it empty.",
        ),
        (
            (5, float("nan")), SHARE, "denominator",
            "This is not a number that can be stored. Enter a number, or leave it empty.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_refused_beside_its_field(numbers, definition, field, words):
    assert faults(*numbers, definition=definition) == {field: words}


def test_the_future_is_refused_and_today_is_not_the_future():
    assert faults(4, 5, start=date(2026, 7, 1)) == {"period": "July 2026 has not begun. Choose a period that has."}
    assert warnings(12, definition=GAP, start=TODAY) == []


@mark.parametrize(
    ("frequency", "start", "words"),
    [
        (Frequency.MONTH, date(2026, 5, 2), "2 May 2026 is not the first day of a month. Choose the month again."),
        (
            Frequency.WEEK, date(2026, 5, 5),
            "5 May 2026 is not a Monday, and weeks begin on Monday. Choose the week again.",
        ),
        (
            Frequency.QUARTER, date(2026, 5, 1),
            "1 May 2026 is not the first day of a quarter. Choose the quarter again.",
        ),
        (
            Frequency.YEAR, date(2025, 4, 1),
            "1 Apr 2025 is not the first day of a year as it is set here. Choose the year again.",
        ),
    ],
)  # fmt: skip
def test_a_start_inside_a_period_is_refused(frequency, start, words):
    assert faults(4, 5, replace(SHARE, frequency=frequency), start=start) == {"period": words}


def test_a_fiscal_year_starts_where_it_is_set():
    entry = entry_for(SHARE, date(2025, 4, 1), numerator=8, denominator=10)
    assert check_entry(entry, replace(SHARE, frequency=Frequency.YEAR), today=TODAY, fiscal_start=4) == ()


def test_several_faults_are_told_at_once():
    entry = Entry(date(2026, 7, 1), State.VALUE, -1, 5.5, -2, "x" * 2001)
    assert set(refused(entry)) == {"period", "numerator", "denominator", "n", "comment"}


def test_nothing_entered_is_missing_and_0_of_0_is_no_cases():
    assert entry_for(SHARE, MAY, numerator=None).state is State.MISSING
    assert entry_for(SHARE, MAY, numerator=0, denominator=0) == Entry(MAY, State.NO_CASES, 0, 0)
    assert entry_for(COUNT, MAY, numerator=0) == Entry(MAY, State.VALUE, 0, 1)
    assert mean_entry(MAY, mean=4.5, n=0).state is State.NO_CASES


def test_states_without_a_value_pass_and_have_none():
    for state in (State.MISSING, State.SUPPRESSED, State.NOT_APPLICABLE, State.NO_CASES):
        entry = Entry(MAY, state)
        assert check_entry(entry, SHARE, today=TODAY) == ()
        assert displayed_value(entry, SHARE) is None


def test_a_suppressed_count_may_keep_its_denominator_but_not_both():
    check_entry(Entry(MAY, State.SUPPRESSED, None, 140), SHARE, today=TODAY)
    assert list(refused(Entry(MAY, State.SUPPRESSED, 3, 140))) == ["state"]


@mark.parametrize(
    "entry",
    [
        Entry(MAY, State.MISSING, 3, 5),
        Entry(MAY, State.NOT_APPLICABLE, None, 5),
        Entry(MAY, State.NO_CASES, 0, 5),
        Entry(MAY, State.NOT_CALCULATED, 1, 0.5),
        Entry(MAY, State.NOT_CALCULATED),
    ],
)
def test_a_state_that_contradicts_its_numbers_is_refused(entry):
    assert list(refused(entry)) == ["state"]


def test_0_of_0_entered_as_a_value_is_sent_to_no_cases():
    assert refused(Entry(MAY, State.VALUE, 0, 0)) == {"denominator": "0 of 0 has no value. Choose “No cases”."}


def test_a_value_outside_the_plausible_range_warns():
    assert warnings(17, 100) == ["17 % is outside 60 to 100 %. It is saved. Is a digit missing?"]
    assert warnings(44, 1000, RATE) == [
        "44.0 per 1,000 patient days is above 10 per 1,000 patient days. It is saved. Is a digit too many?"
    ]
    low = replace(STAY, plausible_low=1.5)
    assert warnings(3, 3, low) == ["1.0 days is below 1.5 days. It is saved. Is a digit missing?"]


def test_the_edges_of_the_plausible_range_do_not_warn():
    assert warnings(60, 100) == [] and warnings(100, 100) == []


def test_a_value_far_from_the_last_twelve_warns():
    history = [4.1, 4.3, None, 4.0, 4.4, 4.2, 4.6, 3.9, 4.1, 4.3, 4.2, 4.0]
    assert warnings(42, 1, STAY, recent=history) == [
        "42.0 days is far from the last 11 values, 3.9 to 4.6 days. It is saved. Is it right?"
    ]
    assert warnings(4.8, 1, STAY, recent=history) == []


def test_a_sum_typed_for_a_mean_is_asked_about_and_the_mean_is_offered():
    entry, usual = mean_entry(MAY, mean=1160, n=184), [6.1, 6.3, 6.2, 6.0, 6.4, 6.2]
    (said,) = check_entry(entry, STAY, today=date(2026, 7, 1), recent=usual)
    assert plain(said) == (
        "A mean of 1,160.0 days is unusual. It is saved. Is this the sum? 1,160 over 184 cases is a mean of 6.30: "
        "then enter 6.30."
    )
    (other,) = check_entry(mean_entry(MAY, mean=60, n=184), STAY, today=date(2026, 7, 1), recent=usual)
    assert "Is it right?" in plain(other)


def test_too_short_a_history_and_one_without_spread_say_nothing():
    assert warnings(42, 1, STAY, recent=[4.1, 4.3, 4.0, 4.4, 4.2]) == []
    assert warnings(1, definition=COUNT, recent=[0] * 12) == []


def test_a_period_that_still_runs_warns():
    assert warnings(64, 71, start=date(2026, 6, 1)) == [
        "This period ends on 30 Jun 2026. It is saved. Correct it if more cases come."
    ]


def test_no_infection_ratio_is_calculated_below_one_expected():
    small, enough = Entry(MAY, State.VALUE, 1, 0.998), Entry(MAY, State.VALUE, 1, 1.0)
    assert not is_calculated(small, SIR) and is_calculated(enough, SIR)
    assert is_calculated(small, replace(SIR, interval=Interval.BYAR))
    assert warnings(1, 0.998, SIR) == ["Fewer than 1 expected: the counts are saved, and no ratio is calculated."]


def test_a_value_is_shown_in_display_units():
    assert displayed_value(entry_for(RATE, MAY, numerator=7, denominator=4218), RATE) == approx(1.659554, abs=5e-7)
    assert displayed_value(mean_entry(MAY, mean=4.25, n=12), STAY) == approx(4.25)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_passes_exactly_when_its_count_is_not_larger(numerator, denominator):
    entry = entry_for(SHARE, MAY, numerator=numerator, denominator=denominator)
    try:
        check_entry(entry, SHARE, today=TODAY)
    except Invalid:
        assert numerator > denominator
    else:
        assert 0 <= displayed_value(entry, SHARE) <= 100
