"""The pages of benchmarks as a person uses them: look, add, correct, take away."""

import re
from datetime import date

import pytest

from qitracker.foundation.periods import shift_period
from tests.builders.measures import a_benchmark, a_measure, a_target
from tests.builders.results import a_series
from tests.web.browsing import heading, send, words

FIGURE = {
    "kind": "target",
    "statistic": "mean",
    "value": "92",
    "source": "Board plan 2026",
    "effective_from": "2026-01-01",
    "place": "",
}


@pytest.fixture
def ward(build):
    return build.unit("Ward 1")


@pytest.fixture
def measured(build, ward):
    return a_measure(build, build.organisation(), [ward])


@pytest.fixture
def officer(build, ward):
    return build.signed_in(build.person("quality_officer"))


PATH = "/measures/pain-assessed/benchmarks"


def test_without_a_figure_the_page_says_what_one_is_for(officer, measured):
    page = officer.get(PATH)
    assert heading(page) == "Pain assessed has nothing to be compared with yet."
    assert "Add a figure" in words(page)


def test_a_target_is_added_and_named_in_the_sentence(officer, measured):
    assert send(officer, PATH + "/new", **FIGURE).status_code == 303
    page = officer.get(PATH)
    assert heading(page) == "Pain assessed: the target is 92.0 % now."
    assert "Board plan 2026" in words(page)


def test_a_target_that_moves_is_typed_as_lines(officer, measured):
    fields = {**FIGURE, "value": "", "trajectory": "2026-01 70\n2026-04-01 75.5\n\n2099-01 90"}
    assert send(officer, PATH + "/new", **fields).status_code == 303
    page = words(officer.get(PATH))
    assert "from 1 Jan 2026: 70.0" in page and "from 1 Jan 2099: 90.0" in page
    assert heading(officer.get(PATH)) == "Pain assessed: the target is 75.5 % now."


def test_a_figure_is_shown_with_the_decimals_it_was_given_in(build, officer, ward):
    measured = a_measure(build, build.organisation(), [ward], decimals=0)
    a_series(build, ward, measured, [(80, 100)] * 15, first=date(2025, 1, 1))
    assert send(officer, PATH + "/new", **{**FIGURE, "value": "78.5"}).status_code == 303
    page = officer.get(PATH)
    assert heading(page) == "Pain assessed: the target is 78.5 % now."
    assert "79" not in words(page)
    chart = officer.get(f"/measures/{measured.slug}/units/ward-1")
    assert "Target 78.5" in words(chart) and "target 78.5" in chart.text
    assert "79" not in words(chart)


def test_the_first_target_holds_for_all_results_and_a_new_one_from_the_next_period(officer, measured):
    start = re.search(r'name="effective_from"[^>]*value="([^"]*)"', officer.get(PATH + "/new").text)
    assert start and start[1] == measured.versions[0].effective_from.isoformat()
    assert send(officer, PATH + "/new", **FIGURE).status_code == 303
    start = re.search(r'name="effective_from"[^>]*value="([^"]*)"', officer.get(PATH + "/new").text)
    today = date.today()
    assert start and date.fromisoformat(start[1]) == shift_period(today.replace(day=1), "month", 1)


def test_a_national_average_names_its_population_and_period(officer, measured):
    answer = send(officer, PATH + "/new", **{**FIGURE, "kind": "national_mean"})
    assert answer.status_code == 422
    assert "Say whom it was measured on." in words(answer) and "Say from when they are." in words(answer)


