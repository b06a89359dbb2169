"""Definitions: what they must hold, and which changes start a new version."""

from dataclasses import fields, replace

from pytest import mark, raises

from qitracker.foundation.errors import Invalid
from qitracker.measures import titles
from qitracker.measures.rules import (
    CHARTS,
    Aim,
    Area,
    Definition,
    Frequency,
    Interval,
    Kind,
    Scoring,
    changes_meaning,
    check_definition,
    default_chart,
    has_denominator,
    rolls_up,
)
from qitracker.spc.analysis import Direction, State

SHARE = Definition(
    title="Hand hygiene",
    scoring=Scoring.PROPORTION,
    direction=Direction.UP,
    numerator="Moments with clean hands",
    denominator="Moments observed",
    unit="%",
    multiplier=100,
    chart="p",
)
RATE = replace(SHARE, scoring=Scoring.RATE, multiplier=1000, chart="u", unit="per 1,000 days", strata=("A", "B"))
RATIO = replace(SHARE, scoring=Scoring.OBSERVED_EXPECTED, multiplier=1, chart="u", interval=Interval.MID_P)
BETWEEN = replace(
    SHARE, scoring=Scoring.TIME_BETWEEN, denominator="", multiplier=1, chart="run", frequency=Frequency.EVENT
)


def refused_fields(definition, **options):
    with raises(Invalid) as refusal:
        check_definition(definition, **options)
    return {name: str(words) for name, words in refusal.value.fields.items()}


@mark.parametrize("definition", [SHARE, RATE, RATIO, BETWEEN])
def test_a_whole_definition_passes(definition):
    check_definition(definition)


def test_each_fault_is_named_at_its_own_field():
    faults = refused_fields(
        replace(SHARE, title=" ", numerator="", denominator="", multiplier=1000, decimals=7, chart="c", due_days=-1)
    )
    assert set(faults) == {"title", "numerator", "denominator", "multiplier", "decimals", "chart", "due_days"}
    assert (
        faults["denominator"] == "This scoring needs a denominator. Say in words out of what, or for how much exposure."
    )
    assert faults["multiplier"] == "A share is shown as 0 to 1 or as percent. Choose 1 or 100."
    assert faults["chart"] == "This chart does not fit the scoring. Choose one of: p, i, run."


@mark.parametrize(
    ("definition", "field"),
    [
        (replace(RATE, multiplier=0), "multiplier"),
        (replace(RATE, multiplier=float("nan")), "multiplier"),
        (replace(RATE, interval=Interval.BYAR), "interval"),
        (replace(RATIO, interval=None), "interval"),
        (replace(SHARE, frequency=Frequency.EVENT), "frequency"),
        (replace(BETWEEN, frequency=Frequency.MONTH), "frequency"),
        (replace(BETWEEN, denominator="days"), "denominator"),
        (replace(BETWEEN, multiplier=10), "multiplier"),
        (replace(SHARE, plausible_low=90, plausible_high=10), "plausible_high"),
        (replace(SHARE, plausible_low=float("inf")), "plausible_low"),
        (replace(SHARE, strata=("A", "A ")), "strata"),
        (replace(SHARE, strata=("A", "")), "strata"),
        (replace(SHARE, chart="u"), "chart"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(definition, field):
    assert list(refused_fields(definition)) == [field]


def test_known_rule_sets_may_be_handed_in():
    check_definition(SHARE, rule_sets={"mdc"})
    assert list(refused_fields(replace(SHARE, rule_set="western"), rule_sets={"mdc"})) == ["rule_set"]


@mark.parametrize(
    ("name", "value"),
    [
        ("numerator", "Moments with clean and dry hands"),
        ("denominator", "Moments that called for it"),
        ("exclusions", "Emergencies"),
        ("sampling", "50 a month"),
        ("scoring", Scoring.RATIO),
        ("multiplier", 1),
        ("frequency", Frequency.WEEK),
        ("interval", Interval.BYAR),
        ("strata", ("Nurses",)),
    ],
)
def test_what_a_number_counts_starts_a_new_version(name, value):
    assert changes_meaning(SHARE, replace(SHARE, **{name: value})) >= {name}


MEANING = {
    *("numerator", "denominator", "exclusions", "sampling", "scoring", "multiplier", "frequency", "interval", "strata"),
    "unit",
}


@mark.parametrize("name", sorted({field.name for field in fields(Definition)} - MEANING))
def test_how_it_is_told_and_judged_starts_none(name):
    other = replace(
        RATE, title="?", direction=Direction.DOWN, kind=Kind.OUTCOME, numerator_label="?", denominator_label="?",
        rationale="?", source="?", references=("?",), aims=(Aim.SAFE,), area=Area.SAFETY, decimals=3, chart="i",
        rule_set="anhoej", plausible_low=1, plausible_high=2, codes={"mips": "1"}, due_days=3, version=2,
    )  # fmt: skip
    assert getattr(other, name) != getattr(RATE, name)
    assert changes_meaning(RATE, other) == frozenset()


def test_another_unit_is_another_meaning_only_where_the_figures_are_in_it():
    stay = replace(SHARE, scoring=Scoring.MEAN, unit="days")
    assert changes_meaning(stay, replace(stay, unit="hours")) == {"unit"}
    assert changes_meaning(SHARE, replace(SHARE, unit="percent")) == frozenset()


def test_spacing_and_the_order_of_strata_change_nothing():
    assert (
        changes_meaning(RATE, replace(RATE, numerator=" Moments  with clean\nhands", strata=("B", "A"))) == frozenset()
    )


def test_the_median_and_times_between_do_not_roll_up():
    assert {scoring for scoring in Scoring if not rolls_up(scoring)} == {
        *(Scoring.MEDIAN, Scoring.TIME_BETWEEN, Scoring.CASES_BETWEEN),
    }


def test_every_scoring_has_charts_and_starts_with_the_usual_one():
    assert [default_chart(scoring) for scoring in Scoring] == ["p", "u", "i", "u", "i", "i", "c", "run", "run"]
    assert all("run" in CHARTS[scoring] for scoring in Scoring)


def test_kinds_that_count_one_number_have_no_denominator():
    assert [scoring for scoring in Scoring if not has_denominator(scoring)] == [
        *(Scoring.MEDIAN, Scoring.COUNT, Scoring.TIME_BETWEEN, Scoring.CASES_BETWEEN),
    ]


@mark.parametrize(
    ("members", "names"),
    [
        (Kind, titles.KIND_TITLES),
        (Aim, titles.AIM_TITLES),
        (Area, titles.AREA_TITLES),
        (Scoring, titles.SCORING_TITLES),
        (Scoring, titles.SCORING_HINTS),
        (Direction, titles.DIRECTION_TITLES),
        (Frequency, titles.FREQUENCY_TITLES),
        (Interval, titles.INTERVAL_TITLES),
        (State, titles.STATE_TITLES),
    ],
)
def test_every_choice_has_a_name_of_its_own(members, names):
    assert set(names) == set(members)
    assert len({str(name) for name in names.values()}) == len(members)
