"""The page of a root cause analysis: empty it says how to begin, full it shows every part, hostile words stay words."""

import pytest

from qitracker.links.rules import Ref
from qitracker.worksheets.commands import make_sheet
from tests.builders.actions import an_action
from tests.builders.people import SYSTEM
from tests.builders.worksheets import a_row, rows
from tests.web.browsing import as_script, heading, send, words
from tests.web.counting import statements

HOSTILE = "<script>alert(1)</script> 🩺 \u202eمرحبا"


@pytest.fixture
def analysis(build, ward):
    with build._inside():
        return make_sheet(by=SYSTEM, kind="rca", unit_id=ward.id, title="Anticoagulant not restarted")


@pytest.fixture
def event(build, analysis):
    return next(row.id for row in rows(build, analysis).values() if row.section == "event")


@pytest.fixture
def causes(build, analysis):
    """Two causes, the second behind the first and a root cause."""
    first = a_row(build, analysis, "why", text="No restart day on the chart", area="task")
    return first, a_row(build, analysis, "why", first, text="A pause has no end", area="equipment", root="yes")


def post(browser, path, sheet, **members):
    page = f"/worksheets/{sheet}"
    return browser.post(f"{page}/{path}", json=members, headers=as_script(browser, page))


def saved(browser, sheet, row, column, value, seen=0):
    return post(browser, "cells", sheet, row=row, column=column, value=value, seen=seen)


def test_an_analysis_is_made_from_the_form_with_its_event_and_says_how_to_begin(build, ward):
    facilitator = build.signed_in(build.person("facilitator", ward))
    done = send(facilitator, "/worksheets/new", title="Fall at night", kind="rca", unit="ward")
    page = facilitator.get(done.location)
    assert "begin with what happened" in heading(page)
    assert "It draws itself from the causes" in words(page)
    assert "Nurse not in the team yet" in words(page)
    assert "Before review 0 of 7" in words(page)


def test_the_sentence_says_what_happened_and_how_far_the_team_is(build, nurse, analysis, event, causes):
    saved(nurse, analysis, event, "text", "Anticoagulant off for four days")
    a_row(build, analysis, "statement", causes[1], text="Poor design", effect="no end", event="it stayed off")
    said = heading(nurse.get(f"/worksheets/{analysis}"))
    assert said == "Anticoagulant off for four days. The team has one root cause; one statement needs work."


def test_a_cause_without_an_area_is_named_below_the_fishbone_that_cannot_show_it(build, nurse, analysis, causes):
    assert "no area yet" not in words(nurse.get(f"/worksheets/{analysis}"))
    a_row(build, analysis, "why", text="Nobody asked")
    assert "1 cause is not drawn, for it has no area yet: Nobody asked" in words(nurse.get(f"/worksheets/{analysis}"))


def test_harm_and_safety_code_name_their_scale_beside_them(nurse, analysis, event):
    for column, value in {
        "harm": "ncc_merp1.F",
        "severity_actual": "va1.major",
        "severity_potential": "va1.catastrophic",
        "probability": "va1.uncommon",
    }.items():
        assert saved(nurse, analysis, event, column, value).status_code == 200
    told = words(nurse.get(f"/worksheets/{analysis}"))
    assert "F: temporary harm, admission or a longer stay (NCC MERP index, for medication events)" in told
    assert "VA safety assessment code, 3 is the worst: 2 actual, 3 potential" in told


def test_a_close_call_takes_no_actual_severity_and_says_why(nurse, analysis, event):
    saved(nurse, analysis, event, "reached", "close_call")
    done = saved(nurse, analysis, event, "severity_actual", "va1.major")
    assert done.status_code == 422 and "close call" in done.json["detail"]


def test_a_statement_is_marked_where_a_rule_finds_something_and_clear_when_it_is_mended(build, nurse, analysis, causes):
    row = a_row(build, analysis, "statement", causes[1], text="Inadequate cover", effect="no check", event="it was off")
    drawn = saved(nurse, analysis, row, "effect", "nobody looked", seen=1).json["statements"]
    assert '<mark class="q-mark">Inadequate</mark>' in drawn and "Rule 2 of 5" in drawn
    drawn = saved(nurse, analysis, row, "text", "Cover ends at 17:00", seen=1).json["statements"]
    assert "None of the five rules finds anything to improve." in drawn and "q-mark" not in drawn


