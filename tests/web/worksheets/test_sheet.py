"""What the page of a worksheet sends and gets: cells, rows, changes; and the same without JavaScript."""

import re
from datetime import date

import pytest

from qitracker.actions.rules import ActionState
from qitracker.links.rules import Ref
from qitracker.worksheets.commands import make_sheet
from qitracker.worksheets.rules.states import SheetState
from tests.builders.actions import an_action, moved
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM
from tests.builders.results import a_series
from tests.builders.worksheets import rows
from tests.web.browsing import as_script, heading, send, words

HOSTILE = "<script>alert(1)</script> 🩺 \u202eمرحبا"


def post(browser, path, sheet, **members):
    page = f"/worksheets/{sheet}"
    return browser.post(f"{page}/{path}", json=members, headers=as_script(browser, page))


def test_a_new_worksheet_is_made_from_its_form_and_opens(build, ward):
    facilitator = build.signed_in(build.person("facilitator", ward))
    done = send(facilitator, "/worksheets/new", title="Discharge letters", kind="fmea", unit="ward")
    assert done.status_code == 303
    page = facilitator.get(done.location)
    assert page.status_code == 200 and "Discharge letters" in words(page)


def test_a_worksheet_without_a_title_is_refused_beside_the_field(build, ward):
    facilitator = build.signed_in(build.person("facilitator", ward))
    done = send(facilitator, "/worksheets/new", title="  ", kind="fmea", unit="ward")
    assert done.status_code == 422 and "Give the worksheet a title" in words(done)


def test_the_sentence_says_how_many_causes_need_action_first(nurse, sheet, made):
    assert "The one cause needs action first" in heading(nurse.get(f"/worksheets/{sheet}"))


def test_a_saved_cell_comes_back_with_its_step_drawn_anew(nurse, sheet, made):
    done = post(nurse, "cells", sheet, row=made["effect"], column="severity", value="9", seen=1)
    assert done.status_code == 200
    assert list(done.json["groups"]) == [str(made["step"])] and "315" in done.json["groups"][str(made["step"])]


def test_two_people_in_one_cell_see_both_values_and_who(nurse, doctor, sheet, made):
    post(nurse, "cells", sheet, row=made["cause"], column="occurrence", value="8", seen=1)
    clash = post(doctor, "cells", sheet, row=made["cause"], column="occurrence", value="6", seen=1)
    assert clash.status_code == 409
    assert (clash.json["mine"], clash.json["theirs"], clash.json["by"]) == ("6", "8", "Nell Nurse")


@pytest.mark.parametrize("value", ["0", "11", "3.5", "often", HOSTILE])
def test_what_is_no_score_gets_a_sentence(nurse, sheet, made, value):
    done = post(nurse, "cells", sheet, row=made["effect"], column="severity", value=value, seen=1)
    assert done.status_code == 422 and "from 1" in done.json["detail"]


@pytest.mark.parametrize(
    "members",
    [{}, {"row": "1"}, {"row": True, "column": "text", "value": "x", "seen": 0},
     {"row": -1, "column": "text", "value": "x", "seen": 0}, {"row": 1, "column": ["text"], "value": "x", "seen": 0},
     {"row": 1, "column": "text", "value": {"a": 1}, "seen": 0},
     {"row": 2**40, "column": "text", "value": "", "seen": 0}],
)  # fmt: skip
def test_what_no_page_would_send_is_refused_and_breaks_nothing(nurse, sheet, made, members):
    assert post(nurse, "cells", sheet, **members).status_code in (404, 422)


def test_a_script_in_a_cell_is_shown_as_it_was_typed(nurse, sheet, made):
    done = post(nurse, "cells", sheet, row=made["cause"], column="text", value=HOSTILE, seen=1)
    assert done.status_code == 200 and "<script>alert" not in done.json["groups"][str(made["step"])]
    page = nurse.get(f"/worksheets/{sheet}")
    assert "<script>alert" not in page.text and "🩺" in page.text


def test_a_poll_tells_what_changed_and_who_is_here(nurse, doctor, sheet, made):
    seen = nurse.get(f"/worksheets/{sheet}/changes?after=0&alone=1").json["sequence"]
    assert nurse.get(f"/worksheets/{sheet}/changes?after={seen}&alone=1").status_code == 204
    post(doctor, "cells", sheet, row=made["cause"], column="text", value="Night", seen=1)
    doctor.get(f"/worksheets/{sheet}/changes?after={seen}&row={made['cause']}&column=occurrence")
    news = nurse.get(f"/worksheets/{sheet}/changes?after={seen}").json
    assert "Night" in news["groups"][str(made["step"])]
    assert [(one["name"], one["row"]) for one in news["here"]] == [("Dora Doctor", made["cause"])]


def test_rows_are_added_removed_and_brought_back(build, nurse, sheet, made):
    added = post(nurse, "rows", sheet, section="cause", parent=made["mode"], token="t1")
    again = post(nurse, "rows", sheet, section="cause", parent=made["mode"], token="t1")
    assert added.status_code == 200 and added.json["row"] == again.json["row"]
    assert post(nurse, f"rows/{made['mode']}/remove", sheet).status_code == 200
    assert made["cause"] not in rows(build, sheet)
    assert post(nurse, f"rows/{made['mode']}/restore", sheet).status_code == 200
    assert made["cause"] in rows(build, sheet)


