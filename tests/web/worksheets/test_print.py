"""Worksheets on paper: what a filled and an empty form show, in how many statements, and with hostile text."""

import re

import pytest

from qitracker.worksheets.commands import delete_sheet, set_team
from tests.builders.people import SYSTEM
from tests.builders.worksheets import a_cause, a_row, a_sheet
from tests.web.browsing import words
from tests.web.counting import statements

HOSTILE = "<script>alert(1)</script> 🩺 \u202eمرحبا"


@pytest.fixture
def paper(nurse, sheet, made):
    return nurse.get(f"/worksheets/{sheet}/print")


def test_a_filled_form_shows_every_word_score_and_what_is_missing(build, nurse, sheet, made):
    a_row(build, sheet, "step", text="Write it down")
    told = words(nurse.get(f"/worksheets/{sheet}/print"))
    for part in ("Wrong home dose recorded", "Too much is given", "The patient is tired", "A second source", "245"):
        assert part in told
    assert "▲ High" in told and "Still open" in told and "Still missing" in told
    assert "Nothing is written down for this step yet." in told


def test_the_foot_says_unit_state_scale_and_who_printed_it_when(paper):
    foot = re.search(r'<p class="foot">(.*?)</p>', paper.text, re.S)[1]
    assert "Ward · FMEA, draft · Hospital scale, version 1 · as of " in foot
    assert "printed by Nell Nurse, " in foot


def test_the_scale_stands_on_the_paper_with_the_table_of_priority(paper):
    told = words(paper)
    assert "Found by chance only" in told and "More than once a day, or about 1 in 10 or more" in told
    assert "Occurrence 8–10" in told and told.count("D 7–10") == 5


def test_the_team_and_its_leader_are_named(app, build, ward, nurse, sheet):
    doctor = build.person("team_member", ward, name="Dora Doctor")
    with app.app_context():
        set_team(by=SYSTEM, sheet_id=sheet, user_ids=[doctor.id], leader_id=doctor.id)
    assert "Dora Doctor" in words(nurse.get(f"/worksheets/{sheet}/print"))


def test_the_paper_is_a4_unless_letter_is_asked_for(nurse, sheet):
    for asked, sheets in (
        ("", "worksheet_a4_wide"),
        ("?paper=letter", "worksheet_letter_wide"),
        ("?paper=a0", "worksheet_a4_wide"),
    ):
        page = nurse.get(f"/worksheets/{sheet}/print{asked}").text
        assert f"{sheets}.css" in page
        assert nurse.get(f"/static/css/print/{sheets}.css").status_code == 200


def test_hostile_text_is_only_text(build, nurse, ward):
    sheet = a_sheet(build, ward, title=HOSTILE)
    step = a_row(build, sheet, "step", text=HOSTILE)
    mode = a_row(build, sheet, "mode", step, text=HOSTILE)
    cause = a_row(build, sheet, "cause", mode, text=HOSTILE, reason=HOSTILE)
    a_row(build, sheet, "control", cause, text=HOSTILE)
    page = nurse.get(f"/worksheets/{sheet}/print")
    assert page.status_code == 200 and "<script>alert" not in page.text
    assert page.text.count("&lt;script&gt;alert(1)") >= 5


def test_a_longer_sheet_takes_no_more_statements(app, build, nurse, sheet, made):
    def read():
        return nurse.get(f"/worksheets/{sheet}/print")

    read()
    short = statements(app, read)
    for _ in range(3):
        a_cause(build, sheet)
    assert statements(app, read) == short


def test_an_empty_form_has_lines_to_write_on_and_the_scale(nurse):
    page = nurse.get("/worksheets/blank/fmea")
    assert "Leads the team" in words(page) and "Found by chance only" in words(page)
    assert page.text.count("<td></td><td></td>") > 15


def test_a_form_of_no_known_kind_is_not_found(nurse):
    assert nurse.get("/worksheets/blank/horoscope").status_code == 404


def test_a_deleted_sheet_is_not_printed(app, nurse, sheet):
    with app.app_context():
        delete_sheet(by=SYSTEM, sheet_id=sheet, reason="Made twice")
    assert nurse.get(f"/worksheets/{sheet}/print").status_code == 404


def test_paper_is_one_step_away_from_where_a_sheet_is_read_listed_and_made(build, nurse, ward, sheet):
    assert f'href="/worksheets/{sheet}/print"' in nurse.get(f"/worksheets/{sheet}").text
    assert 'href="/worksheets/blank/fmea"' in nurse.get("/worksheets").text
    facilitator = build.signed_in(build.person("facilitator", ward))
    assert 'href="/worksheets/blank/fmea"' in facilitator.get("/worksheets/new").text
