"""The list of threads, the page of one, and the trail on the pages of its parts: every hop one click, both ways."""

import re
from datetime import date

from pytest import fixture, mark

from qitracker.actions.rules import ActionState
from qitracker.foundation.periods import shift_period
from qitracker.links.rules import Ref
from qitracker.worksheets.commands import make_sheet, move_sheet
from qitracker.worksheets.rules.states import SheetState
from tests.builders.actions import an_action, moved
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM
from tests.builders.results import a_series, key_of, the_episode
from tests.builders.worksheets import a_cause
from tests.web.browsing import heading, words
from tests.web.counting import statements
from tests.web.desk.reading import BEGINS, BETTER, CALM, WORSE, first_of

FAR_OFF = date(2098, 1, 5)
ONE, LIST = 34, 48  # statements: of the page of a thread, of the list of all


@fixture
def north(build):
    return build.site("North")


@fixture
def ward(build, north):
    return build.unit("Ward", below=north)


@fixture
def measure(build, ward):
    def make(title, numbers, *, unit=None):
        measured = a_measure(build, build.organisation(), [unit or ward], begins=BEGINS, title=title)
        a_series(build, unit or ward, measured, numbers, first=first_of(numbers))
        return measured

    return make


@fixture
def thread(build, ward, measure):
    """Make a signal with an FMEA at work whose one cause asks for an action; return (measure, episode, sheet, row)."""

    def make(title="Pain"):
        measured = measure(title, WORSE)
        episode = the_episode(build, ward, measured)
        with build._inside():
            sheet = make_sheet(
                by=SYSTEM, kind="fmea", unit_id=ward.id, title=f"{title} rounds", answers=Ref("episode", str(episode))
            )
        row = a_cause(build, sheet, scores=(10, 9, 9))["cause"]
        with build._inside():
            move_sheet(by=SYSTEM, sheet_id=sheet, state=SheetState.ANALYSIS, seen=1)
        return measured, episode, sheet, row

    return make


@fixture
def answer(build, ward):
    """Add an action to a cause."""

    def make(row, **changes):
        owner = build.person("team_member", ward)
        return an_action(build, ward, owner.id, **{"answers": Ref("row", str(row)), "due": FAR_OFF} | changes)

    return make


@fixture
def officer(build):
    return build.signed_in(build.person("quality_officer"))


def nodes(page) -> str:
    """Return the states of the six nodes as the page tells them to those who cannot see them."""
    return re.search(r'aria-label="(Signal [^"]+)"', page.text)[1]


def test_without_signals_and_worksheets_the_list_says_how_a_thread_begins(officer):
    page = officer.get("/threads")
    assert heading(page) == "No thread has begun yet."
    assert "A thread begins with a signal or a worksheet." in words(page)


def test_a_cause_that_asks_for_an_action_and_has_none_breaks_the_thread(officer, thread):
    thread()
    page = officer.get("/threads?show=broken")
    assert heading(page) == "1 thread runs; 1 is broken."
    assert "A cause has no action" in words(page) and "Broken" in words(page)
    assert nodes(page) == ("Signal done, analysis now, cause done, action missing, measure to come, verdict to come")


def test_an_action_without_a_measure_breaks_it_too(officer, thread, answer):
    _, episode, _, row = thread()
    answer(row)
    assert "An action has no measure." in heading(officer.get(f"/threads/{episode}"))
    assert "action now, measure missing" in nodes(officer.get("/threads"))


def test_an_action_with_a_measure_mends_it_and_it_is_too_early(build, officer, thread, answer, ward):
    measured, episode, _, row = thread()
    moved(build, answer(row, judged_by=key_of(ward, measured)), ActionState.DONE, done_on=date(2026, 1, 5))
    page = officer.get("/threads")
    assert heading(page).startswith("1 thread runs; ")
    assert officer.get("/threads?show=broken").text.count("/threads/" + str(episode)) == 0


