"""Home: the first steps of a new installation, what changed and what waits, and a leader's sentences."""

import re

from pytest import fixture

from tests.builders.measures import a_measure
from tests.builders.results import a_series
from tests.web.browsing import heading, words
from tests.web.counting import statements
from tests.web.desk.reading import BEGINS, BETTER, CALM, WORSE, first_of

STATEMENTS = 22


@fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@fixture
def measure(build, ward):
    def make(title, numbers=(), *, unit=None):
        place = unit or ward
        measured = a_measure(build, build.organisation(), [place], begins=BEGINS, title=title)
        if numbers:
            a_series(build, place, measured, numbers, first=first_of(numbers))
        return measured

    return make


def steps(page) -> list[str]:
    """Return the state of each of the first steps."""
    return re.findall(r'role="img" aria-label="(done|now|to come)"', page.text)


def test_a_new_installation_shows_its_steps_as_far_as_they_are(build, measure, ward):
    person = build.person("quality_officer")
    officer = build.signed_in(person)
    page = officer.get("/")
    assert heading(page).startswith("Nothing here yet. Start with one measure")
    assert steps(page) == ["done", "now", "to come", "to come", "to come"]
    assert 'href="/measures/library"' in page.text
    measured = measure("Hands")
    page = officer.get("/")
    assert steps(page)[:3] == ["done", "done", "now"] and "1 measure is in use." in words(page)
    a_series(build, ward, measured, CALM[:5], first=first_of(CALM))
    assert "The longest series has 5 results." in words(officer.get("/"))


def test_a_second_person_is_a_step_done(build):
    officer = build.signed_in(build.person("quality_officer"))
    build.person("leader")
    assert steps(officer.get("/"))[4] == "done"


def test_signals_come_worse_first_and_lead_to_their_charts(build, measure):
    measure("Hands", BETTER)
    measure("Pain", WORSE)
    measure("Skin", CALM)
    page = build.signed_in(build.person("quality_officer")).get("/")
    assert heading(page).startswith("1 chart got worse, 1 got better, and 1 varies as usual.")
    assert re.findall(r'<p class="t"><a href="([^"]+)">(\w+)</a>', page.text)[:2] == [
        ("/measures/pain/units/ward", "Pain"),
        ("/measures/hands/units/ward", "Hands"),
    ]


def test_what_is_late_and_due_is_counted_and_leads_to_the_calendar(build, measure):
    measure("Hands", CALM)
    measure("Never entered")
    page = build.signed_in(build.person("quality_officer")).get("/")
    assert "results are late" in words(page)
    assert 'href="/entry/due"' in page.text


def test_a_leader_reads_the_changes_as_sentences_and_is_asked_for_no_data(build, measure):
    measure("Pain", WORSE)
    measure("Never entered")
    page = build.signed_in(build.person("leader")).get("/")
    said = words(page).replace("\u00a0", " ")
    assert "Pain. Lower since" in said and "What changed" in said and "66.0 %" in said
    assert "Waiting for you" not in said and "Enter data" not in said
    assert page.text.count('class="q-spark"') == 1


def test_a_member_of_one_ward_hears_nothing_of_another(build, measure, ward):
    south = build.unit("South ward", below=build.site("South"))
    measure("Pain", WORSE)
    measure("Skin", CALM, unit=south)
    page = build.signed_in(build.person("team_member", south)).get("/")
    assert "Pain" not in page.text
    assert heading(page).startswith("1 chart varies as usual.")


def test_somebody_without_a_role_has_a_home(build):
    page = build.signed_in(build.person()).get("/")
    assert page.status_code == 200 and heading(page) == "Nothing is recorded in your units yet."


def test_home_takes_the_same_number_of_statements_whatever_it_shows(app, build, measure):
    officer = build.signed_in(build.person("quality_officer"))
    measure("Hands", BETTER)
    officer.get("/")
    few = statements(app, lambda: officer.get("/"))
    for at in range(5):
        measure(f"Measure {at}", WORSE)
    many = statements(app, lambda: officer.get("/"))
    print(f"statements of home: {many}")
    assert few == many <= STATEMENTS
