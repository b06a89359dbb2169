"""Signing in: one answer for every failure, a lock that ends, and demonstration people only on this machine."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from qitracker.app import create_app
from qitracker.audit.models import AuditEntry
from qitracker.foundation import clock
from qitracker.foundation.config import Settings
from qitracker.foundation.db import atomic, store
from qitracker.people.commands import remove_person
from qitracker.people.commands.sessions import end_session
from qitracker.people.models import EndedSession, SignInAttempt, User
from qitracker.people.passwords import token_hash
from tests.builders.people import PASSWORD, Build
from tests.web.browsing import send, words

NO_MATCH = "do not belong together"
LOCKED = "Too many attempts"


def sign_in(browser, email, password=PASSWORD, **more):
    return send(browser, "/login", email=email, password=password, **more)


def attempts(app) -> int:
    with app.app_context():
        return store.scalar(select(func.count()).select_from(SignInAttempt))


def test_a_person_signs_in_and_lands_where_they_were_going(build, client):
    person = build.person("leader", password=PASSWORD)
    assert client.get("/units?x=1").headers["Location"] == "/login?next=/units?x%3D1"
    answer = send(client, "/login?next=/units", email=person.email.upper(), password=PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/units")
    assert client.get("/units").status_code == 200


def test_the_way_on_never_leads_to_another_site(build, client):
    person = build.person("leader", password=PASSWORD)
    answer = send(client, "/login?next=https://elsewhere.example/", email=person.email, password=PASSWORD)
    assert "elsewhere" not in answer.headers.get("Location", "")


def test_every_failure_reads_the_same(app, build):
    administrator, leader = build.administrator(), build.person("leader", password=PASSWORD)
    removed, invited = build.person("leader", password=PASSWORD), build.person("leader")
    with app.app_context():
        remove_person(by=administrator, user_id=removed.id)
    tries = [
        (leader.email, "not the right words"),
        ("nobody@alder.example", PASSWORD),
        (removed.email, PASSWORD),
        (invited.email, PASSWORD),
        ("no address at all", PASSWORD),
    ]
    pages = []
    for email, password in tries:
        page = sign_in(app.test_client(), email, password)
        assert NO_MATCH in words(page), email
        pages.append(words(page))
    assert len(set(pages)) == 1


def test_an_empty_form_says_what_to_enter_and_counts_nothing(app, client):
    assert "Enter your e-mail address and your password." in words(sign_in(client, "", ""))
    assert attempts(app) == 0


@pytest.mark.parametrize("known", [True, False])
def test_a_name_is_locked_after_five_failures_known_or_not(app, build, known):
    person = build.person("leader", password=PASSWORD)
    email = person.email if known else "nobody@alder.example"
    answers = [words(sign_in(app.test_client(), email, "wrong words again")) for _ in range(6)]
    assert [LOCKED in answer for answer in answers] == [False] * 4 + [True, True]
    assert LOCKED in words(sign_in(app.test_client(), email.upper()))  # the right password does not help now
    assert attempts(app) == 5  # what is refused while locked is not counted, so the lock ends


def test_a_lock_ends_and_a_sign_in_clears_what_was_counted(app, build, client):
    person = build.person("leader", password=PASSWORD)
    for _ in range(5):
        sign_in(app.test_client(), person.email, "wrong words again")
    with app.app_context(), atomic():
        store.execute(update(SignInAttempt).values(at=clock.now() - timedelta(minutes=16)))
    assert sign_in(client, person.email).status_code == 302
    assert attempts(app) == 0


def test_another_name_is_not_locked_with_the_first(app, build, client):
    build.person("leader")
    person = build.person("leader", password=PASSWORD)
    for _ in range(6):
        sign_in(app.test_client(), "nobody@alder.example", "wrong words again")
    assert sign_in(client, person.email).status_code == 302


def test_attempts_are_kept_without_the_name(app, client):
    sign_in(client, "nobody@alder.example", "wrong words again")
    with app.app_context():
        assert "nobody" not in store.scalars(select(SignInAttempt.name_hash)).one()


def test_signing_in_is_told_in_the_trail(app, build, client):
    person = build.person("leader", password=PASSWORD)
    sign_in(client, person.email)
    with app.app_context():
        events = store.scalars(select(AuditEntry.event).where(AuditEntry.actor_id == person.id)).all()
    assert events == ["people.session.begun"]


def test_a_demonstration_person_signs_in_from_this_machine_only(app, build):
    person = build.person("leader", password=PASSWORD, is_demonstration=True)
    outside = app.test_client()
    outside.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert NO_MATCH in words(sign_in(outside, person.email))
    behind_a_proxy = app.test_client()
    behind_a_proxy.environ_base["HTTP_X_FORWARDED_FOR"] = "203.0.113.9"
    assert NO_MATCH in words(sign_in(behind_a_proxy, person.email))
    assert sign_in(app.test_client(), person.email).status_code == 302


def test_a_session_of_a_demonstration_person_ends_outside_this_machine(build):
    browser = build.signed_in(build.person("leader", is_demonstration=True))
    assert browser.get("/units").status_code == 200
    browser.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert browser.get("/units").status_code == 303


def test_in_production_a_demonstration_password_is_worth_nothing(tmp_path, database):
    app = create_app(Settings(instance=tmp_path, database=database, environment="production", log_level="error"))
    person = Build(app).person("leader", password=PASSWORD, is_demonstration=True)
    assert NO_MATCH in words(sign_in(app.test_client(), person.email))


def test_nobody_can_register(client):
    assert client.get("/register").status_code == 404
    assert client.get("/reset").status_code == 404  # no mail is set, so there is nothing to send a link with


def test_a_changed_password_ends_other_sign_ins_and_is_told(app, build):
    person = build.person("leader", password=PASSWORD)
    here, elsewhere = build.signed_in(person), build.signed_in(person)
    answer = send(
        here,
        "/change",
        password=PASSWORD,
        new_password="another set of words",
        new_password_confirm="another set of words",
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me")
    assert here.get("/me").status_code == 200
    assert elsewhere.get("/me").status_code == 303
    assert sign_in(app.test_client(), person.email, "another set of words").status_code == 302
    with app.app_context():
        events = store.scalars(select(AuditEntry.event).where(AuditEntry.subject_id == str(person.id))).all()
    assert "people.password.changed" in events


def test_a_weak_new_password_is_refused_with_the_reason(build):
    person = build.person("leader", password=PASSWORD, name="Maren Ashgrove")
    new = "MarenAshgrove"
    page = send(build.signed_in(person), "/change", password=PASSWORD, new_password=new, new_password_confirm=new)
    assert "close to your name" in words(page)


def test_signing_out_takes_a_token_and_ends_the_session(build):
    browser = build.signed_in(build.person("leader"))
    assert browser.post("/logout").status_code == 400
    send(browser, "/logout", seen_on="/me")
    assert browser.get("/me").status_code == 303


def copy_of(browser, app):
    """Return another browser that holds the same cookie."""
    copy = app.test_client()
    copy.set_cookie("session", browser.get_cookie("session").value)
    return copy


def test_a_copy_of_the_cookie_opens_nothing_once_its_owner_has_signed_out(app, build, client):
    person = build.person("leader", password=PASSWORD)
    sign_in(client, person.email)
    copy, elsewhere = copy_of(client, app), app.test_client()
    sign_in(elsewhere, person.email)
    assert copy.get("/me").status_code == 200
    send(client, "/logout", seen_on="/me")
    assert copy.get("/me").status_code == 303
    assert copy.get("/change").status_code == 302
    assert elsewhere.get("/me").status_code == 200  # signed in on another machine: a session of its own
    sign_in(client, person.email)
    assert client.get("/me").status_code == 200


def test_a_session_that_idled_away_in_a_copy_does_not_end_the_one_that_is_used(app, build, client):
    person = build.person("leader", password=PASSWORD)
    sign_in(client, person.email)
    copy = copy_of(client, app)
    with copy.session_transaction() as session:
        session["last_action"] -= 4000
    assert copy.get("/me").status_code == 303
    assert client.get("/me").status_code == 200


def test_ended_sessions_are_forgotten_when_no_copy_can_be_used_any_more(app, build):
    with app.app_context():
        end_session(key="the first")
        with atomic():
            store.execute(update(EndedSession).values(at=clock.now() - timedelta(days=3)))
        end_session(key="the second")
        end_session(key="the second")
        assert store.scalars(select(EndedSession.key_hash)).all() == [token_hash("the second")]


def test_the_key_of_a_session_is_not_the_number_of_the_user(app, build, client):
    person = build.person("leader", password=PASSWORD)
    sign_in(client, person.email)
    with client.session_transaction() as session, app.app_context():
        assert session["_user_id"] == store.get(User, person.id).fs_uniquifier