def test_a_verdict_is_said_by_what_the_chart_marks_after_the_action(build, officer, thread, answer, measure, ward):
    _, episode, _, row = thread()
    judge = measure("Hands", BETTER)
    done = shift_period(first_of(BETTER), "month", len(CALM)).replace(day=1)
    action = answer(row, judged_by=key_of(ward, judge))
    moved(build, action, ActionState.DONE, done_on=shift_period(done, "month", -1).replace(day=20))
    page = officer.get(f"/threads/{episode}")
    assert "It worked: better after 8 months." in heading(page)
    assert "The chart marks the results as better since" in words(page)
    assert "It worked" in words(officer.get("/threads?show=ready"))


def test_every_station_is_a_link_and_each_part_leads_back(officer, thread, answer, ward):
    measured, episode, sheet, row = thread()
    action = answer(row, judged_by=key_of(ward, measured))
    here, series = f"/threads/{episode}", f"/measures/{measured.slug}/units/ward"
    stations = officer.get(here).text
    for there in (series, f"/worksheets/{sheet}", f"/worksheets/{sheet}#row-{row}", f"/actions/{action}"):
        assert f'href="{there}"' in stations
    for part in (series, f"/worksheets/{sheet}", f"/actions/{action}"):
        assert f'href="{here}"' in officer.get(part).text
    assert f'href="/worksheets/{sheet}#row-{row}"' in officer.get(f"/actions/{action}").text
    assert f'href="/actions/{action}"' in officer.get(f"/worksheets/{sheet}").text


def test_a_worksheet_without_a_signal_begins_a_thread_of_its_own(build, officer, ward):
    with build._inside():
        sheet = make_sheet(by=SYSTEM, kind="fmea", unit_id=ward.id, title="Discharge")
    page = officer.get(f"/threads/sheet/{sheet}")
    assert heading(page).startswith("“Discharge”") and "It was begun ahead of one." in words(page)


def test_the_thread_of_a_worksheet_that_answers_a_signal_stands_at_the_signal(officer, thread):
    _, episode, sheet, _ = thread()
    page = officer.get(f"/threads/sheet/{sheet}")
    assert page.status_code == 303 and page.headers["Location"].endswith(f"/threads/{episode}")


@mark.parametrize("path", ["/threads/{episode}", "/threads/sheet/{sheet}", "/threads/987654321"])
def test_threads_of_other_units_do_not_exist(build, thread, path):
    _, episode, sheet, _ = thread()
    beside = build.unit("South ward", below=build.site("South"))
    stranger = build.signed_in(build.person("quality_officer", beside))
    page = stranger.get(path.format(episode=episode, sheet=sheet))
    assert page.status_code == 404 and "Pain" not in page.text
    assert "Pain" not in stranger.get("/threads").text


def test_a_measure_of_a_unit_out_of_reach_is_not_named(build, thread, answer, measure, ward, north):
    _, episode, _, row = thread()
    hidden = measure("Secret", CALM, unit=north)
    answer(row, judged_by=key_of(north, hidden))
    page = build.signed_in(build.person("quality_officer", ward)).get(f"/threads/{episode}")
    assert page.status_code == 200 and "Secret" not in page.text
    assert "A measure that you do not reach" in words(page)


def test_list_and_page_take_the_same_number_of_statements_however_many_there_are(app, officer, thread, answer, ward):
    def another(title):
        measured, episode, _, row = thread(title)
        answer(row, judged_by=key_of(ward, measured))
        return episode, row, measured

    episode, row, measured = another("Pain")
    officer.get("/threads")
    few = [statements(app, lambda path=path: officer.get(path)) for path in ("/threads", f"/threads/{episode}")]
    for at in range(3):
        another(f"Pain {at}")
        answer(row, title=f"Lock drawer {at}", judged_by=key_of(ward, measured))
    many = [statements(app, lambda path=path: officer.get(path)) for path in ("/threads", f"/threads/{episode}")]
    print(f"statements of threads: {many}")
    assert few == many and many[0] <= LIST and many[1] <= ONE
