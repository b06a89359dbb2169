"""From the chart of a measure in one unit to its chart in another."""

import re
from datetime import date

import pytest

from qitracker.measures.queries import strata_of
from tests.builders.measures import a_measure
from tests.builders.results import a_series, an_entry, recorded

FIRST = date(2026, 1, 1)
MONTHS = [(78, 100), (82, 100)]
MANY = 12


@pytest.fixture
def north(build):
    return build.site("North")


@pytest.fixture
def wards(build, north):
    return [build.unit(name, below=north) for name in ("Ash", "Birch", "Cedar")]


@pytest.fixture
def measured(build, wards):
    found = a_measure(build, build.organisation(), wards, begins=FIRST)
    for ward in wards[:2]:
        a_series(build, ward, found, MONTHS, first=FIRST)
    noise = a_measure(build, build.organisation(), wards, begins=FIRST, title="Other")
    a_series(build, wards[2], noise, MONTHS, first=FIRST)
    return found


@pytest.fixture
def officer(build):
    return build.signed_in(build.person("quality_officer"))


def path(measured, unit: str) -> str:
    return f"/measures/{measured.slug}/units/{unit}"


def offered(page) -> list[str]:
    form = re.search(r'<form[^>]*action="[^"]*/another".*?</form>', page.text, re.S)
    if not form:
        return []
    return re.findall(r'<option value="([^"]+)"', form[0]) or re.findall(r'name="unit" value="([^"]+)"', form[0])


def test_units_with_results_and_those_above_them_are_offered_in_the_order_of_the_tree(build, officer, measured):
    page = officer.get(path(measured, "birch"))
    assert offered(page) == ["alder-health", "north", "ash", "birch"]
    assert '<option value="birch" selected>' in page.text


def test_only_units_in_reach_are_offered_and_no_list_where_there_is_no_other(build, wards, measured):
    nurse = build.signed_in(build.person("team_member", wards[0]))
    assert offered(nurse.get(path(measured, "ash"))) == []
    assert nurse.get(f"{path(measured, 'ash')}/another?unit=birch").status_code == 404


def test_a_unit_whose_first_result_comes_is_offered_at_once(build, wards, officer, measured):
    assert "cedar" not in offered(officer.get(path(measured, "ash")))
    assert "ash" in offered(officer.get(path(measured, "cedar")))
    recorded(build, wards[2], measured, an_entry())
    assert "cedar" in offered(officer.get(path(measured, "ash")))


def test_the_unit_that_is_chosen_is_shown_and_no_other_words_are_taken_for_one(officer, measured):
    there = officer.get(f"{path(measured, 'ash')}/another?unit=birch")
    assert (there.status_code, there.location) == (303, path(measured, "birch"))
    assert officer.get(f"{path(measured, 'ash')}/another").location == path(measured, "ash")
    for strange in ("nowhere", "//elsewhere.example"):
        assert officer.get(f"{path(measured, 'ash')}/another?unit={strange}").status_code == 404


def test_of_many_units_one_is_chosen_from_a_list_that_can_be_searched(build, north, officer):
    wards = [build.unit(f"Ward {number:02}", below=north) for number in range(MANY)]
    found = a_measure(build, build.organisation(), wards, begins=FIRST, title="Many")
    for ward in wards:
        a_series(build, ward, found, MONTHS, first=FIRST)
    page = officer.get(path(found, "ward-03"))
    assert len(offered(page)) == MANY + 2
    assert 'data-behaviour="pick"' in page.text and 'value="ward-03" checked' in page.text


def test_whoever_looks_at_a_part_goes_to_the_same_part_and_only_where_it_is_recorded(build, wards, officer):
    found = a_measure(build, build.organisation(), wards, begins=FIRST, title="Parts", strata=("Day", "Night"))
    day, night = parts(build, found)
    for ward in wards[:2]:
        a_series(build, ward, found, MONTHS, first=FIRST, stratum_id=day.id)
    a_series(build, wards[2], found, MONTHS, first=FIRST, stratum_id=night.id)
    page = officer.get(f"{path(found, 'ash')}?stratum={day.code}")
    assert {"ash", "birch"} <= set(offered(page)) and "cedar" not in offered(page)
    there = officer.get(f"{path(found, 'ash')}/another?unit=birch&stratum={day.code}")
    assert there.location == f"{path(found, 'birch')}?stratum={day.code}"
    assert "cedar" in offered(officer.get(path(found, "ash")))


def parts(build, measured):
    with build._inside():
        return strata_of(measured.id)
