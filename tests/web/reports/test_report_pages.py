"""Pages of reports: choose, wait, read, delete; and who sees what."""

import re

from sqlalchemy import delete

from qitracker.foundation.db import atomic, store
from qitracker.foundation.permissions import Role
from qitracker.measures.queries import strata_of
from qitracker.people.models import GrantRow
from tests.builders.measures import a_measure
from tests.builders.reports import FIRST, a_report, a_reported_measure
from tests.builders.results import a_series


def ward(build):
    place = build.unit("Ward", below=build.site("North"))
    return place, a_reported_measure(build, build.organisation(), [place], title="Pain assessed in A&E")


def strata_in(build, measured):
    with build._inside():
        return strata_of(measured.id)


def token(page) -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]


def test_the_form_offers_the_measures_of_the_unit_and_ticks_the_one_that_was_meant(build):
    place, measured = ward(build)
    a_reported_measure(build, build.organisation(), [place], title="Falls")
    a_reported_measure(build, build.organisation(), [build.unit("Elsewhere")], title="Not here")
    browser = build.signed_in(build.person(Role.QUALITY_OFFICER, place))
    page = browser.get(f"/reports/new?unit=ward&measure={measured.slug}")
    assert "Not here" not in page.text
    ticked = re.findall(r"<input checked[^>]*type=\"checkbox\"[^>]*value=\"(\d+)\"", page.text)
    assert ticked == [str(measured.id)]


def test_a_sound_wish_leads_to_the_page_that_waits(build):
    place, measured = ward(build)
    browser = build.signed_in(build.person(Role.LEADER, place))
    form = browser.get("/reports/new?unit=ward")
    sent = {
        "csrf_token": token(form),
        "measures": [measured.id],
        "first": "2023-01-01",
        "last": "2025-12-31",
        "paper": "a4",
    }
    answer = browser.post("/reports/new?unit=ward", data=sent)
    assert answer.status_code == 303 and re.search(r"/jobs/\d+$", answer.location)
    assert "Making a report" in browser.get(answer.location).text


def test_a_wish_without_measures_or_with_turned_days_is_shown_again_with_what_is_wrong(build):
    place, _ = ward(build)
    browser = build.signed_in(build.person(Role.LEADER, place))
    form = browser.get("/reports/new?unit=ward")
    sent = {"csrf_token": token(form), "first": "2025-02-01", "last": "2025-01-01", "paper": "a4"}
    answer = browser.post("/reports/new?unit=ward", data=sent)
    assert answer.status_code == 422
    assert "Choose at least one measure." in answer.text
    assert "The last day lies before the first." in answer.text


def test_a_day_that_is_none_and_a_foreign_measure_are_refused_without_a_fault(build):
    place, _ = ward(build)
    browser = build.signed_in(build.person(Role.LEADER, place))
    form = browser.get("/reports/new?unit=ward")
    sent = {
        "csrf_token": token(form),
        "measures": ["99999", "x"],
        "first": "2025-02-30",
        "last": "",
        "paper": "<script>",
    }
    answer = browser.post("/reports/new?unit=ward", data=sent)
    assert answer.status_code == 422 and "<script>" not in answer.text.split("<main")[1]


def test_a_finished_report_is_sent_at_once_as_a_pdf_with_a_name(build):
    place, measured = ward(build)
    person = build.person(Role.QUALITY_OFFICER, place)
    report_id = a_report(build, person.actor, place, [measured])
    browser = build.signed_in(person)
    assert "MR-12" in browser.get("/reports").text
    page = browser.get(f"/reports/{report_id}")
    assert "Pain assessed in A&amp;E" in page.text and f"/reports/{report_id}/pdf" in page.text
    sent = browser.get(f"/reports/{report_id}/pdf")
    assert sent.mimetype == "application/pdf" and sent.data.startswith(b"%PDF")
    assert "private" in sent.headers["Cache-Control"]


