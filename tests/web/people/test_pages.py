"""An administrator keeps units and people with a admin, without a script."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from qitracker.app import create_app
from qitracker.audit.commands import record
from qitracker.foundation.config import Settings
from qitracker.foundation.db import atomic, store
from qitracker.people import queries
from qitracker.people.models import Unit
from tests.builders.people import PASSWORD, SYSTEM
from tests.web.browsing import heading, send, words

SCRIPT = "<script>alert('x')</script>"
NEW_UNIT = {"kind": "unit", "valid_from": "2025-01-01", "timezone": "", "calendar": ""}


@pytest.fixture
def administrator(build):
    return build.person("administrator", password=PASSWORD, name="Ada Hill")


@pytest.fixture
def admin(build, administrator):
    return build.signed_in(administrator)


def unit_id(app, slug) -> int:
    with app.app_context():
        return queries.place_by_slug(slug).id


def test_a_unit_is_added_shown_and_told(app, build, admin):
    north = build.site("North")
    added = send(admin, "/units/add", **{**NEW_UNIT, "parent": north.id, "name": "Ward 7", "code": "007"})
    assert (added.status_code, added.headers["Location"]) == (303, "/units")
    assert "Ward 7 is added." in words(admin.get("/units"))
    page = admin.get("/units/ward-7")
    assert heading(page) == "Ward 7 is open."
    assert "Ada Hill added Ward 7 below North." in words(page)
    assert "Europe/London from Alder Health" in words(page)


def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(build, admin):
    top = build.organisation()
    build.unit("First", code="007")
    page = send(admin, "/units/add", **{**NEW_UNIT, "parent": top.id, "name": "Second", "code": "007"})
    assert page.status_code == 422
    assert "Another unit has this code." in words(page)
    assert re.search(r'id="code-error"', page.text)
    assert 'value="Second"' in page.text


def test_a_script_in_every_field_is_shown_as_text(build, admin):
    top = build.organisation()
    answer = send(admin, "/units/add", **{**NEW_UNIT, "parent": top.id, "name": SCRIPT, "code": SCRIPT[:20]})
    assert answer.status_code == 303
    tree = admin.get("/units")
    assert "<script>alert" not in tree.text
    assert SCRIPT in words_kept(tree)


def words_kept(page) -> str:
    return page.text.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'")


@pytest.mark.parametrize("day", ["29.02.2025", "2025-02-29", "1e400", "-1", ""])
def test_a_date_that_does_not_exist_gets_a_sentence(build, admin, day):
    page = send(
        admin,
        "/units/add",
        **{**NEW_UNIT, "parent": build.organisation().id, "name": "A", "code": "A", "valid_from": day},
    )
    assert page.status_code == 422
    assert re.search(r'id="valid_from-error"', page.text)


def test_two_administrators_on_one_unit_get_a_conflict_and_keep_what_they_typed(app, build, admin):
    build.unit("Ward")
    fields = {"code": "W", "valid_from": "2020-01-01", "timezone": "", "calendar": ""}
    page = admin.get("/units/ward/edit")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
    send(admin, "/units/ward/edit", name="Ward One", **fields)
    late = admin.post("/units/ward/edit", data={**fields, "name": "Ward Uno", "seen": "1", "csrf_token": token})
    assert late.status_code == 409
    assert "Somebody else changed this unit meanwhile." in words(late)
    assert 'value="Ward Uno"' in late.text
    with app.app_context():
        assert store.scalar(select(Unit.name).where(Unit.slug == "ward")) == "Ward One"


def test_a_unit_is_closed_after_a_question_that_names_what_closes_and_opened_again(build, admin):
    ward = build.unit("Ward")
    build.unit("Bay", below=ward)
    assert "2 units close: Ward, Bay" in words(admin.get("/units/ward/close"))
    assert send(admin, "/units/ward/close", last_day="2026-05-31").status_code == 303
    assert heading(admin.get("/units/ward")) == "Ward is closed since 31 May 2026; its numbers are kept."
    assert send(admin, "/units/ward/reopen", seen_on="/units/ward", seen="2").status_code == 303
    assert "Ward is open" in heading(admin.get("/units/ward"))


def test_a_unit_is_moved_and_merged(app, build, admin):
    north, south = build.site("North"), build.site("South")
    build.unit("Ward", below=north)
    build.unit("Other", below=south)
    assert send(admin, "/units/ward/move", parent=south.id).status_code == 303
    assert "Alder Health › South" in words(admin.get("/units/ward"))
    send(admin, "/units/ward/merge", target=unit_id(app, "other"), last_day="2026-05-31")
    assert "Now Other" in words(admin.get("/units"))


def test_a_calendar_is_added_and_given_days_off(admin):
    assert send(admin, "/calendars", name="Scottish", country="gb", subdivision="SCT").status_code == 303
    assert send(admin, "/calendars/1", day="2026-06-10", name="Founders' day").status_code == 303
    assert heading(admin.get("/calendars/1")) == "Scottish has one day off of its own."
    assert send(admin, "/calendars/1/days/2026-06-10/remove", seen_on="/calendars/1").status_code == 303
    assert "No days off of its own." in words(admin.get("/calendars/1"))
    assert send(admin, "/calendars/1/days/soon/remove", seen_on="/calendars").status_code == 422
    wrong = send(admin, "/calendars", name="Nowhere", country="XX", subdivision="")
    assert "No holidays are known for “XX”." in words(wrong)


def test_the_link_of_an_invitation_is_shown_once_and_works_once(app, build, admin):
    ward = build.unit("Ward")
    maren = {"name": "Maren Ashgrove", "email": "maren@alder.example", "discipline": "Nurse"}
    invited = send(admin, "/people/invite", **maren, unit=ward.id, role="leader")
    page = admin.get(invited.headers["Location"])
    link = re.search(r"<code>(http[^<]+)</code>", page.text)[1]
    assert heading(page) == "Maren Ashgrove is invited and has not signed in yet."
    assert link not in admin.get(invited.headers["Location"]).text
    path = "/invitation/" + link.rsplit("/", 1)[1]
    her = app.test_client()
    assert heading(her.get(path)) == "Welcome, Maren Ashgrove. Choose your password."
    assert "The two differ." in words(send(her, path, password=PASSWORD, again="something else"))
    assert "at least 12 characters" in words(send(her, path, password="short", again="short"))
    assert send(her, path, password=PASSWORD, again=PASSWORD).status_code == 303
    gone = her.get(path)
    assert (gone.status_code, heading(gone)) == (404, "This link does not work any more.")
    assert send(her, "/login", email="maren@alder.example", password=PASSWORD).status_code == 302
    assert "Leader" in words(her.get("/me"))


def test_an_invitation_into_no_unit_is_refused_with_a_sentence(build, admin):
    for number in range(9):
        build.unit(f"Bay {number}")
    answer = send(admin, "/people/invite", name="Maren", email="maren@alder.example", role="leader")
    assert answer.status_code == 422 and "Choose where the role holds." in words(answer)
    assert "Not a valid choice" not in words(answer) and 'id="unit-find"' in answer.text


def test_roles_are_added_ended_and_handed_over_on_the_page_of_a_person(build, admin):
    ward = build.unit("Ward")
    person = build.person("leader", ward, name="Bo", password=PASSWORD)
    successor = build.person("leader", ward, name="Cy")
    path = f"/people/{person.id}"
    assert send(admin, path, role="facilitator", unit=ward.id).status_code == 303
    assert heading(admin.get(path)) == "Bo holds 2 roles."
    assert "already" in words(send(admin, path, role="facilitator", unit=ward.id))
    assert send(admin, f"{path}/hand-over", successor=successor.id).status_code == 303
    assert heading(admin.get(path)) == "Bo can sign in and has no role yet."
    end = re.search(r'action="(/people/\d+/roles/\d+/end)"', admin.get(f"/people/{successor.id}").text)[1]
    assert send(admin, end, seen_on=f"/people/{successor.id}").status_code == 303


def test_the_last_administrator_is_told_why_they_stay(admin, administrator):
    path = f"/people/{administrator.id}"
    end = re.search(r'action="(/people/\d+/roles/\d+/end)"', admin.get(path).text)[1]
    page = send(admin, end, seen_on=path)
    assert page.status_code == 422
    assert "last administrator of the whole organisation" in words(page)


def test_a_person_changes_their_own_profile(build):
    admin = build.signed_in(build.person("team_member", name="Bo"))
    assert send(admin, "/me", name="Bo Lund", discipline="Nurse", language="en").status_code == 303
    assert "Bo Lund" in heading(admin.get("/me"))
    assert "Enter your name." in words(send(admin, "/me", name="", discipline="", language=""))


def test_a_search_that_finds_nobody_says_what_to_do(admin):
    page = admin.get("/people?search=zzz")
    assert "Nobody found." in words(page)
    assert admin.get("/people?unit=nowhere").status_code == 404


def test_a_person_without_a_role_sees_what_to_wait_for(build):
    admin = build.signed_in(build.person(None, name="New"))
    assert heading(admin.get("/units")) == "You have no role in any unit yet."
    assert "You have no role yet." in words(admin.get("/me"))


def test_an_address_that_works_here_already_is_asked_about_before_a_role_is_added(build, admin):
    ward, person = build.unit("Ward"), build.person("leader", name="Bo Lund", password=PASSWORD)
    given = {"name": "Somebody", "email": person.email, "discipline": "", "unit": ward.id, "role": "facilitator"}
    asked = send(admin, "/people/invite", **given)
    assert asked.status_code == 422
    assert "Bo Lund already works here with this address" in words(asked)
    assert "Yes, give one more role" in words(asked)
    assert heading(admin.get(f"/people/{person.id}")) == "Bo Lund is Leader in Alder Health."
    answer = re.search(r'name="sure"[^>]*value="([^"]+)"', asked.text)[1]
    assert send(admin, "/people/invite", **given, sure=answer).status_code == 303
    assert heading(admin.get(f"/people/{person.id}")) == "Bo Lund holds 2 roles."


def test_who_may_not_send_a_form_is_told_instead_of_shown_it(build):
    member = build.signed_in(build.person("team_member", build.unit("Ward")))
    for path, said in (("/people/invite", "invited by administrators"), ("/units/add", "added by administrators")):
        page = member.get(path)
        assert (page.status_code, said in words(page)) == (403, True)


def test_a_move_is_offered_where_there_can_be_another_place(build, admin):
    north = build.site("North")
    build.unit("Ward", below=north)
    assert "/units/ward/move" in admin.get("/units/ward").text
    assert "/units/north/move" not in admin.get("/units/north").text
    assert f'value="{north.id}"' not in admin.get("/units/ward/move").text  # it stands there already
    for path in ("/units/alder-health/move", "/units/north/move", "/units/alder-health/close"):
        page = admin.get(path)
        assert page.status_code == 404, path
    assert "top of the tree" in words(admin.get("/units/alder-health/merge"))
    of_the_site = build.signed_in(build.person("administrator", north))
    assert of_the_site.get("/units/north/move").status_code == 403


def test_a_forgotten_password_leads_to_an_administrator_where_no_mail_is_set(tmp_path, database):
    app = create_app(Settings(instance=tmp_path, database=database, name="Alder", log_level="error"))
    page = words(app.test_client().get("/login"))
    assert "Forgot your password? Ask an administrator of Alder" in page


def test_whoever_tries_the_demonstration_is_told_where_the_passwords_are(client):
    assert "demonstration-sign-in.txt" in words(client.get("/login"))


def test_a_moment_is_written_in_the_time_zone_of_the_unit_and_names_it(build, admin):
    build.unit("Ward", timezone="Asia/Kolkata")
    send(
        admin,
        "/units/ward/edit",
        name="Ward 9",
        code="9",
        valid_from="2020-01-01",
        timezone="Asia/Kolkata",
        calendar="",
    )
    shown = re.search(r'<time datetime="([^"]+)" title="([^"]+)">([^<]+)</time>', admin.get("/units/ward").text)
    moment = datetime.fromisoformat(shown[1])
    assert moment.utcoffset() == timedelta(0)
    written = f"{moment.astimezone(ZoneInfo('Asia/Kolkata')):%-d %b %Y, %H:%M} IST"
    assert (shown[2], shown[3]) == ("Asia/Kolkata", written)


def test_a_moment_in_the_time_zone_of_the_installation_needs_no_name_of_it(build, admin):
    here = admin.application.extensions["settings"].timezone
    build.unit("Ward", timezone=here)
    send(admin, "/units/ward/edit", name="Ward 9", code="9", valid_from="2020-01-01", timezone=here, calendar="")
    shown = re.search(r'<time datetime="[^"]+" title="[^"]+">([^<]+)</time>', admin.get("/units/ward").text)
    assert re.fullmatch(r"\d+ \w+ \d{4}, \d\d:\d\d", shown[1])


def test_a_person_has_the_same_disc_in_the_bar_and_in_the_history(build, admin):
    build.unit("Ward")
    send(admin, "/units/ward/edit", name="Ward 9", code="9", valid_from="2020-01-01", timezone="", calendar="")
    discs = re.findall(
        r'<span class="(q-who is-\d)" title="Ada Hill" aria-hidden="true">(\w+)</span>', admin.get("/units/ward").text
    )
    assert len(discs) == 2 and len(set(discs)) == 1


def test_a_day_in_the_history_of_a_unit_is_written_as_days_are_elsewhere(build, admin):
    ward = build.unit("Ward")
    said = {"name": "Ward", "last_day": "2026-11-24"}
    with build._inside(), atomic():
        record("people.unit.closed", by=SYSTEM, subject=("unit", ward.id), unit=ward, after=said)
    told = words(admin.get("/units/ward"))
    assert "its last day is 24 Nov 2026." in told and "2026-11-24" not in told
