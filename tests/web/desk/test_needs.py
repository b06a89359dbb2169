"""What needs a person, role by role: signals nobody answered, overdue actions, threads held up, worksheets."""

from datetime import date

from pytest import fixture

from qitracker.links.rules import Ref
from qitracker.worksheets.commands import make_sheet, move_sheet, set_team
from qitracker.worksheets.rules.states import SheetState
from tests.builders.actions import an_action
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM
from tests.builders.results import a_series, key_of, the_episode
from tests.builders.worksheets import a_cause, a_sheet
from tests.web.browsing import heading, words
from tests.web.counting import statements
from tests.web.desk.reading import BEGINS, BETTER, CALM, WORSE, first_of

LONG_AGO, FAR_OFF = date(2020, 1, 5), date(2098, 1, 5)
STATEMENTS = 67  # 24 for changes, results and own actions, the others to follow every thread in reach


@fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@fixture
def measure(build, ward):
    def make(title, numbers, *, unit=None):
        measured = a_measure(build, build.organisation(), [unit or ward], begins=BEGINS, title=title)
        a_series(build, unit or ward, measured, numbers, first=first_of(numbers))
        return measured

    return make


def moved_to(build, sheet_id, *states):
    with build._inside():
        for at, state in enumerate(states, 1):
            move_sheet(by=SYSTEM, sheet_id=sheet_id, state=state, seen=at)


def an_answer(build, ward, measured) -> int:
    """Begin a worksheet that answers the newest signal of a measure."""
    ref = Ref("episode", str(the_episode(build, ward, measured)))
    with build._inside():
        return make_sheet(by=SYSTEM, kind="fmea", unit_id=ward.id, title="Pain rounds", answers=ref)


def home_of(build, role, *where):
    return build.signed_in(build.person(role, *where)).get("/")


def test_a_signal_nobody_looked_into_waits_for_an_answer_and_leads_to_its_thread(build, measure, ward):
    pain = measure("Pain", WORSE)
    measure("Hands", BETTER)
    page = home_of(build, "quality_officer")
    assert "1 signal waits for an answer" in heading(page)
    assert "Nobody has looked into the signal." in words(page)
    assert page.text.count(f'href="/threads/{the_episode(build, ward, pain)}"') == 1


def test_a_signal_with_a_worksheet_waits_for_nobody_and_says_how_far_it_is(build, measure, ward):
    an_answer(build, ward, measure("Pain", WORSE))
    page = home_of(build, "quality_officer")
    assert "signal waits" not in heading(page)
    assert "its causes count once the analysis begins" in words(page) and "Nobody has looked" not in words(page)


def test_a_team_member_is_told_of_signals_and_not_asked_to_begin_the_analysis(build, measure, ward):
    measure("Pain", WORSE)
    page = home_of(build, "team_member", ward)
    assert "Nobody has looked into the signal." in words(page)
    assert 'href="/threads/' not in page.text


def test_a_worksheet_at_work_waits_for_its_team_only(build, measure, ward):
    measure("Skin", CALM)
    nurse = build.person("team_member", ward)
    sheet = a_sheet(build, ward, title="Admission medicines")
    with build._inside():
        set_team(by=SYSTEM, sheet_id=sheet, user_ids=[nurse.id])
    said = "1 worksheet waits for you"
    assert said not in heading(build.signed_in(nurse).get("/"))  # a draft has not begun
    moved_to(build, sheet, SheetState.ANALYSIS)
    page = build.signed_in(nurse).get("/")
    assert said in heading(page) and "At work Admission medicines" in words(page)
    assert said not in heading(home_of(build, "team_member", ward))


def test_a_worksheet_in_review_waits_for_those_who_may_close_it(build, measure, ward):
    measure("Skin", CALM)
    moved_to(build, a_sheet(build, ward, title="Admission medicines"), SheetState.ANALYSIS, SheetState.REVIEW)
    assert "In review Admission medicines" in words(home_of(build, "facilitator", ward))
    assert "Admission medicines" not in words(home_of(build, "team_member", ward))
    elsewhere = build.unit("South ward", below=build.site("South"))
    assert "Admission medicines" not in words(home_of(build, "facilitator", elsewhere))


def test_overdue_actions_of_others_are_told_to_those_who_keep_actions_there(build, measure, ward):
    measure("Skin", CALM)
    nurse = build.person("team_member", ward)
    an_action(build, ward, nurse.id, title="Lock the drawer", due=LONG_AGO)
    an_action(build, ward, nurse.id, title="Label the bags", due=FAR_OFF)
    page = home_of(build, "facilitator", ward)
    assert "1 action is overdue" in heading(page)
    assert "Held up in your units 1 Late Lock the drawer" in words(page) and "Label the bags" not in words(page)
    assert "Lock the drawer" not in words(home_of(build, "team_member", ward))
    mine = build.signed_in(nurse).get("/")
    assert "1 action is overdue" in heading(mine) and "Held up in your units" not in words(mine)


def test_a_leader_is_asked_for_decisions_on_causes_without_action_and_overdue_actions(build, measure, ward):
    pain = measure("Pain", WORSE)
    sheet = an_answer(build, ward, pain)
    rows = a_cause(build, sheet, scores=(10, 9, 9))
    moved_to(build, sheet, SheetState.ANALYSIS)
    an_action(build, ward, build.person("team_member", ward).id, title="Lock the drawer", due=LONG_AGO)
    page = home_of(build, "leader")
    assert "2 decisions are wanted from you" in heading(page)
    assert "Decisions wanted 2 Pain, Ward A cause has no action. Lock the drawer" in words(page)
    answers = Ref("row", str(rows["cause"]))
    an_action(
        build, ward, build.person("team_member", ward).id, due=FAR_OFF, answers=answers, judged_by=key_of(ward, pain)
    )
    page = home_of(build, "leader")
    assert "1 decision is wanted from you" in heading(page) and "A cause has no action" not in words(page)
    assert "Did our actions work?" in words(page) and "1 too early to say" in words(page)


def test_home_takes_the_same_number_of_statements_however_many_threads_there_are(app, build, measure, ward):
    nurse = build.person("facilitator", ward)

    def more(title):
        measured = measure(title, WORSE)
        sheet = an_answer(build, ward, measured)
        rows = a_cause(build, sheet, scores=(10, 9, 9))
        moved_to(build, sheet, SheetState.ANALYSIS)
        plan = {"answers": Ref("row", str(rows["cause"])), "judged_by": key_of(ward, measured), "due": LONG_AGO}
        an_action(build, ward, nurse.id, **plan)

    browser = build.signed_in(nurse)
    more("Pain")
    measure("Skin", CALM)
    browser.get("/")
    few = statements(app, lambda: browser.get("/"))
    for at in range(3):
        more(f"Pain {at}")
    many = statements(app, lambda: browser.get("/"))
    print(f"statements of home with threads: {many}")
    assert few == many <= STATEMENTS
