"""What nobody means to send to a worksheet: each gets a sentence, nothing else is lost, nothing beyond is reached."""

import pytest

from qitracker.worksheets.commands import delete_sheet, move_sheet
from qitracker.worksheets.rules.states import SheetState
from tests.builders.people import SYSTEM
from tests.builders.worksheets import a_cause, a_row, a_sheet, rows
from tests.web.browsing import as_script, send, words
from tests.web.worksheets.test_sheet import HOSTILE, post, seen_of


@pytest.fixture
def beside(build, ward):
    """Return a second worksheet of the same ward, and its rows."""
    other = a_sheet(build, ward, title="Discharge")
    return other, a_cause(build, other)


@pytest.fixture
def elsewhere(build):
    """Return a worksheet of a unit that nobody here reaches, and its rows."""
    other = a_sheet(build, build.unit("Elsewhere"), title="Not yours")
    return other, a_cause(build, other)


def test_a_row_of_another_sheet_is_not_written_moved_removed_or_opened_by_its_address(
    build, nurse, sheet, made, beside
):
    other, theirs = beside
    before = rows(build, other)
    tried = [
        post(nurse, "cells", sheet, row=theirs["cause"], column="text", value="Mine", seen=1),
        post(nurse, f"rows/{theirs['mode']}/remove", sheet),
        post(nurse, f"rows/{theirs['mode']}/move", sheet, parent=made["step"]),
        post(nurse, f"rows/{made['mode']}/move", sheet, parent=theirs["step"]),
        post(nurse, "rows", sheet, section="cause", parent=theirs["mode"]),
        nurse.get(f"/worksheets/{sheet}/rows/{theirs['cause']}"),
    ]
    assert {one.status_code for one in tried} == {404}
    assert rows(build, other) == before


@pytest.mark.parametrize("path", ["", "/changes", "/steps", "/move", "/paste", "/settings", "/team", "/rows/{step}"])
def test_a_sheet_of_a_unit_beyond_reach_is_not_there(nurse, elsewhere, path):
    other, theirs = elsewhere
    page = nurse.get(f"/worksheets/{other}{path.format(step=theirs['step'])}")
    assert page.status_code == 404 and "Not yours" not in page.text


def test_a_step_cannot_hang_below_its_own_step(build, nurse, sheet, made):
    inner = a_row(build, sheet, "step", made["step"], text="Inner")
    for row, parent in ((made["step"], inner), (made["step"], made["step"])):
        refused = post(nurse, f"rows/{row}/move", sheet, parent=parent)
        assert refused.status_code == 422 and "below itself" in refused.json["detail"]


@pytest.mark.parametrize(
    ("row", "parent"), [("cause", "step"), ("control", "mode"), ("mode", "cause"), ("effect", "effect")]
)
def test_a_row_that_would_hang_below_the_wrong_kind_is_refused_with_what_it_needs(nurse, sheet, made, row, parent):
    refused = post(nurse, f"rows/{made[row]}/move", sheet, parent=made[parent])
    assert refused.status_code == 422 and refused.json["detail"].startswith(("Each", "A row"))


def test_who_types_while_the_sheet_is_deleted_keeps_the_words_and_is_told(app, nurse, sheet, made):
    headers = as_script(nurse, f"/worksheets/{sheet}")
    with app.app_context():
        delete_sheet(by=SYSTEM, sheet_id=sheet, reason="Made twice")
    assert "deleted this worksheet" in words(nurse.get(f"/worksheets/{sheet}"))
    typed = {"row": made["cause"], "column": "text", "value": "Late", "seen": 1}
    late = nurse.post(f"/worksheets/{sheet}/cells", json=typed, headers=headers)
    assert late.status_code == 404 and "copy it before you leave" in late.json["detail"]
    news = nurse.get(f"/worksheets/{sheet}/changes?after=0", headers={"Accept": "application/json"})
    assert news.status_code == 404 and "deleted this worksheet" in news.json["detail"]


def test_who_types_while_the_sheet_is_closed_is_told_what_to_do(app, nurse, sheet, made):
    with app.app_context():
        for seen, state in enumerate((SheetState.ANALYSIS, SheetState.REVIEW, SheetState.CLOSED), start=1):
            move_sheet(by=SYSTEM, sheet_id=sheet, state=state, seen=seen)
    refused = post(nurse, "cells", sheet, row=made["cause"], column="text", value="Late", seen=1)
    assert refused.status_code == 422 and "Open it again" in refused.json["detail"]
    assert post(nurse, "rows", sheet, section="step").status_code == 422
    assert nurse.get(f"/worksheets/{sheet}/paste").status_code == 422


def test_ten_thousand_characters_in_a_plain_form_are_refused_beside_the_field_and_kept(build, nurse, sheet, made):
    path = f"/worksheets/{sheet}/rows/{made['effect']}"
    long = "y" * 10_000
    refused = send(nurse, path, text=long, on="patient", severity="9", **seen_of(nurse, path))
    assert refused.status_code == 422 and "10,000 characters long" in words(refused) and long in refused.text
    assert rows(build, sheet)[made["effect"]].score("severity") == 9  # the other field is saved


@pytest.mark.parametrize("severity", ["0", "11", "3.5", "often"])
def test_a_plain_form_refuses_what_is_no_score_in_our_words(build, nurse, sheet, made, severity):
    path = f"/worksheets/{sheet}/rows/{made['effect']}"
    refused = send(nurse, path, text="Clot", on="patient", severity=severity, **seen_of(nurse, path))
    assert refused.status_code == 422 and "Choose from those offered" in words(refused)
    assert rows(build, sheet)[made["effect"]].score("severity") == 7


@pytest.mark.parametrize("section", ["step", "mode", "effect", "cause", "control"])
def test_hostile_words_stay_words_on_every_page_of_the_sheet(build, ward, nurse, sheet, made, section):
    facilitator = build.signed_in(build.person("facilitator", ward))
    saved = post(nurse, "cells", sheet, row=made[section], column="text", value=HOSTILE, seen=1)
    drawn = "".join([*saved.json["groups"].values(), saved.json["side"], saved.json["head"], saved.json["process"]])
    assert saved.status_code == 200 and "<script>alert" not in drawn and "🩺" in drawn
    for path in ("", f"/rows/{made[section]}", "/paste", "/move?state=analysis"):
        page = facilitator.get(f"/worksheets/{sheet}{path}")
        assert page.status_code == 200 and "<script>alert" not in page.text


def test_an_action_to_a_row_beyond_reach_is_not_offered_or_kept(build, ward, elsewhere):
    _, theirs = elsewhere
    officer = build.signed_in(build.person("quality_officer", ward))
    page = officer.get(f"/actions/new?answers=row:{theirs['cause']}")
    assert "The patient is tired" not in page.text and "Not yours" not in page.text