def test_percentiles_are_typed_as_lines(officer, measured):
    fields = {**FIGURE, "kind": "percentile", "statistic": "percentiles", "value": "", "percentiles": "10 60\n50th 78"}
    assert send(officer, PATH + "/new", **fields).status_code == 303
    assert "percentile 50: 78.0" in words(officer.get(PATH))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source": ""}, "A benchmark cannot be saved without its source."),
        ({"effective_from": ""}, "A benchmark cannot be saved without its date."),
        ({"kind": ""}, "Choose whose figure it is."),
        ({"value": ""}, "A benchmark needs a value, percentiles, or values by date."),
        ({"value": "ninety"}, "“ninety” is not a number."),
        ({"value": "1e400"}, "is too large"),
        ({"value": "nan"}, "“nan” is not a number."),
        ({"value": "120"}, "120 is above 100, which this measure cannot be."),
        ({"value": "-1"}, "−1 is below 0, which this measure cannot be."),
        ({"value": "", "trajectory": "soon 90"}, "Line 1: “soon” is no day or month."),
        ({"value": "", "trajectory": "2026-02-30 90"}, "Line 1: “2026-02-30” is no day or month."),
        ({"value": "", "trajectory": "2026-04 90\n2026-01 80"}, "The dates must rise, each only once."),
        ({"value": "", "trajectory": "2026-04"}, "Line 1: two things belong on a line"),
        ({"kind": "percentile", "value": "", "percentiles": "120 5"}, "Percentiles go from 1 to 99."),
        ({"kind": "percentile", "value": "", "percentiles": "10 5\n10 6"}, "Line 2: this percentile is there twice."),
        ({"effective_to": "2025-01-01"}, "It ends before it begins."),
        ({"source_url": "javascript:alert(1)"}, "A link begins with https://."),
        ({"source": "s" * 10_000}, "This has 10,000 characters. Use at most 600."),
        ({"place": "999"}, "This is not one of the choices."),
        ({"published": "yesterday"}, "There is no such day."),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_the_rest_is_kept(officer, measured, changes, said):
    answer = send(officer, PATH + "/new", **{**FIGURE, "population": "Kept as typed", **changes})
    assert answer.status_code == 422
    assert said in words(answer)
    assert "Kept as typed" in answer.text
    assert heading(officer.get(PATH)) == "Pain assessed has nothing to be compared with yet."


def test_a_figure_is_corrected_and_an_old_page_does_not_overwrite_it(build, officer, measured):
    benchmark_id = a_benchmark(build, measured, a_target(80.0))
    path = f"{PATH}/{benchmark_id}"
    assert 'value="80"' in officer.get(path).text
    assert send(officer, path, **FIGURE, seen="1").status_code == 303
    assert send(officer, path, **{**FIGURE, "value": "50"}, seen="1").status_code == 409
    assert heading(officer.get(PATH)) == "Pain assessed: the target is 92.0 % now."


def test_a_figure_is_taken_away_once(build, officer, measured):
    benchmark_id = a_benchmark(build, measured, a_target())
    away = f"{PATH}/{benchmark_id}/take-away"
    assert send(officer, away, seen_on=PATH, seen="1").status_code == 303
    assert heading(officer.get(PATH)) == "Pain assessed has nothing to be compared with yet."
    assert send(officer, away, seen_on=PATH + "/new", seen="1").status_code == 404


def test_an_expired_figure_is_flagged(build, officer, measured):
    a_benchmark(build, measured, a_target(effective_to=date(2026, 1, 31)))
    page = officer.get(PATH)
    assert "Expired" in words(page)
    assert heading(page) == "Pain assessed: no figure to compare with holds now."


def test_an_officer_of_a_ward_is_offered_that_ward_alone(build, measured, ward):
    build.unit("Ward 2")
    mine = build.signed_in(build.person("quality_officer", ward))
    page = mine.get(PATH + "/new")
    assert "Ward 1" in words(page)
    assert "All units that use the measure" not in words(page) and "Ward 2" not in words(page)
    assert send(mine, PATH + "/new", **{**FIGURE, "place": str(ward.id)}).status_code == 303
    assert send(mine, PATH + "/new", **FIGURE).status_code == 422


def test_a_script_in_a_figure_is_shown_as_text_and_its_link_leads_nowhere_odd(officer, measured):
    script = "<script>alert(1)</script>"
    texts = {"population": script, "data_period": script, "licence": script, "source": script, "kind": "peer"}
    assert send(officer, PATH + "/new", **{**FIGURE, **texts}).status_code == 303
    page = officer.get(PATH)
    assert "<script>alert" not in page.text and "&lt;script&gt;" in page.text
