"""How long a session lasts, and what strangers and scripts are told."""

import pytest

from qitracker.app import create_app
from qitracker.foundation.config import Settings
from tests.builders.people import PASSWORD, Build
from tests.web.browsing import send, words


def cookie_of(answer) -> str:
    return next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("session="))


def test_a_session_ends_after_an_hour_without_a_click_and_says_so(build):
    browser = build.signed_in(build.person("leader"), idle_seconds=3601)
    assert browser.get("/units").headers["Location"] == "/login?next=/units"
    assert "signed out after 60 minutes without a click" in words(browser.get("/login"))
    still_here = build.signed_in(build.person("leader"), idle_seconds=3500)
    assert still_here.get("/units").status_code == 200


def last_action(browser) -> float:
    with browser.session_transaction() as session:
        return session["last_action"]


def test_a_click_renews_the_session_and_polling_does_not(build):
    browser = build.signed_in(build.person("leader"), idle_seconds=3000)
    before = last_action(browser)
    assert browser.get("/units", headers={"X-Poll": "1"}).status_code == 200
    assert last_action(browser) == before
    browser.get("/units")
    assert last_action(browser) > before + 2900


def test_polling_after_the_end_gets_no_page_to_swap_in(build):
    browser = build.signed_in(build.person("leader"), idle_seconds=3601)
    assert browser.get("/units", headers={"X-Poll": "1"}).status_code == 401
    assert browser.get("/units", headers={"Accept": "application/json"}).status_code == 401


def test_a_session_without_a_clock_is_over(build):
    browser = build.signed_in(build.person("leader"))
    with browser.session_transaction() as session:
        del session["last_action"]
    assert browser.get("/units").status_code == 303


def test_a_session_without_a_key_is_over(build):
    browser = build.signed_in(build.person("leader"))
    with browser.session_transaction() as session:
        del session["key"]
    assert browser.get("/units").status_code == 303


@pytest.mark.parametrize(("https", "expected"), [(True, True), (False, False)])
def test_the_cookie_is_closed_to_scripts_other_sites_and_plain_http(tmp_path, database, https, expected):
    app = create_app(Settings(instance=tmp_path, database=database, https_only=https, log_level="error"))
    person = Build(app).person("leader", password=PASSWORD)
    browser = app.test_client()
    page = browser.get("/login", base_url="https://localhost")
    cookie = cookie_of(page)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is expected
    assert person.id


def test_a_removed_person_is_out_at_the_next_click(app, build):
    administrator, person = build.person("administrator", password=PASSWORD), build.person("leader")
    browser = build.signed_in(person)
    assert browser.get("/me").status_code == 200
    send(build.signed_in(administrator), f"/people/{person.id}/remove")
    assert browser.get("/me").status_code == 303
