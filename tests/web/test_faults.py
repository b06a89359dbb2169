"""When something breaks: a page all the same, a number to quote, and nothing that tells how the product is made."""

import json
import re
import sqlite3
from urllib.parse import urljoin, urlsplit

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from qitracker.foundation.db import atomic, db, store
from qitracker.people.commands.invitations import new_user
from tests.builders.people import PASSWORD
from tests.web.browsing import send, words

NUMBER = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")
MACHINERY = re.compile(r"Traceback|sqlalchemy|sqlite|psycopg|werkzeug|flask|jinja|\.py\b", re.I)


@pytest.fixture
def officer(build):
    return build.signed_in(build.person("quality_officer"))


@pytest.fixture
def gone(app, officer, tmp_path, monkeypatch):
    """Take the database away from under a running installation in which somebody is signed in."""
    with app.app_context():
        db.engine.dispose()
        monkeypatch.setattr(db.engine.dialect, "create_connect_args", lambda _url: ([str(tmp_path / "no" / "db")], {}))
        monkeypatch.setattr(db.engine.pool, "_creator", lambda *_: sqlite3.connect(tmp_path / "no" / "db"))
    app.testing = False
    return officer


@pytest.fixture
def lines(monkeypatch):
    """Collect what would be logged."""
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as kept:
        yield kept


@pytest.mark.parametrize("path", ["/", "/units", "/measures", "/no-such-page"])
def test_without_its_database_the_product_answers_with_a_plain_page_and_a_number(gone, path):
    page = gone.get(path)
    assert page.status_code == 503 and page.headers["Retry-After"]
    assert "cannot reach its database" in words(page) and NUMBER.search(words(page))
    assert not MACHINERY.search(page.text)
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_the_plain_page_gets_its_looks_without_the_database(gone):
    sheets = re.findall(r'href="(/static/[^"]+)"', gone.get("/units").text)
    assert len(sheets) > 5 and {gone.get(sheet).status_code for sheet in sheets} == {200}


def test_scripts_are_told_in_json_that_the_database_is_away(gone):
    answer = gone.get("/units", headers={"Accept": "application/json"})
    assert answer.status_code == 503 and "database" in answer.json["error"] and answer.json["request"]


def test_a_deed_without_its_database_is_not_lost_in_a_stack_trace(gone):
    assert gone.post("/units/add", data={"name": "Ward"}).status_code in (400, 503)


def test_the_process_says_that_it_lives_and_is_not_ready(gone):
    probe = gone.application.test_client()
    assert probe.get("/healthz").status_code == 200
    ready = probe.get("/readyz")
    assert ready.status_code == 503 and not re.search(r"/no/|Traceback", ready.text)


def test_two_saves_that_clash_are_a_sentence_and_not_a_fault(app, officer, monkeypatch):
    class Deadlock(Exception):
        sqlstate = "40P01"

    def clash(*_args, **_more):
        raise OperationalError("UPDATE unit", {}, Deadlock())

    app.testing = False
    monkeypatch.setattr("qitracker.people.views.units.unit_tree", clash)
    page = officer.get("/units")
    assert page.status_code == 409 and "saved at the same moment" in words(page)


def test_a_refused_token_still_has_a_number_to_quote(officer):
    page = officer.post("/logout")
    assert page.status_code == 400 and NUMBER.search(words(page))
    assert page.headers["X-Request-ID"]


def test_what_is_not_found_says_what_and_offers_a_way_on(officer):
    page = officer.get("/units/no-such-unit")
    assert page.status_code == 404 and "There is no such unit" in words(page)


STATUSES = {
    "/no-such-page": 404,
    "/units/no-such-unit": 404,
    "/people": 403,
    "/login": 302,
    "/healthz": 200,
    "/static/css/tokens.css": 200,
    "/static/none.css": 404,
    "/units": 200,
}


