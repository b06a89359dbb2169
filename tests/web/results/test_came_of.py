"""The card of a measure page that says what came of its signals, as a person reads it."""

from datetime import date

from flask import Flask
from pytest import fixture
from sqlalchemy import select

from qitracker.foundation.db import atomic, store
from qitracker.foundation.words import say
from qitracker.links import registry
from qitracker.links.commands import add_link
from qitracker.links.rules import Linked, Ref
from qitracker.results.models import episode
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM
from tests.builders.results import a_series
from tests.web.browsing import words
from tests.web.counting import statements

FIRST = date(2024, 3, 1)
CALM = [(78, 100), (82, 100)] * 9
LOW = [*CALM, *[(66, 100)] * 7]


@fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@fixture
def measured(build, ward):
    return a_measure(build, build.organisation(), [ward], begins=FIRST)


@fixture
def path(measured):
    return f"/measures/{measured.slug}/units/ward"


@fixture
def series(build, ward, measured):
    return a_series(build, ward, measured, LOW, first=FIRST)


@fixture
def signal(app, ward, series):
    with app.app_context():
        return Ref("episode", str(store.scalar(select(episode.c.id).where(episode.c.unit_id == ward.id))))


@fixture(autouse=True)
def work(monkeypatch):
    """Let a worksheet and actions be known, in sentences as they really come; sheet 99 lies beyond reach."""
    causes = say("Analysis, {some} of {all} causes", some=4, all=9)
    done = say("{owner}, done on {day}", owner="Ada Hill", day=date(2026, 5, 3))
    sheet = Linked("sheet", "17", "Bed <b>moves</b>", "/worksheets/17", causes, "analysis")
    action = Linked("action", "3", "Block transfers at night", "/actions/3", done, "done")
    dropped = Linked("action", "4", "Send a reminder", "/actions/4", "Ada Hill, dropped", "dropped")
    monkeypatch.setitem(registry._kinds, "sheet", lambda ids, by: {"17": sheet} if "17" in ids else {})
    monkeypatch.setitem(registry._kinds, "action", lambda ids, by: {"3": action, "4": dropped})


def link(app: Flask, start: Ref, end: Ref, role: str) -> None:
    with app.app_context(), atomic():
        add_link(by=SYSTEM, start=start, end=end, role=role)


def test_a_calm_series_has_no_such_card(build, ward, measured, path):
    a_series(build, ward, measured, CALM, first=FIRST)
    page = build.signed_in(build.person("quality_officer")).get(path)
    assert "What came of it" not in page.text


def test_a_signal_that_nobody_answers_says_so(build, path, signal):
    page = words(build.signed_in(build.person("leader")).get(path))
    assert "What came of it" in page and "Lower since September 2025" in page
    assert "Nobody has looked into it yet." in page


def test_the_work_that_answers_a_signal_is_one_click_away(app, build, path, series, signal):
    link(app, Ref("sheet", "17"), signal, "answers")
    link(app, Ref("action", "3"), Ref(*series.subject), "judged_by")
    page = build.signed_in(build.person("leader")).get(path)
    assert '<a href="/worksheets/17">Bed &lt;b&gt;moves&lt;/b&gt;</a>' in page.text
    assert '<a href="/actions/3">Block transfers at night</a>' in page.text
    assert "Analysis, 4 of 9 causes" in words(page) and "Nobody has looked into it yet." not in words(page)


def test_an_action_that_answers_a_signal_and_is_judged_by_the_series_is_told_once(app, build, path, series, signal):
    link(app, Ref("action", "3"), signal, "answers")
    link(app, Ref("action", "3"), Ref(*series.subject), "judged_by")
    page = build.signed_in(build.person("leader")).get(path)
    assert page.text.count('href="/actions/3"') == 1


def test_what_was_dropped_and_what_a_reader_may_not_see_is_absent(app, build, path, series, signal):
    link(app, Ref("sheet", "99"), signal, "answers")
    link(app, Ref("action", "4"), Ref(*series.subject), "judged_by")
    page = build.signed_in(build.person("leader")).get(path)
    assert "/worksheets/99" not in page.text and "Send a reminder" not in page.text


def test_who_may_make_worksheets_there_is_offered_to_start_one_and_others_are_not(app, build, path, signal):
    if "worksheets.new" not in app.view_functions:
        app.add_url_rule("/worksheets/new", "worksheets.new", lambda: "")
    begin = f"/worksheets/new?kind=fmea&amp;unit=ward&amp;episode={signal.id}"
    assert begin in build.signed_in(build.person("quality_officer")).get(path).text
    assert begin in build.signed_in(build.person("facilitator")).get(path).text
    assert "Start an analysis" not in build.signed_in(build.person("team_member")).get(path).text


def test_a_link_made_since_is_shown_at_once_on_a_page_that_was_kept(app, build, path, signal):
    browser = build.signed_in(build.person("leader"))
    assert "/worksheets/17" not in browser.get(path).text
    link(app, Ref("sheet", "17"), signal, "answers")
    assert "/worksheets/17" in browser.get(path).text


def test_more_work_takes_no_more_statements(app, build, path, series, signal):
    browser = build.signed_in(build.person("leader"))
    link(app, Ref("sheet", "17"), signal, "answers")
    few = statements(app, lambda: browser.get(path))
    for number in range(20):
        link(app, Ref("action", str(number)), Ref(*series.subject), "judged_by")
        link(app, Ref("sheet", str(number)), Ref(*series.subject), "studies")
    assert statements(app, lambda: browser.get(path)) == few
