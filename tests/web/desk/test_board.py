"""The board of a unit: what it says, what its filters keep, and whose numbers it never shows."""

from dataclasses import replace
from datetime import timedelta

from pytest import fixture, mark

from qitracker.measures.benchmark_rules import Benchmark, BenchmarkKind
from qitracker.spc.analysis import Direction, State
from tests.builders.measures import a_benchmark, a_measure, a_retired_measure, a_target
from tests.builders.results import a_series
from tests.web.browsing import heading, words
from tests.web.counting import statements
from tests.web.desk.reading import BEGINS, BETTER, CALM, LAST_MONTH, WORSE, first_of, titles

STATEMENTS = 16  # with the two that know the reader


@fixture
def north(build):
    return build.site("North")


@fixture
def ward(build, north):
    return build.unit("Ward", below=north)


@fixture
def measure(build, ward):
    """Define a measure of the ward, with its results ending last month."""

    def make(title, numbers=(), *, units=(), **changes):
        measured = a_measure(build, build.organisation(), [ward, *units], begins=BEGINS, title=title, **changes)
        if numbers:
            a_series(build, ward, measured, numbers, first=first_of(numbers))
        return measured

    return make


@fixture
def officer(build):
    return build.signed_in(build.person("quality_officer"))


def test_the_sentence_counts_what_is_worse_better_and_as_usual(measure, officer):
    measure("Hands", BETTER)
    measure("Pain", WORSE)
    measure("Skin", CALM)
    measure("Notes", CALM)
    page = officer.get("/board?unit=ward")
    assert heading(page) == "1 chart is worse than usual, 1 is better, and 2 vary as usual."
    assert titles(page) == ["Hands", "Pain", "Skin", "Notes"]
    assert "8 months in a row above the average of 83.4 %." in words(page).replace("\u00a0", " ")


@mark.parametrize(
    ("numbers", "sentence"),
    [
        ([CALM], "1 chart varies as usual."),
        ([CALM, CALM], "All 2 charts vary as usual."),
        ([BETTER], "1 chart is better than usual."),
        ([CALM[:3]], "It is too early to say: no chart has enough results yet."),
        ([], "Nothing is measured in Ward yet."),
    ],
)
def test_the_sentence_fits_what_there_is(measure, ward, officer, numbers, sentence):
    for at, series in enumerate(numbers):
        measure(f"Measure {at}", series)
    assert heading(officer.get("/board?unit=ward")) == sentence


def test_filters_are_links_with_counts_and_keep_their_rows(build, measure, officer):
    measure("Hands", BETTER)
    never = measure("Pain", WORSE)
    a_benchmark(build, never, replace(a_target(99.9), effective_from=BEGINS))
    measure("Empty")
    page = officer.get("/board?unit=ward")
    assert "All 3" in words(page) and "Target never met 1" in words(page)
    assert titles(officer.get("/board?unit=ward&show=worse")) == ["Pain"]
    assert titles(officer.get("/board?unit=ward&show=better")) == ["Hands"]
    assert titles(officer.get("/board?unit=ward&show=never")) == ["Pain"]
    assert titles(officer.get("/board?unit=ward&show=missing")) == ["Empty"]
    assert titles(officer.get("/board?unit=ward&show=nonsense")) == ["Hands", "Pain", "Empty"]
    assert "No measure of this kind here." in officer.get("/board?unit=ward&show=changed").text


def test_a_target_its_sign_and_a_peer_value_that_ran_out_stand_beside_the_value(build, measure, officer):
    falls = measure("Falls", CALM, direction=Direction.DOWN)
    a_benchmark(build, falls, replace(a_target(70), effective_from=BEGINS))
    ended = LAST_MONTH - timedelta(days=40)
    a_benchmark(build, falls, Benchmark(BenchmarkKind.PEER, "Network", BEGINS, value=81, effective_to=ended))
    page = officer.get("/board?unit=ward")
    said = words(page).replace("\u00a0", " ")
    assert "82.0 % n 100" in said and "≤ 70.0 %" in said
    assert "<s>81.0\u00a0%</s><small>expired</small>" in page.text


@mark.parametrize("state", [State.SUPPRESSED, State.MISSING, State.NO_CASES, State.NOT_APPLICABLE])
def test_a_state_is_named_and_never_a_zero(build, ward, measure, officer, state):
    numbers = [*CALM[:-1], state]
    a_series(build, ward, measure("Hands"), numbers, first=first_of(numbers))
    said = words(officer.get("/board?unit=ward"))
    named = {"suppressed": "hidden: few cases", "missing": "missing", "no_cases": "no cases"}
    assert named.get(state, "does not apply") in said
    assert " 0.0" not in said.replace("\u00a0", " ").split("In words")[1].split("No signal")[0]


def test_a_site_shows_its_sum_and_how_much_of_it_has_reported(build, north, ward, measure, officer):
    beside = build.unit("Beside", below=north)
    measured = measure("Hands", CALM, units=[beside])
    a_series(build, beside, measured, CALM[:-1], first=first_of(CALM))
    said = words(officer.get("/board?unit=north"))
    assert "1 of 2 units" in said and "Hands" in said


def test_what_does_not_add_up_is_named_under_the_site(build, ward, measure, officer):
    medians = measure("Waits", scoring="median", unit="minutes", multiplier=1, denominator="", chart="i")
    a_series(build, ward, medians, [(30, 1)] * 12, first=first_of(range(12)))
    page = officer.get("/board?unit=north")
    assert "look at each unit: Waits." in words(page)


def test_retired_measures_stand_on_no_board(build, ward, officer):
    a_retired_measure(build, build.organisation(), [ward], title="Given up")
    assert "Given up" not in officer.get("/board?unit=ward").text


def test_a_board_of_another_branch_is_not_there_and_the_chooser_does_not_name_it(build, ward, measure):
    measure("Hands", BETTER)
    south = build.unit("South ward", below=build.site("South"))
    nurse = build.signed_in(build.person("team_member", south))
    assert nurse.get("/board?unit=ward").status_code == 404
    assert nurse.get("/board?unit=north").status_code == 404
    page = nurse.get("/board")
    assert page.status_code == 200 and "South ward" in page.text and "Hands" not in page.text


def test_somebody_without_a_role_is_told_whom_to_ask(build):
    page = build.signed_in(build.person()).get("/board")
    assert page.status_code == 200 and "Ask an administrator" in words(page)


def test_markup_in_a_title_is_shown_as_it_was_typed(measure, officer):
    measure("<script>alert(1)</script>", BETTER)
    page = officer.get("/board?unit=ward")
    assert "<script>alert" not in page.text and "&lt;script&gt;alert" in page.text
    assert 'style="' not in page.text


def test_the_board_takes_the_same_number_of_statements_whatever_it_shows(app, measure, officer):
    measure("Hands", BETTER)
    officer.get("/board?unit=ward")
    few = statements(app, lambda: officer.get("/board?unit=ward"))
    for at in range(6):
        measure(f"Measure {at}", WORSE)
    many = statements(app, lambda: officer.get("/board?unit=ward"))
    above = statements(app, lambda: officer.get("/board?unit=north"))
    print(f"statements of the board: {many}")
    assert few == many == above <= STATEMENTS
