"""The button that moves a worksheet on: told first what is missing, moved once by two clicks, taken back by one."""

import re

import pytest

from qitracker.worksheets.commands import move_sheet, rename_sheet
from qitracker.worksheets.queries import sheet_page
from qitracker.worksheets.rules.states import SheetState
from tests.builders.people import SYSTEM
from tests.builders.worksheets import a_row
from tests.web.browsing import send, words

ANALYSIS, REVIEW, CLOSED = SheetState.ANALYSIS, SheetState.REVIEW, SheetState.CLOSED


@pytest.fixture
def facilitator(build, ward):
    return build.signed_in(build.person("facilitator", ward))


def press(browser, sheet, words_on_button, *, page=None):
    """Press a button of the page that moves the sheet, with what its form holds."""
    shown = page or browser.get(f"/worksheets/{sheet}")
    forms = re.findall(r'<form[^>]*action="/worksheets/\d+/move">(.*?)</form>', shown.text, re.S)
    form = next(one for one in forms if words_on_button in one)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    return browser.post(f"/worksheets/{sheet}/move", data=fields)


def now(app, sheet):
    with app.app_context():
        return sheet_page(by=SYSTEM, sheet_id=sheet).state


def test_a_draft_is_begun_by_one_button_without_a_question(app, facilitator, sheet, made):
    done = press(facilitator, sheet, "Begin the analysis")
    assert done.status_code == 303 and now(app, sheet) is ANALYSIS
    assert "It is at work." in words(facilitator.get(done.location))


def test_what_is_missing_is_told_with_a_way_to_it_before_the_sheet_goes_to_review(app, build, facilitator, sheet, made):
    bare = a_row(build, sheet, "mode", made["step"], text="List lost")
    press(facilitator, sheet, "Begin the analysis")
    asked = facilitator.get(press(facilitator, sheet, "Send to review").location)
    assert now(app, sheet) is ANALYSIS and "2 things are still missing" in words(asked)
    assert "“List lost” has no cause yet" in words(asked) and f'href="/worksheets/{sheet}#row-{bare}"' in asked.text
    assert "“The patient is tired” needs an action" in words(asked)
    assert press(facilitator, sheet, "Send it anyway", page=asked).status_code == 303
    assert now(app, sheet) is REVIEW


def test_what_is_not_scored_is_missing_too(app, build, facilitator, sheet, made):
    a_row(build, sheet, "cause", made["mode"], text="Night")
    asked = words(facilitator.get(f"/worksheets/{sheet}/move?state=analysis"))
    assert "“Night” has no occurrence yet" in asked and "no control that finds “Night” has a detection yet" in asked


def test_nothing_missing_sends_it_at_once(app, build, facilitator, sheet, made):
    a_row(build, sheet, "control", made["cause"], text="Hard stop", kind="detection", detection=1)
    press(facilitator, sheet, "Begin the analysis")
    done = press(facilitator, sheet, "Send to review")
    assert done.location.endswith(f"/worksheets/{sheet}") and now(app, sheet) is REVIEW


def test_a_click_sent_twice_moves_it_once_and_tells_no_fault(app, facilitator, sheet, made):
    page = facilitator.get(f"/worksheets/{sheet}")
    first, second = (press(facilitator, sheet, "Begin the analysis", page=page) for _ in range(2))
    assert (first.status_code, second.status_code, now(app, sheet)) == (303, 303, ANALYSIS)
    assert "renamed or moved" not in words(facilitator.get(second.location))


def test_going_back_is_one_click_from_review_and_from_closed(app, facilitator, sheet, made):
    with app.app_context():
        move_sheet(by=SYSTEM, sheet_id=sheet, state=ANALYSIS, seen=1)
        move_sheet(by=SYSTEM, sheet_id=sheet, state=REVIEW, seen=2)
    press(facilitator, sheet, "Back to work")
    assert now(app, sheet) is ANALYSIS
    with app.app_context():
        move_sheet(by=SYSTEM, sheet_id=sheet, state=REVIEW, seen=4)
        move_sheet(by=SYSTEM, sheet_id=sheet, state=CLOSED, seen=5)
    press(facilitator, sheet, "Open it again")
    assert now(app, sheet) is ANALYSIS


def test_a_page_that_is_stale_gets_a_sentence_and_changes_nothing(app, facilitator, sheet, made):
    page = facilitator.get(f"/worksheets/{sheet}")
    with app.app_context():
        rename_sheet(by=SYSTEM, sheet_id=sheet, title="Renamed", seen=1)
    done = press(facilitator, sheet, "Begin the analysis", page=page)
    assert "renamed or moved this worksheet" in words(facilitator.get(done.location))
    assert now(app, sheet) is SheetState.DRAFT


@pytest.mark.parametrize("state", ["closed", "nonsense", "", "<b>"])
def test_a_state_that_cannot_be_or_is_none_breaks_nothing(app, facilitator, sheet, made, state):
    done = send(facilitator, f"/worksheets/{sheet}/move", seen_on=f"/worksheets/{sheet}", state=state, seen="1")
    assert done.status_code == 303
    shown = facilitator.get(done.location)
    assert ("cannot become" in words(shown)) == (state == "closed")


def test_who_may_not_move_it_sees_no_button_and_is_refused(nurse, sheet, made):
    assert "Begin the analysis" not in words(nurse.get(f"/worksheets/{sheet}"))
    done = send(nurse, f"/worksheets/{sheet}/move", seen_on=f"/worksheets/{sheet}", state="analysis", seen="1")
    assert done.status_code == 403