@pytest.mark.parametrize(("path", "status"), STATUSES.items())
def test_every_answer_carries_the_policy_and_private_pages_are_not_kept(officer, path, status):
    answer = officer.get(path)
    assert answer.status_code == status
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert path.startswith("/static/") or answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_strange_methods_are_refused_in_a_sentence(officer, method):
    page = officer.open("/units", method=method)
    assert page.status_code == 405 and "does not take that kind of request" in words(page)


def test_a_token_of_a_one_time_link_is_in_no_log_line(app, build, client, lines):
    invited = build.invited(build.administrator(), build.unit())
    assert client.get(f"/invitation/{invited.token}").status_code == 200
    told = json.dumps(lines, default=str, ensure_ascii=False)
    assert "/invitation/…" in told and invited.token not in told


def test_a_fault_of_the_database_is_logged_without_what_people_wrote(app):
    with app.app_context(), pytest.raises(OperationalError) as fault, atomic():
        new_user(name="Told in confidence", email="a@alder.example")
        store.execute(db.text("UPDATE no_such_table SET words = :words"), {"words": "Told in confidence"})
    assert "Told in confidence" not in str(fault.value)


def test_a_nul_is_refused_wherever_it_stands(officer):
    assert officer.get("/people?search=a&search=%00").status_code == 400


STRANGE_QUERIES = (
    "?chart=zzz&rules=zzz&stratum=",
    "?unit=%ff%fe&search=%f0%28%8c%28",
    "?search=" + "x" * 20_000,
    "?page=-1&page=99999999999999999999",
    "?" + "&".join(f"a{number}=1" for number in range(2000)),
    "?from=9999-12-31&to=0001-01-01&start=0001-01-01&month=13",
)


@pytest.mark.parametrize("query", STRANGE_QUERIES)
def test_strange_questions_break_no_page(build, query):
    both = build.person("quality_officer")
    browser = build.signed_in(build.grant(both, "administrator", build.organisation()))
    for path in ("/", "/units", "/people", "/measures", "/measures/library", "/reports", "/reports/new", "/entry"):
        assert browser.get(path + query).status_code < 500, path


ELSEWHERE = (
    "https://e.example",
    "//e.example",
    "/\\e.example",
    "\\\\e.example",
    "javascript:x",
    "/%09/e.example",
    "https:e.example",
    "http:///e.example",
)


@pytest.mark.parametrize("next_", ELSEWHERE)
def test_no_way_on_leads_elsewhere(build, app, next_):
    person = build.person("leader", password=PASSWORD)
    answer = send(app.test_client(), f"/login?next={next_}", email=person.email, password=PASSWORD)
    place = urlsplit(urljoin("http://localhost/login", answer.headers.get("Location", "").replace("\\", "/")))
    assert (place.scheme, place.netloc) == ("http", "localhost")


def test_a_cookie_that_was_tampered_with_is_a_stranger(officer):
    cookie = officer.get_cookie("session")
    officer.set_cookie("session", cookie.value[:-3] + "abc")
    assert officer.get("/units").status_code == 303


def test_cookies_are_kept_from_scripts_and_other_sites(app, build, client):
    person = build.person("leader", password=PASSWORD)
    set_cookie = send(client, "/login", email=person.email, password=PASSWORD).headers["Set-Cookie"]
    assert "HttpOnly" in set_cookie and "SameSite=Lax" in set_cookie


@pytest.mark.parametrize("size", [257, 5_000, 100_000])
def test_an_endless_password_is_a_wrong_password(app, build, size):
    person = build.person("leader", password=PASSWORD)
    for email in (person.email, "nobody@alder.example"):
        assert "do not belong together" in words(send(app.test_client(), "/login", email=email, password="y" * size))
    browser = build.signed_in(person)
    more = {"new_password": "z1x2" * size, "new_password_confirm": "z1x2" * size}
    assert send(browser, "/change", password="y" * size, **more).status_code == 200
    assert "Use at most 256 characters" in words(send(browser, "/change", password=PASSWORD, **more))
