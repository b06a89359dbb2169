"""Pages of actions as people use them: the register, one action, writing, moving, and what is refused."""

from datetime import date, timedelta

import pytest

from qitracker.foundation import clock
from qitracker.foundation.permissions import Role
from qitracker.links import registry
from qitracker.links.rules import Linked
from tests.builders.actions import an_action, the_action
from tests.builders.measures import a_benchmark, a_measure, a_target
from tests.builders.results import a_series, key_of
from tests.builders.worksheets import a_cause, a_sheet
from tests.web.browsing import heading, send, words
from tests.web.counting import statements
from tests.web.hostile import BREAKOUT, SCRIPT

TODAY = clock.today("Europe/London")
LATE, DUE = TODAY - timedelta(days=9), TODAY + timedelta(days=10)
LOW = [*[(78, 100), (82, 100)] * 9, *[(66, 100)] * 7]


@pytest.fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@pytest.fixture
def officer(build, ward):
    return build.person(Role.QUALITY_OFFICER, name="Ben Moor")


@pytest.fixture
def owner(build, ward):
    return build.person(Role.TEAM_MEMBER, ward, name="Ada Hill")


@pytest.fixture
def browser(build, officer):
    return build.signed_in(officer)


def typed(owner, **changes) -> dict[str, str]:
    """Return the form of an action as it is sent."""
    form = {"title": "Lock the drawer", "type": "engineering_control_forcing_function", "owner_id": str(owner.id)}
    return form | {"due": DUE.isoformat(), "judged_by": "", "detail": ""} | changes


def test_an_empty_register_says_what_comes_here_and_offers_the_first_step(build, ward, browser):
    page = browser.get("/actions")
    assert heading(page) == "No action is kept yet."
    assert "Add the first action." in words(page)
    reader = build.signed_in(build.person(Role.LEADER, ward)).get("/actions")
    assert "Quality officers and facilitators add them" in words(reader)
    assert "/actions/new" not in reader.text


def test_an_action_is_written_from_the_choice_of_a_unit_to_its_page(build, ward, owner, browser):
    assert 'value="ward"' in browser.get("/actions/new").text
    form = browser.get("/actions/new?unit=ward").text
    assert '<optgroup label="Stronger">' in form
    assert "Ada Hill" in form
    answer = send(browser, "/actions/new?unit=ward", **typed(owner, detail="With a key"))
    assert answer.status_code == 303
    page = browser.get(answer.location)
    assert heading(page) == f"Lock the drawer: planned, due {DUE.day} {DUE:%b %Y}."
    for said in ("The error can no longer be made", "Stronger", "With a key", "No measure judges this action yet."):
        assert said in words(page)


def test_a_form_with_mistakes_comes_back_with_what_was_typed_and_what_to_do(ward, owner, browser):
    answer = send(browser, "/actions/new?unit=ward", **typed(owner, title="", due="2026-02-30", type="prayer"))
    assert answer.status_code == 422
    for said in ("Say in a few words what is done.", "There is no such day.", "Choose from those offered."):
        assert said in words(answer)
    assert 'value="2026-02-30"' in answer.text


def test_the_register_lists_overdue_first_with_its_mark_and_filters_by_address(build, ward, owner, browser):
    an_action(build, ward, owner.id, title="In time", due=DUE)
    an_action(build, ward, owner.id, title="Too late", due=LATE, type="training")
    page = browser.get("/actions")
    assert heading(page) == "2 actions are open, and 1 is overdue."
    assert page.text.index("Too late") < page.text.index("In time")
    assert "9 days late" in words(page)
    weaker = words(browser.get("/actions?strength=weaker"))
    assert "Too late" in weaker
    assert "In time" not in weaker
    assert "No action of this kind." in words(browser.get("/actions?mine=1"))
    assert "Too late" in words(build.signed_in(owner).get("/actions?mine=1&state=overdue"))
    assert browser.get("/actions?unit=nowhere").status_code == 404
    for odd in ("state=x", "strength=x", "page=²", "page=0", "page=99999999"):
        assert browser.get(f"/actions?{odd}").status_code == 200


def test_the_mix_stands_beside_the_published_ones_and_gives_shares_from_ten_on(build, ward, owner, browser):
    for number in range(9):
        an_action(build, ward, owner.id, title=f"Action {number}", type="training" if number % 3 else "redundancy")
    page = words(browser.get("/actions"))
    for said in ("Hibbert 2018, Victoria, Australia", "Kwok 2020, Hong Kong", "82 %", "72 % of the analyses"):
        assert said in page
    assert "too few for shares" in page
    an_action(build, ward, owner.id)
    assert "6 (60 %)" in words(browser.get("/actions"))


