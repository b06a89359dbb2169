"""The first start of an installation: a real one asks for its first administrator, and has no built-in password."""

import re

import pytest
from click.testing import CliRunner

from qitracker.__main__ import prepare
from qitracker.app import create_app
from qitracker.cli import cli
from qitracker.foundation.config import load_settings
from qitracker.foundation.errors import Refusal
from tests.web.browsing import words

ANSWERS = ("--email", "first@alder.example", "--name", "First One", "--organisation", "Alder Health")


@pytest.fixture
def production(tmp_path, monkeypatch):
    """Name an empty installation that is no demonstration."""
    for name, value in (("QI_INSTANCE", str(tmp_path)), ("QI_ENVIRONMENT", "production"), ("QI_LOG_LEVEL", "error")):
        monkeypatch.setenv(name, value)
    return load_settings(tmp_path, {"QI_ENVIRONMENT": "production", "QI_LOG_LEVEL": "error"})


def test_a_real_installation_without_administrator_says_what_to_run(production):
    with pytest.raises(Refusal, match=r"Run `qitracker init` first"):
        prepare(create_app(production), production)


def test_init_prints_a_link_that_opens_once_and_lets_the_installation_start(production):
    done = CliRunner().invoke(cli, ["init", *ANSWERS])
    assert done.exit_code == 0, done.output
    link = re.search(r"http://127\.0\.0\.1:8000(/invitation/\S+)", done.output)
    assert link and "first@alder.example administers Alder Health" in done.output
    page = create_app(production).test_client().get(link[1])
    assert page.status_code == 200 and "First One" in words(page)
    assert prepare(create_app(production), production) == ""


def test_init_asks_for_what_was_not_given(production):
    done = CliRunner().invoke(cli, ["init"], input="first@alder.example\nFirst One\nAlder Health\n")
    assert done.exit_code == 0 and "Name of the organisation" in done.output


def test_a_second_init_changes_nothing(production):
    assert CliRunner().invoke(cli, ["init", *ANSWERS]).exit_code == 0
    again = CliRunner().invoke(cli, ["init", "--email", "other@alder.example", *ANSWERS[2:]])
    assert isinstance(again.exception, Refusal) and "There is an administrator already" in str(again.exception)
