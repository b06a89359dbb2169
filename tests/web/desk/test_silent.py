"""Charts that have been silent for long: quiet on the board, gathered on one page, and ended from there."""

import re
from datetime import date

from pytest import fixture

from qitracker.foundation import clock
from qitracker.measures.queries import who_collects
from tests.builders.measures import a_measure
from tests.builders.results import a_series
from tests.web.browsing import heading, send, words
from tests.web.counting import statements
from tests.web.desk.reading import BEGINS, CALM, WORSE, first_of, titles

LONG_AGO = date(2016, 4, 1)  # twenty-eight months from here end in July 2018


@fixture
def north(build):
    return build.site("North")


@fixture
def wards(build, north):
    return [build.unit(name, below=north) for name in ("Ward", "Beside", "Third")]


@fixture
def old(build, wards):
    """Return a measure that the first ward goes on with and the other two left in July 2018."""
    measured = a_measure(build, build.organisation(), wards, begins=BEGINS, title="Waits")
    a_series(build, wards[0], measured, CALM, first=first_of(CALM))
    for ward in wards[1:]:
        a_series(build, ward, measured, WORSE, first=LONG_AGO)
    return measured


def test_the_board_says_quietly_when_the_last_result_was(build, old):
    officer = build.signed_in(build.person("quality_officer"))
    page = officer.get("/board?unit=beside")
    said = words(page).replace("\u00a0", " ")
    assert heading(page) == "No news: 1 chart has had no result for long."
    assert "Last result July 2018, not current." in said
    assert "is-signal" not in page.text and "last period missing" not in said
    assert titles(officer.get("/board?unit=beside&show=silent")) == ["Waits"]
    assert titles(officer.get("/board?unit=beside&show=worse")) == []


def test_a_site_names_units_with_current_charts_and_gathers_the_others_in_one_line(build, old):
    page = build.signed_in(build.person("leader")).get("/board?unit=north")
    said = words(page)
    assert "there are 3 charts" in said and "2 more units have no current chart." in said
    assert 'href="/board?unit=ward"' in page.text and 'href="/board?unit=beside"' not in page.text


def test_the_silent_are_listed_by_measure_with_a_way_to_each_chart(build, old):
    page = build.signed_in(build.person("leader")).get("/board/silent")
    said = words(page)
    assert heading(page) == "2 charts have had no result since July 2018."
    assert "In 2 units nobody has recorded it since July 2018. 1 other unit goes on with it." in said
    assert 'href="/measures/waits/units/beside"' in page.text
    assert "End their collection" not in said


def test_an_officer_ends_them_all_at_once_and_the_results_stay(app, build, old, wards):
    officer = build.signed_in(build.person("quality_officer"))
    answer = send(officer, "/board/silent/waits", seen_on="/board/silent")
    assert (answer.status_code, answer.location) == (303, "/board/silent")
    page = officer.get("/board/silent")
    assert heading(page) == "Every chart is current." and "The results stay" in words(page)
    with app.app_context():
        ended = {one.unit_id: one.ends for one in who_collects(old.id)}
    assert ended[wards[0].id] is None
    assert all(ended[ward.id] < clock.today() for ward in wards[1:])
    assert "8 months in a row" in words(officer.get("/measures/waits/units/beside")).replace("\u00a0", " ")


def test_where_no_unit_goes_on_the_measure_is_to_be_retired(build, wards):
    measured = a_measure(build, build.organisation(), wards[:1], begins=BEGINS, title="Given up")
    a_series(build, wards[0], measured, CALM, first=LONG_AGO)
    officer = build.signed_in(build.person("quality_officer"))
    page = officer.get("/board/silent")
    assert "No other unit collects it." in words(page) and f'href="/measures/{measured.slug}/retire"' in page.text


def test_another_branch_hears_nothing_of_them(build, old):
    south = build.unit("South ward", below=build.site("South"))
    nurse = build.signed_in(build.person("team_member", south))
    assert heading(nurse.get("/board/silent")) == "Every chart is current."
    assert heading(nurse.get("/board/find?unit=beside")) == "No unit is called “beside”."


def test_a_unit_is_found_by_a_part_of_its_name_and_markup_is_shown_as_typed(build, old):
    officer = build.signed_in(build.person("quality_officer"))
    assert officer.get("/board/find?unit=besi").location == "/board?unit=beside"
    assert officer.get("/board/find?unit=north").location == "/board?unit=north"  # though its wards stand below it
    page = officer.get("/board/find?unit=nort")
    assert heading(page) == "4 units are called “nort”."
    assert re.fullmatch(r"\d+ units\.", heading(officer.get("/board/find")))  # nothing typed: all of them
    assert "<b>" not in officer.get("/board/find?unit=<b>x").text.split("<h1")[1].split("</h1>")[0]


def test_both_pages_take_the_same_number_of_statements_whatever_they_show(app, build, old, north):
    officer = build.signed_in(build.person("quality_officer"))
    officer.get("/board/silent")
    pages = ("/board/silent", "/board/find?unit=e", "/board?unit=north", "/")
    few = [statements(app, lambda path=path: officer.get(path)) for path in pages]
    units = [build.unit(f"More {at}", below=north) for at in range(12)]
    more = a_measure(build, build.organisation(), units, begins=BEGINS, title="More waits")
    for unit in units:
        a_series(build, unit, more, WORSE, first=LONG_AGO)
    many = [statements(app, lambda path=path: officer.get(path)) for path in pages]
    print(f"statements of {pages}: {many}")
    assert few == many
    assert many[0] <= 9 and many[1] <= 7


def test_of_many_units_the_worst_come_first_fifty_a_page_and_a_field_finds_the_others(build, north):
    officer = build.signed_in(build.person("quality_officer"))
    assert 'id="find-unit"' not in officer.get("/board").text
    units = [build.unit(f"Unit {at:02}", below=north) for at in range(60)]
    measured = a_measure(build, build.organisation(), units, begins=BEGINS, title="Waits")
    for at, unit in enumerate(units):
        numbers = WORSE if at == 57 else CALM
        a_series(build, unit, measured, numbers, first=first_of(numbers))
    first, second = officer.get("/board?unit=north"), officer.get("/board?unit=north&page=2")
    listed = [re.findall(r'<p class="t"><a href="/board\?unit=([\w-]+)"', page.text) for page in (first, second)]
    assert listed[0][0] == "unit-57" and [len(some) for some in listed] == [50, 10]
    assert len({*listed[0], *listed[1]}) == 60
    assert 'id="find-unit"' in first.text and '<select class="q-in q-in-s" id="unit"' not in first.text
    assert officer.get("/board/find?unit=unit+41").location == "/board?unit=unit-41"
    assert officer.get("/board/find?unit=unit&page=9999").status_code == 200
