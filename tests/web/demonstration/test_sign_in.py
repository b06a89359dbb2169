"""The invented people sign in on this machine, and nowhere else."""

import pytest

from qitracker.demonstration.make import make_demonstration
from qitracker.demonstration.plans import PLANS
from qitracker.foundation.permissions import Role
from tests.served import EMAIL, PASSWORD
from tests.web.browsing import send


@pytest.fixture
def accounts(app, settings, monkeypatch) -> list[tuple[str, str]]:
    monkeypatch.setattr("qitracker.demonstration.make.PLANS", PLANS[:1])
    with app.app_context():
        lines = make_demonstration(settings)
    return [(EMAIL.search(line)[0], PASSWORD.search(line)[0]) for line in lines]


def test_one_person_of_each_role_signs_in_on_this_machine(app, accounts):
    assert len(accounts) == len(Role)
    for email, password in accounts:
        browser = app.test_client()
        assert send(browser, "/login", email=email, password=password).status_code == 302
        assert browser.get("/").status_code == 200


def test_from_elsewhere_the_same_password_opens_nothing(app, accounts):
    email, password = accounts[0]
    browser = app.test_client()
    browser.environ_base["REMOTE_ADDR"] = "10.1.2.3"
    answer = send(browser, "/login", email=email, password=password)
    assert answer.status_code == 200 and "do not belong together" in answer.text
    assert browser.get("/").status_code == 303
