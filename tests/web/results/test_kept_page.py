"""The measure page is kept by what it is made from: whatever changes shows at once, and nobody gets another's token."""

from datetime import date

import pytest

from qitracker.foundation.config import Settings
from qitracker.people.commands.units import change_unit
from qitracker.people.queries import unit_facts
from tests.builders.measures import a_benchmark, a_measure, a_target
from tests.builders.people import SYSTEM
from tests.builders.results import a_series, an_entry, recorded
from tests.web.browsing import TOKEN, send, words

FIRST = date(2025, 1, 1)
MAY = {"period": "2026-05-01", "state": "value", "numerator": "4", "denominator": "9"}


@pytest.fixture
def settings(tmp_path, database) -> Settings:
    """Return the settings of an installation as it is served: only there pages are kept."""
    return Settings(instance=tmp_path, database=database, log_level="error")


@pytest.fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@pytest.fixture
def measured(build, ward):
    found = a_measure(build, build.organisation(), [ward], begins=FIRST)
    a_series(build, ward, found, [(78, 100), (82, 100)] * 8, first=FIRST)
    return found


@pytest.fixture
def path(measured):
    return f"/measures/{measured.slug}/units/ward"


@pytest.fixture
def officer(build):
    return build.signed_in(build.person("quality_officer", name="Olga Officer"))


def kept(app) -> int:
    return len(app.extensions["kept_pages"].recent)


def test_the_same_page_is_rendered_once(app, officer, path):
    first, again = officer.get(path), officer.get(path)
    assert words(first) == words(again) and kept(app) == 1


def test_a_form_on_a_kept_page_carries_the_token_of_whoever_asks(app, build, officer, path):
    other = build.signed_in(build.person("quality_officer", name="Olga Officer"))
    tokens = {TOKEN.search(browser.get(path).text)[1].split(".")[0] for browser in (officer, officer, other, other)}
    assert len(tokens) == 2 and app.extensions["kept_pages"].mark not in officer.get(path).text
    done = send(other, f"{path}/results", seen_on=path, **MAY)
    assert done.status_code == 303


def test_a_result_a_note_and_a_target_show_at_once(build, ward, measured, officer, path):
    officer.get(path)
    recorded(build, ward, measured, an_entry(numerator=11, denominator=100))
    assert "11.0 %" in words(officer.get(path)).replace("\u00a0", " ")
    send(officer, f"{path}/notes", seen_on=path, start="2025-03-01", text="Bundle began")
    officer.get(path)  # the message is read
    assert "Bundle began" in words(officer.get(path))
    a_benchmark(build, measured, a_target(91))
    assert "Target 91.0 %" in words(officer.get(path)).replace("\u00a0", " ")


def test_another_chart_or_theme_is_another_page(app, officer, path):
    plain = words(officer.get(path))
    assert "Run chart." in words(officer.get(f"{path}?chart=run"))
    officer.set_cookie("qi_theme", "dark")
    assert 'data-theme="dark"' in officer.get(path).text
    officer.delete_cookie("qi_theme")
    assert words(officer.get(path)) == plain and kept(app) == 3


def test_a_message_is_shown_once_and_not_kept(officer, path):
    officer.get(path)
    send(officer, f"{path}/results", seen_on=path, **MAY)
    assert "May 2026 is recorded." in words(officer.get(path))
    assert "May 2026 is recorded." not in words(officer.get(path))


def test_a_unit_that_is_renamed_shows_at_once(app, ward, officer, path):
    officer.get(path)
    with app.app_context():
        facts = unit_facts(ward.id)
        change_unit(
            by=SYSTEM,
            unit_id=ward.id,
            seen=facts.version,
            name="Ward of the North",
            code=facts.code,
            timezone=None,
            calendar_id=None,
            valid_from=facts.valid_from,
        )
    assert "Ward of the North" in words(officer.get(path))


def test_who_may_not_record_gets_no_form_though_the_page_is_kept_for_others(build, officer, path):
    assert 'id="numerator"' in officer.get(path).text
    leader = build.signed_in(build.person("leader", name="Olga Officer"))
    assert 'id="numerator"' not in leader.get(path).text
