"""The page of a measure that is recorded in parts: which part it shows when nobody asked for one."""

from datetime import date

from pytest import fixture

from qitracker.people.queries import unit_facts
from qitracker.results.queries.measure_page import measure_page, page_facts
from qitracker.results.queries.reported import View
from tests.builders.measures import a_measure, the_strata
from tests.builders.people import SYSTEM
from tests.builders.results import TODAY, a_series


@fixture(autouse=True)
def inside(app):
    with app.app_context():
        yield


@fixture
def ward(build):
    return build.unit("Ward")


def part_told(measured, ward, stratum=""):
    slug = unit_facts(ward.id).slug
    facts = page_facts(by=SYSTEM, place=ward, measure=measured.slug, unit=slug, today=TODAY, view=View(stratum=stratum))
    words = measure_page(facts).part_words
    return words and str(words)


def test_a_page_without_a_total_says_which_part_it_opened(build, ward):
    measured = a_measure(build, build.organisation(), [ward], begins=date(2023, 1, 1), strata=("Major", "Minor"))
    _, minor = the_strata(build, measured)
    assert part_told(measured, ward) is None
    a_series(build, ward, measured, [(1, 10)], stratum_id=minor.id)
    assert part_told(measured, ward) == "There is no total here; shown is Minor. Choose another part to see its chart."
    assert part_told(measured, ward, stratum=minor.code) is None
    a_series(build, ward, measured, [(2, 20)])
    assert part_told(measured, ward) is None
