"""Rows from a spreadsheet by a plain form: looked at, corrected, added as one, and what is refused stays."""

import re

import pytest

from qitracker.audit.queries import story
from tests.builders.worksheets import rows
from tests.web.browsing import TOKEN, heading, words

HEAD = "Step\tFailure mode\tEffect\tCause\tControl today\tS\tO\tD"
GOOD = "Hand over\tList lost\tDose missed\tNo cover\tPhone\t7\t4\t6"
HOSTILE = "<script>alert(1)</script> 🩺 \u202eمرحبا"


def fields_of(page) -> dict[str, str]:
    """Return what the form of the page would send without a change, the text as it was."""
    found = dict(re.findall(r'name="(token|cell-[\w-]+)" value="([^"]*)"', page.text))
    return found | {"csrf_token": TOKEN.search(page.text)[1]}


def paste(browser, sheet, text, *, deed="check", seen=None, **more):
    path = f"/worksheets/{sheet}/paste"
    seen = seen or browser.get(path)
    return browser.post(path, data={**fields_of(seen), "text": text, "deed": deed, **more})


def texts(build, sheet) -> set[str]:
    return {row.text("text") for row in rows(build, sheet).values()}


def test_the_preview_says_what_goes_where_and_adds_nothing_yet(build, nurse, sheet, made):
    before = texts(build, sheet)
    page = paste(nurse, sheet, f"{HEAD}\n{GOOD}")
    assert "One line can be added." in heading(page) and "adds 5 rows" in words(page)
    assert texts(build, sheet) == before


def test_all_good_rows_are_added_as_one_change_with_one_entry(app, build, nurse, sheet, made):
    after = nurse.get(f"/worksheets/{sheet}/changes?after=0").json["sequence"]
    done = paste(nurse, sheet, f"{HEAD}\n{GOOD}\n\t\t\tNight\tNone\t\t3\t10", deed="add")
    assert done.status_code == 303 and "2 lines are added." in words(nurse.get(done.location))
    news = nurse.get(f"/worksheets/{sheet}/changes?after={after}").json
    assert news["sequence"] == after + 1 and "List lost" in "".join(news["groups"].values())
    with app.app_context():
        told = [str(one.sentence) for one in story([("sheet", sheet)])]
    assert "Nell Nurse pasted 2 lines from a spreadsheet: 7 new rows." in told
    assert "7 × 4" in words(nurse.get(f"/worksheets/{sheet}"))


def test_refused_rows_stay_with_their_reason_and_are_added_once_corrected(build, nurse, sheet, made):
    page = paste(nurse, sheet, f"{HEAD}\n{GOOD}\nHand over\tLate\tDelay\tBusy\tNone\t11\t4\t10", deed="add")
    assert page.status_code == 422 and "One line is added." in words(page)
    assert "“11” is no score" in words(page) and "Late" not in texts(build, sheet)
    left = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page.text, re.S)[1]
    assert "List lost" not in left and "Late" in left
    done = paste(nurse, sheet, left, deed="add", seen=page, **{"cell-1-severity": "8"})
    assert done.status_code == 303 and "Late" in texts(build, sheet)


def test_a_double_click_pastes_once(build, nurse, sheet, made):
    seen = paste(nurse, sheet, f"{HEAD}\n{GOOD}")
    paste(nurse, sheet, f"{HEAD}\n{GOOD}", deed="add", seen=seen)
    count = len(rows(build, sheet))
    again = paste(nurse, sheet, f"{HEAD}\n{GOOD}", deed="add", seen=seen)
    assert again.status_code == 303 and len(rows(build, sheet)) == count


def test_rows_without_a_step_go_to_the_chosen_one_and_to_no_other_sheets(build, ward, nurse, sheet, made):
    from_mode = {"first": "mode", "below": str(made["step"])}
    assert paste(nurse, sheet, "List lost\tDelay", deed="add", **from_mode).status_code == 303
    added = next(row for row in rows(build, sheet).values() if row.text("text") == "List lost")
    assert added.parent_id == made["step"]
    for below in ("999999", "x", "99999999999999"):
        refused = paste(nurse, sheet, "Late\tDelay", deed="add", first="mode", below=below)
        assert refused.status_code == 422 and "Say which step" in words(refused)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no row in it"),
        ("\t\t\n \n", "There is no row in it"),
        ("\n".join(["Late\tDelay"] * 401), "These are 401 rows; 400 go in at once"),
        ("x" * 10_000, "10,000 characters long"),
        (f"{HEAD}\nAsk\tLate\tDelay\tBusy\tNone\t3.5\t0\toften", "“often” is no score"),
        (f"{HEAD}\nAsk\t\tDelay\tBusy\tNone\t3\t4\t5", "Say what can go wrong"),
        (f"{HEAD}\nAsk\tLate\tDelay\t\tNone\t3\t4\t5", "Write the cause"),
        ('"' * 3 + "\t" + '"', "has to be corrected"),
    ],
)
def test_bad_input_gets_a_sentence_and_adds_nothing(build, nurse, sheet, made, text, said):
    before = rows(build, sheet)
    page = paste(nurse, sheet, text, deed="add", first="mode" if text.startswith("x") else "")
    assert page.status_code == 422 and said in words(page)
    assert rows(build, sheet) == before


def test_formulas_scripts_and_other_scripts_of_the_world_stay_text(build, nurse, sheet, made):
    cells = ["=HYPERLINK(1)", HOSTILE, "+1", "@x", "-2"]
    text = f"{HEAD}\n" + "\t".join([*cells, "7", "4", "6"])
    assert "<script>alert" not in paste(nurse, sheet, text).text
    assert paste(nurse, sheet, text, deed="add").status_code == 303
    assert set(cells) <= texts(build, sheet)


def test_a_cell_number_that_is_no_row_breaks_nothing(nurse, sheet, made):
    odd = {"cell-99-step": "x", "cell-x-y": "x", "cell-": "x", "cell-1-nothing": "x", "cell-²-mode": "x"}
    assert paste(nurse, sheet, f"{HEAD}\n{GOOD}", **odd).status_code == 200


def test_a_column_that_is_not_taken_over_is_named(nurse, sheet, made):
    page = paste(nurse, sheet, "Step\tFailure mode\tOwner\nAsk\tLate\tNora")
    assert "Column “Owner” is not taken over" in words(page)


def test_a_full_sheet_says_so(app, nurse, sheet, made, monkeypatch):
    monkeypatch.setattr("qitracker.worksheets.commands.placing.MOST_ROWS", 6)
    page = paste(nurse, sheet, f"{HEAD}\n{GOOD}", deed="add")
    assert page.status_code == 422 and "A worksheet holds 6 rows" in words(page) and "List lost" in page.text


def test_another_units_sheet_is_not_there_and_a_leader_pastes_nothing(build, ward, sheet, made):
    stranger = build.signed_in(build.person("facilitator", build.unit("Elsewhere")))
    assert stranger.get(f"/worksheets/{sheet}/paste").status_code == 404
    leader = build.signed_in(build.person("leader", ward))
    assert leader.get(f"/worksheets/{sheet}/paste").status_code == 403
