"""Home: the first steps of a new installation, what changed and what waits, and a leader's sentences."""

import re
from datetime import date

from pytest import fixture

from tests.builders.actions import an_action
from tests.builders.measures import a_measure
from tests.builders.results import a_series
from tests.web.browsing import heading, words
from tests.web.counting import statements
from tests.web.desk.reading import BEGINS, BETTER, CALM, WORSE, first_of

STATEMENTS = 46  # 22 of them follow the threads in reach


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
    assert heading(page).startswith("1 chart is worse than usual, 1 is better, and 1 varies as usual.")
    assert re.findall(r'<p class="t"><a href="([^"]+)">(\w+)</a>', page.text)[:2] == [
        ("/measures/pain/units/ward", "Pain"),
        ("/measures/hands/units/ward", "Hands"),
    ]


def test_what_is_late_and_due_is_counted_and_leads_to_the_calendar(build, measure):
    measure("Hands", CALM)
    measure("Never entered")
    page = build.signed_in(build.person("quality_officer")).get("/")
    assert "results are late" in heading(page)
    assert 'href="/entry/due?unit=ward"' in page.text


def test_each_unit_with_late_results_has_its_count_and_its_own_sheet(build, measure, ward):
    beside = build.unit("Beside", below=build.site("South"))
    measure("Hands")
    measure("Skin", [*CALM, None, None], unit=beside)
    page = build.signed_in(build.person("quality_officer")).get("/")
    late = re.findall(
        r'href="/entry/due\?unit=(\w+)">(\w+)</a></p><p class="d">(\d+) results? (?:is|are) late', page.text
    )
    assert [one[:2] for one in late] == [("ward", "Ward"), ("beside", "Beside")]
    sheets = re.findall(r'href="(/entry\?unit=\w+&amp;frequency=month&amp;to=[\d-]+)"', page.text)
    assert len(sheets) == 2
    assert sum(int(one[2]) for one in late) == int(re.search(r"(\d+) results are late", heading(page))[1])


def test_of_many_units_with_late_results_five_are_named_and_the_rest_are_one_line(build, measure):
    south = build.site("South")
    measure("Hands", CALM)
    for at in range(8):
        measure(f"Measure {at}", unit=build.unit(f"Unit {at}", below=south))
    page = build.signed_in(build.person("quality_officer")).get("/")
    assert page.text.count('href="/entry?unit=') == 5
    assert "3 more units" in words(page) and "8 units" not in words(page)


def test_a_leader_reads_the_changes_as_sentences_and_is_asked_for_no_data(build, measure):
    measure("Pain", WORSE)
    measure("Never entered")
    page = build.signed_in(build.person("leader")).get("/")
    said = words(page).replace("\u00a0", " ")
    assert "Pain. Lower since" in said and "Worse than usual" in said and "66.0 %" in said
    assert "No chart shows a change for the better now." in said
    assert "Waiting for you" not in said and "Enter data" not in said
    assert page.text.count('class="q-spark"') == 1


def test_a_leader_sees_what_got_better_however_much_got_worse(build, measure):
    for at in range(6):
        measure(f"Pain {at}", WORSE)
    measure("Hands", BETTER)
    said = words(build.signed_in(build.person("leader")).get("/"))
    assert "Care has changed for the better 1 Better, higher Hands. Higher since" in said
    assert "3 more: see them unit by unit" in said


def test_a_leader_is_told_plainly_when_nothing_changed(build, measure):
    measure("Skin", CALM)
    page = build.signed_in(build.person("leader")).get("/")
    assert heading(page) == "1 chart varies as usual."
    assert "Nothing changed. No chart in your units shows a change for the better or the worse." in words(page)


def test_signals_of_years_ago_are_no_news_and_their_results_are_not_late(build, measure, ward):
    old = measure("Old pain")
    a_series(build, ward, old, WORSE, first=date(2016, 4, 1))
    measure("Skin", CALM)
    page = build.signed_in(build.person("quality_officer")).get("/")
    assert heading(page) == "Nothing changed: 1 chart varies as usual."
    assert "1 chart has had no result since July 2018. See which" in words(page)
    assert "Signals" not in words(page) and "Waiting for you 0" in words(page)


def test_a_series_that_only_lags_is_news_and_late(build, measure):
    measure("Pain", [*WORSE, None, None])
    page = build.signed_in(build.person("quality_officer")).get("/")
    assert heading(page).startswith("1 chart is worse than usual.") and "late" in heading(page)


def test_home_and_board_count_the_same_charts_alike(build, measure, ward):
    measure("Hands", BETTER)
    measure("Pain", WORSE)
    measure("Skin", CALM)
    measure("Young", CALM[:9])
    a_series(build, ward, measure("Old pain"), WORSE, first=date(2016, 4, 1))
    officer = build.signed_in(build.person("quality_officer"))
    said = "1 chart is worse than usual, 1 is better, and 1 varies as usual. 2 are too new or too old to call."
    assert heading(officer.get("/board?unit=ward")) == said and heading(officer.get("/")).startswith(said)
    assert "5 charts at a glance" in words(officer.get("/"))
    assert "All 5" in words(officer.get("/board?unit=ward"))
    assert f"there are 5 charts: {said}" in words(officer.get("/board?unit=north")).replace(" ,", ",").replace(
        " :", ":"
    )


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


def test_those_who_own_open_actions_find_them_at_home_the_most_overdue_first(build, ward):
    nurse = build.person("team_member", ward)
    an_action(build, ward, nurse.id, title="Label the bags", due=date(2098, 1, 5))
    an_action(build, ward, nurse.id, title="Lock the drawer", due=date(2020, 1, 5))
    an_action(build, ward, build.person("team_member", ward).id, title="Somebody else's")
    page = words(build.signed_in(nurse).get("/"))
    assert "Your actions" in page and "Somebody else" not in page
    assert page.index("Lock the drawer") < page.index("Label the bags")
    assert "Late Lock the drawer Ward, due 5 Jan 2020" in page