def test_a_file_that_is_gone_is_said_and_no_fault(build, app):
    place, measured = ward(build)
    person = build.person(Role.QUALITY_OFFICER, place)
    report_id = a_report(build, person.actor, place, [measured])
    for file in (app.extensions["settings"].instance / "reports").glob("*.pdf"):
        file.unlink()
    browser = build.signed_in(person)
    assert browser.get(f"/reports/{report_id}/pdf").status_code == 404
    page = browser.get(f"/reports/{report_id}")
    assert "Make the report anew" in page.text and f"/reports/{report_id}/pdf" not in page.text


def test_people_of_another_branch_find_no_report_in_list_or_address(build):
    place, measured = ward(build)
    report_id = a_report(build, build.officer(place), place, [measured])
    browser = build.signed_in(build.person(Role.QUALITY_OFFICER, build.site("South")))
    assert "MR-12" not in browser.get("/reports").text
    assert browser.get(f"/reports/{report_id}/pdf").status_code == 404
    assert browser.get("/reports/new?unit=ward").status_code == 404


def test_only_those_who_make_reports_are_offered_to_make_and_delete_them(build):
    place, measured = ward(build)
    report_id = a_report(build, build.officer(place), place, [measured])
    member = build.signed_in(build.person(Role.TEAM_MEMBER, place))
    assert "/reports/new" not in member.get("/reports").text
    assert "Delete this report" not in member.get(f"/reports/{report_id}").text
    assert member.get("/reports/new?unit=ward").status_code == 403
    officer = build.signed_in(build.person(Role.QUALITY_OFFICER, place))
    page = officer.get(f"/reports/{report_id}")
    gone = officer.post(f"/reports/{report_id}/delete", data={"csrf_token": token(page)})
    assert gone.status_code == 303
    assert officer.get(f"/reports/{report_id}").status_code == 404


def test_a_pdf_is_not_sent_any_more_once_the_role_is_gone_even_to_a_browser_that_knows_it(build):
    place, measured = ward(build)
    person = build.person(Role.QUALITY_OFFICER, place)
    report_id = a_report(build, person.actor, place, [measured])
    browser = build.signed_in(person)
    sent = browser.get(f"/reports/{report_id}/pdf")
    assert sent.status_code == 200
    with build._inside(), atomic():
        store.execute(delete(GrantRow).where(GrantRow.user_id == person.id))
    for headers in ({}, {"If-None-Match": sent.headers["ETag"]}):
        assert browser.get(f"/reports/{report_id}/pdf", headers=headers).status_code == 404
    assert browser.get(f"/reports/{report_id}").status_code == 404


def test_the_form_says_in_words_which_period_it_has_filled_in_the_latest_full_months_that_exist(build):
    place, _ = ward(build)
    browser = build.signed_in(build.person(Role.QUALITY_OFFICER, place))
    page = browser.get("/reports/new?unit=ward")
    assert "January 2023 to December 2025: the latest 36 full months with results." in page.text
    assert 'value="2023-01-01"' in page.text and 'value="2025-12-31"' in page.text


def test_a_part_of_a_measure_can_be_chosen_and_its_report_names_it(build):
    place = build.unit("Ward", below=build.site("North"))
    measured = a_measure(build, build.organisation(), [place], title="Hand hygiene", begins=FIRST, strata=("Nurses",))
    (nurses,) = [choice.id for choice in strata_in(build, measured)]
    a_series(build, place, measured, [(80.0, 100.0)] * 6, first=FIRST)
    a_series(build, place, measured, [(70.0, 90.0)] * 6, first=FIRST, stratum_id=nurses)
    browser = build.signed_in(build.person(Role.QUALITY_OFFICER, place))
    page = browser.get("/reports/new?unit=ward&measure=hand-hygiene&stratum=nurses")
    sign = f"{measured.id}:nurses"
    assert "Hand hygiene, Nurses" in page.text
    assert re.findall(r"<input checked[^>]*type=\"checkbox\"[^>]*value=\"([^\"]+)\"", page.text) == [sign]
    assert "January 2023 to June 2023: all full months with results." in page.text