def test_an_action_shows_the_sentence_line_and_target_of_the_measure_that_judges_it(build, ward, owner, browser):
    measured = a_measure(build, build.organisation(), [ward], begins=date(2016, 1, 1))
    a_benchmark(build, measured, a_target(90.0, effective_from=date(2016, 1, 1)))
    first = date(TODAY.year - 2, TODAY.month, 1)
    a_series(build, ward, measured, LOW[1:], first=first)
    action_id = an_action(build, ward, owner.id, judged_by=key_of(ward, measured))
    page = browser.get(f"/actions/{action_id}")
    assert "Pain assessed. Lower since" in words(page)
    assert "66.0 % (n 100)" in words(page)
    assert "Target ≥ 90.0 %" in words(page)
    assert 'class="q-spark"' in page.text
    assert 'href="/measures/pain-assessed/units/ward"' in page.text
    register = browser.get("/actions")
    assert "Lower since" in words(register)
    assert 'class="q-spark"' in register.text


def test_the_form_offers_measures_with_results_of_the_unit_and_above(build, ward, owner, browser):
    beside = build.unit("Beside", below=build.site("South"))
    measured = a_measure(build, build.organisation(), [ward], begins=date(2016, 1, 1))
    other = a_measure(build, build.organisation(), [beside], begins=date(2016, 1, 1), title="Elsewhere measured")
    for unit, one in ((ward, measured), (beside, other)):
        a_series(build, unit, one, LOW, first=date(2024, 3, 1))
    form = browser.get("/actions/new?unit=ward").text
    assert f'value="{key_of(ward, measured).subject[1]}"' in form
    assert '<optgroup label="Ward">' in form
    assert '<optgroup label="North">' in form
    assert f'value="{key_of(beside, other).subject[1]}"' not in form
    refused = send(browser, "/actions/new?unit=ward", **typed(owner, judged_by=key_of(beside, other).subject[1]))
    assert refused.status_code == 422


def test_an_action_that_answers_something_says_so_on_the_form_and_afterwards(ward, owner, browser, monkeypatch):
    def describe(ids, by):
        return {one: Linked("row", one, "Dose given twice", f"/worksheets/{one}", "Cause 3", "") for one in ids}

    monkeypatch.setitem(registry._kinds, "row", describe)
    chooser = browser.get("/actions/new?answers=row:12")
    assert 'value="row:12"' in chooser.text
    path = "/actions/new?unit=ward&answers=row:12"
    assert "Dose given twice" in words(browser.get(path))
    answer = send(browser, path, **typed(owner))
    assert "Dose given twice" in words(browser.get(answer.location))
    assert 'href="/worksheets/12"' in browser.get("/actions").text


def test_an_action_to_a_line_of_a_worksheet_is_done_in_the_unit_of_that_sheet(build, ward, owner, browser):
    build.unit("Elsewhere", below=build.site("South"))
    row = a_cause(build, a_sheet(build, ward))["cause"]
    path = f"/actions/new?answers=row:{row}"
    page = browser.get(path)
    assert "It is done in Ward." in words(page)
    assert 'name="unit"' not in page.text
    mistaken = send(browser, path, **typed(owner, title=""))
    assert mistaken.status_code == 422
    assert "Say in a few words what is done." in words(mistaken)
    answer = send(browser, path, **typed(owner))
    assert answer.status_code == 303
    saved = words(browser.get(answer.location))
    assert "Lock the drawer" in saved and "The patient is tired" in saved and "Ward" in saved
    assert 'name="unit"' in browser.get(f"{path}&elsewhere=1").text


def test_a_form_sent_without_a_unit_says_that_nothing_is_saved(ward, owner, browser):
    answer = send(browser, "/actions/new", **typed(owner))
    assert answer.status_code == 422
    assert "Nothing is saved yet: say first in which unit the action is done." in words(answer)


@pytest.mark.parametrize("answers", ["row", ":", "row:", "episode:999", "nothing:1", "episode:x", "x" * 300])
def test_what_is_not_there_cannot_be_answered(ward, browser, answers):
    assert browser.get("/actions/new", query_string={"unit": "ward", "answers": answers}).status_code == 404


def test_a_step_is_saved_and_told(build, ward, owner, browser):
    action_id = an_action(build, ward, owner.id)
    here = f"/actions/{action_id}"
    answer = send(browser, f"{here}/move", seen_on=here, state="done", done_on=LATE.isoformat(), reason="")
    assert answer.status_code == 303
    page = words(browser.get(here))
    assert "It is done. Its measure will tell whether it worked." in page
    assert f"Ben Moor marked “Lock the drawer” as done on {LATE.day} {LATE:%b %Y}." in page
    assert f"done on {LATE.day} {LATE:%b %Y}." in page


def test_dropping_without_a_reason_and_a_day_to_come_are_refused_beside_their_field(build, ward, owner, browser):
    here = f"/actions/{an_action(build, ward, owner.id)}"
    dropped = send(browser, f"{here}/move", seen_on=here, state="dropped", reason="")
    assert dropped.status_code == 422
    assert "Say why the action is dropped" in words(dropped)
    soon = send(browser, f"{here}/move", seen_on=here, state="done", done_on=DUE.isoformat())
    assert soon.status_code == 422
    assert "is still to come" in words(soon)
    odd = send(browser, f"{here}/move", seen_on=here, state="vanished")
    assert odd.status_code == 422
    assert "Choose from those offered." in words(odd)