def test_two_people_finish_a_statement_together_and_one_word_is_never_lost(build, nurse, doctor, analysis, causes):
    row = a_row(build, analysis, "statement", causes[1])
    assert saved(nurse, analysis, row, "text", "The order has no end").status_code == 200
    assert saved(doctor, analysis, row, "event", "it stayed off").status_code == 200
    clash = saved(doctor, analysis, row, "text", "The pause has no end")
    assert clash.status_code == 409 and clash.json["theirs"] == "The order has no end"
    seen = nurse.get(f"/worksheets/{analysis}/changes?after=0").json
    assert "it stayed off" in seen["statements"]


def test_what_cannot_be_is_refused_with_a_sentence(build, nurse, analysis, event, causes):
    alone = post(nurse, "rows", analysis, section="statement", parent=None)
    assert alone.status_code == 422 and "needs a cause above it" in alone.json["detail"]
    second = post(nurse, "rows", analysis, section="event", parent=None)
    assert second.status_code == 422 and "already" in second.json["detail"]
    assert post(nurse, f"rows/{event}/remove", analysis).status_code == 422
    circle = post(nurse, f"rows/{causes[0]}/move", analysis, parent=causes[1], after=None)
    assert circle.status_code == 422 and "below itself" in circle.json["detail"]
    moment = a_row(build, analysis, "moment")
    when = saved(nurse, analysis, moment, "at", "last Tuesday")
    assert when.status_code == 422 and "is no moment" in when.json["detail"]
    long = saved(nurse, analysis, causes[0], "text", "x" * 10_000)
    assert long.status_code == 422 and "characters long" in long.json["detail"]


def test_a_click_sent_twice_adds_one_row(build, nurse, analysis):
    for _ in range(2):
        post(nurse, "rows", analysis, section="why", parent=None, token="one-click")
    assert sum(row.section == "why" for row in rows(build, analysis).values()) == 1


def test_hostile_words_stay_words_in_every_part(build, nurse, analysis, event, causes):
    for column in ("text", "story", "expected", "place"):
        saved(nurse, analysis, event, column, HOSTILE)
    moment = a_row(build, analysis, "moment", text=HOSTILE, source=HOSTILE, at="2026-10-19", expected=HOSTILE)
    saved(nurse, analysis, causes[0], "evidence", HOSTILE)
    saved(nurse, analysis, causes[0], "text", HOSTILE, seen=1)
    a_row(build, analysis, "statement", causes[1], text=HOSTILE, effect="poor " + HOSTILE, event=HOSTILE)
    page = nurse.get(f"/worksheets/{analysis}")
    assert moment and page.status_code == 200
    assert "<script>alert" not in page.text and page.text.count("🩺") > 8


def test_actions_stand_in_the_plan_and_what_is_still_open_in_them(build, nurse, ward, analysis, causes):
    owner = build.person("team_member", ward)
    an_action(build, ward, owner.id, title="A pause must carry an end", answers=Ref("row", str(causes[1])))
    told = words(nurse.get(f"/worksheets/{analysis}"))
    assert "A pause must carry an end" in told
    assert "No measure judges “A pause must carry an end”." in told
    assert "Root cause A has no action" not in told


def test_the_page_takes_as_many_statements_however_long_it_is(build, app, nurse, analysis, causes):
    page = f"/worksheets/{analysis}"
    few = statements(app, lambda: nurse.get(page))
    for at in range(20):
        why = a_row(build, analysis, "why", causes[0], text=f"Why {at}", root="yes", area="staff")
        a_row(build, analysis, "statement", why, text=f"Cause {at}")
        a_row(build, analysis, "moment", text=f"Moment {at}")
    assert statements(app, lambda: nurse.get(page)) == few


def test_each_row_can_be_written_as_a_plain_form(nurse, analysis, event, causes):
    for row in (event, *causes):
        assert nurse.get(f"/worksheets/{analysis}/rows/{row}").status_code == 200
    done = send(nurse, f"/worksheets/{analysis}/rows/{event}", text="Bag given twice", harm="ahrq1.mild", at="soon")
    assert done.status_code == 422 and "is no moment" in words(done) and "Bag given twice" in done.text
