"""Links go out by a real mail server, and come back to the administrator when it takes none."""

import re
from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from qitracker.app import create_app
from tests.builders.people import PASSWORD, Build
from tests.served import free_port
from tests.web.browsing import send, words


class Postbox:
    """Keeps what it is handed."""

    def __init__(self) -> None:
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope) -> str:
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"


@pytest.fixture
def postbox():
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.port = controller.port
    yield box
    controller.stop()


@pytest.fixture
def mailed(settings, postbox) -> Build:
    changed = {"mail_server": "127.0.0.1", "mail_port": postbox.port, "mail_from": "qi@alder.example"}
    return Build(create_app(replace(settings, **changed)))


def invite(build):
    ward, browser = build.unit("Ward"), build.signed_in(build.person("administrator", password=PASSWORD))
    maren = {"name": "Maren Ashgrove", "email": "maren@alder.example", "discipline": ""}
    return browser, send(browser, "/people/invite", **maren, unit=ward.id, role="leader")


def test_an_invitation_is_mailed_and_its_link_is_not_shown(mailed, postbox):
    browser, answer = invite(mailed)
    page = browser.get(answer.headers["Location"])
    assert "on its way to maren@alder.example" in words(page)
    assert "/invitation/" not in page.text
    (letter,) = postbox.letters
    assert (letter["To"], letter["From"]) == ("maren@alder.example", "qi@alder.example")
    path = re.search(r"http://[^/]+(/invitation/\S+)", letter.get_content())[1]
    assert "Welcome, Maren Ashgrove" in words(browser.get(path))


def test_a_mail_server_that_does_not_answer_gives_the_link_to_the_administrator(settings):
    build = Build(create_app(replace(settings, mail_server="127.0.0.1", mail_port=free_port())))
    browser, answer = invite(build)
    page = browser.get(answer.headers["Location"])
    assert "The mail could not be sent." in words(page)
    assert re.search(r"<code>http[^<]+/invitation/", page.text)


def test_a_forgotten_password_is_set_by_a_mailed_link_and_unknown_addresses_read_the_same(mailed, postbox):
    person = mailed.person("leader", password=PASSWORD)
    browser = mailed.signed_in(person)
    send(browser, "/logout", seen_on="/me")
    known, unknown = (words(send(browser, "/reset", email=e)) for e in (person.email, "nobody@alder.example"))
    assert known.replace(person.email, "X") == unknown.replace("nobody@alder.example", "X")
    (letter,) = postbox.letters
    path = re.search(r"http://[^/]+(/reset/\S+)", letter.get_content())[1]
    new = "another set of words"
    assert send(browser, path, password=new, password_confirm=new).status_code == 302
    assert send(browser, "/login", email=person.email, password=new).status_code == 302


def test_a_link_leads_here_whatever_name_the_asker_gave_this_host(mailed, postbox):
    person = mailed.person("leader", password=PASSWORD)
    browser = mailed._app.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/reset").text)[1]
    cookie = browser.get_cookie("session").value
    browser.set_cookie("session", cookie, domain="elsewhere.example")
    sent = {"email": person.email, "csrf_token": token}
    browser.post("/reset", data=sent, base_url="http://elsewhere.example")
    (letter,) = postbox.letters
    assert "/reset/" in letter.get_content() and "elsewhere" not in letter.get_content()