def test_a_stale_change_shows_both_values_and_the_next_save_keeps_ones_own(build, ward, owner, browser):
    action_id = an_action(build, ward, owner.id)
    path = f"/actions/{action_id}/edit"
    send(browser, path, **typed(owner, title="Lock the cupboard"))
    stale = send(browser, path, **typed(owner, title="Lock the room", seen="1"))
    assert stale.status_code == 409
    for said in ("Somebody else changed this action meanwhile.", "Lock the cupboard", "Lock the room", "Take theirs"):
        assert said in words(stale)
    assert "Ben Moor" in words(stale)
    assert the_action(build, action_id).title == "Lock the cupboard"
    assert 'name="seen" type="hidden" value="2"' in stale.text
    kept = send(browser, path, **typed(owner, title="Lock the room", seen="2"))
    assert kept.status_code == 303
    assert the_action(build, action_id).title == "Lock the room"


def test_a_stale_step_shows_where_it_stands_and_what_was_wanted(build, ward, owner, browser):
    here = f"/actions/{an_action(build, ward, owner.id)}"
    send(browser, f"{here}/move", seen_on=here, state="running")
    stale = send(browser, f"{here}/move", seen_on=here, state="dropped", reason="No use", seen="1")
    assert stale.status_code == 409
    assert "It stands at Running" in words(stale)
    assert "You wanted Dropped" in words(stale)
    assert "No use" in stale.text


def test_others_are_kept_out_and_readers_are_offered_no_deed(build, ward, owner):
    action_id = an_action(build, ward, owner.id)
    beyond = build.signed_in(build.person(Role.QUALITY_OFFICER, build.site("South")))
    for path in (f"/actions/{action_id}", f"/actions/{action_id}/edit", "/actions/new?unit=ward"):
        assert beyond.get(path).status_code == 404
    leader = build.signed_in(build.person(Role.LEADER, ward))
    page = leader.get(f"/actions/{action_id}")
    assert page.status_code == 200
    assert "Next step" not in words(page)
    assert f"/actions/{action_id}/edit" not in page.text
    assert leader.get(f"/actions/{action_id}/edit").status_code == 403
    assert leader.get("/actions/new?unit=ward").status_code == 403
    refused = send(leader, f"/actions/{action_id}/move", seen_on="/me", state="running", seen="1")
    assert refused.status_code == 403


def test_the_owner_moves_an_action_from_its_page(build, ward, owner):
    here = f"/actions/{an_action(build, ward, owner.id)}"
    browser = build.signed_in(owner)
    assert "Next step" in words(browser.get(here))
    assert send(browser, f"{here}/move", seen_on=here, state="running").status_code == 303


def test_hostile_words_come_back_as_words_everywhere(build, ward, owner, browser):
    action_id = an_action(build, ward, owner.id, title=SCRIPT, detail=BREAKOUT, due=LATE)
    send(browser, f"/actions/{action_id}/edit", **typed(owner, title=BREAKOUT, detail="{{ 7 * 7 }} %(x)s {actor}"))
    for path in ("/actions", f"/actions/{action_id}", f"/actions/{action_id}/edit"):
        page = browser.get(path)
        assert page.status_code == 200
        assert "<script>qi" not in page.text
        assert "<img src=x" not in page.text
    assert "{{ 7 * 7 }} %(x)s {actor}" in words(browser.get(f"/actions/{action_id}"))


def test_a_file_holds_what_the_address_asks_for_and_no_text_runs_in_a_spreadsheet(build, ward, owner, browser):
    an_action(build, ward, owner.id, title="=1+1", due=LATE)
    an_action(build, ward, owner.id, title="Later", due=DUE)
    answer = browser.get("/actions/register.csv?state=overdue")
    assert answer.headers["Content-Disposition"] == "attachment; filename=actions.csv"
    lines = answer.get_data().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Number,Action,Unit,Kind,Strength,Owner,Due,State,Days overdue")
    assert len(lines) == 2
    assert (
        f",'=1+1,Ward,Make the wrong step impossible: interlock or forcing function,Stronger,Ada Hill,{LATE}"
        in lines[1]
    )
    book = browser.get("/actions/register.xlsx")
    assert book.status_code == 200
    assert book.data.startswith(b"PK")


def test_pages_take_a_fixed_number_of_statements(app, build, ward, owner, browser):
    action_id = an_action(build, ward, owner.id, answers=None)
    few = {path: statements(app, lambda path=path: browser.get(path)) for path in ("/actions", f"/actions/{action_id}")}
    for number in range(6):
        an_action(build, ward, owner.id, **{"title": f"Action {number}"})
    assert {path: statements(app, lambda path=path: browser.get(path)) for path in few} == few
    assert max(few.values()) <= 28


def test_a_link_to_the_register_is_in_the_navigation_of_everyone_who_reads_actions(build, ward):
    assert 'href="/actions"' in build.signed_in(build.person(Role.LEADER, ward)).get("/").text