def test_a_cause_without_a_mode_gets_a_sentence(nurse, sheet, made):
    done = post(nurse, "rows", sheet, section="cause")
    assert done.status_code == 422 and "needs a failure mode" in done.json["detail"]


def test_a_row_is_written_by_a_plain_form_too(build, nurse, sheet, made):
    path = f"/worksheets/{sheet}/rows/{made['effect']}"
    done = send(nurse, path, text="Bleeding", on="patient", severity="9", **seen_of(nurse, path))
    assert done.status_code == 303
    assert rows(build, sheet)[made["effect"]].text("text") == "Bleeding"


def test_a_plain_form_that_is_stale_keeps_what_was_typed_and_shows_theirs(nurse, doctor, sheet, made):
    path = f"/worksheets/{sheet}/rows/{made['effect']}"
    seen = seen_of(nurse, path)
    post(doctor, "cells", sheet, row=made["effect"], column="text", value="Bleeding", seen=1)
    done = send(nurse, path, text="Clot", on="patient", severity="7", **seen)
    assert done.status_code == 422
    assert "Dora Doctor wrote “Bleeding”" in words(done) and "Clot" in done.text


def test_another_units_sheet_is_not_there_and_a_leader_writes_nothing(build, ward, sheet, made):
    stranger = build.signed_in(build.person("facilitator", build.unit("Elsewhere")))
    assert stranger.get(f"/worksheets/{sheet}").status_code == 404
    leader = build.signed_in(build.person("leader", ward))
    assert post(leader, "cells", sheet, row=made["step"], column="text", value="x", seen=1).status_code == 403


def test_a_sheet_moves_on_and_is_deleted_with_a_reason(build, ward, sheet, made):
    facilitator = build.signed_in(build.person("facilitator", ward))
    path = f"/worksheets/{sheet}/settings"
    assert send(facilitator, path, title="Admission", state=SheetState.ANALYSIS.value, seen="1").status_code == 303
    refused = send(facilitator, f"/worksheets/{sheet}/delete", seen_on=path, reason=" ")
    assert refused.status_code == 422 and "Say why it is deleted" in words(refused)
    assert send(facilitator, f"/worksheets/{sheet}/delete", seen_on=path, reason="Made twice").status_code == 303
    assert facilitator.get(f"/worksheets/{sheet}").status_code == 404


def test_the_states_on_offer_begin_with_a_capital(build, ward, sheet, made):
    facilitator = build.signed_in(build.person("facilitator", ward))
    page = facilitator.get(f"/worksheets/{sheet}/settings").text
    select = page[page.index('name="state"') :].split("</select>")[0]
    assert re.findall(r">([^<>\n]+)</option>", select) == ["Draft", "At work"]


def test_a_sheet_goes_all_the_way_to_closed_and_opens_again(build, ward, sheet, made):
    facilitator = build.signed_in(build.person("facilitator", ward))
    path = f"/worksheets/{sheet}/settings"
    for seen, state in enumerate(("analysis", "review", "closed", "analysis"), start=1):
        assert send(facilitator, path, title="Admission medicines", state=state, seen=str(seen)).status_code == 303
    stale = send(facilitator, path, title="Admission", state="analysis", seen="1")
    assert stale.status_code == 422 and "renamed or moved" in words(stale)
    empty = send(facilitator, path, title=" ", state="analysis", seen="5")
    assert empty.status_code == 422 and "Give the worksheet a title" in words(empty)


def seen_of(browser, path) -> dict[str, str]:
    """Return the versions that the plain form was made from."""
    return dict(re.findall(r'name="(seen_\w+)"[^>]*value="(\d+)"', browser.get(path).text))


def test_the_team_is_chosen_on_a_page_and_stands_beside_the_process(build, ward, sheet, made):
    nurse = build.person("team_member", ward, name="Nora Night")
    facilitator = build.signed_in(build.person("facilitator", ward))
    done = send(facilitator, f"/worksheets/{sheet}/team", people=[str(nurse.id)], leader=str(nurse.id))
    assert done.status_code == 303
    assert "Nora Night" in words(facilitator.get(done.location))


def test_an_action_that_was_dropped_answers_nothing(build, ward, sheet, made):
    officer = build.person("quality_officer", ward)
    browser = build.signed_in(officer)
    action_id = an_action(build, ward, officer.id, answers=Ref("row", str(made["cause"])))
    assert "it has an action or a reason" in heading(browser.get(f"/worksheets/{sheet}"))
    moved(build, action_id, ActionState.DROPPED, reason="Another way")
    assert "one has no action yet" in heading(browser.get(f"/worksheets/{sheet}"))


def test_a_sheet_leads_back_to_the_series_it_studies(app, build, ward, nurse):
    measured = a_measure(build, build.organisation(), [ward], begins=date(2025, 1, 1))
    series = Ref(*a_series(build, ward, measured, [(78, 100)] * 3, first=date(2025, 1, 1)).subject)
    with app.app_context():
        studying = make_sheet(by=SYSTEM, kind="fmea", unit_id=ward.id, title="Pain", answers=series)
    page = nurse.get(f"/worksheets/{studying}")
    assert "Studies Pain assessed, Ward" in words(page) and f'href="/measures/{measured.slug}/units/ward"' in page.text
