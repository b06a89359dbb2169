"""What scripts send to a worksheet: nobody's change is skipped, and every shape that is not meant is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from qitracker.foundation import clock
from qitracker.foundation.db import store
from qitracker.worksheets.models import Presence
from tests.builders.worksheets import a_cause, a_row
from tests.web.browsing import as_script

BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "too deep": b"[" * 100_000 + b"]" * 100_000,
    "half a pair": (
        b'{"row": 1, "column": "text", "value": "\\ud800", "seen": 0, "section": "step", "token": "\\ud800",'
        b' "parent": "\\ud800"}'
    ),
    "a NUL": (
        b'{"row": 1, "column": "text", "value": "a\\u0000", "seen": 0, "section": "step", "token": "\\u0000",'
        b' "parent": "\\u0000"}'
    ),
    "too large a number": b'{"row": 99999999999999999999, "column": "text", "seen": 1e400, "parent": 1e400}',
    "another shape": b'{"row": {}, "column": [], "value": null, "seen": "1", "section": 5, "parent": "x", "token": 5}',
    "not UTF-8": b'{"column": "\xff\xfe"}',
}


def headers(browser, sheet) -> dict[str, str]:
    return as_script(browser, f"/worksheets/{sheet}")


def save(browser, sheet, **members):
    return browser.post(f"/worksheets/{sheet}/cells", json=members, headers=headers(browser, sheet))


def latest(browser, sheet) -> int:
    return browser.get(f"/worksheets/{sheet}/changes?after=0").json["sequence"]


def test_whoever_saves_gets_what_the_other_changed_meanwhile_as_well(build, nurse, doctor, sheet):
    made, other = a_cause(build, sheet), a_cause(build, sheet)
    seen = latest(nurse, sheet)
    save(doctor, sheet, row=made["cause"], column="text", value="Night", seen=1, after=seen)
    mine = save(nurse, sheet, row=other["cause"], column="text", value="Noise", seen=1, after=seen).json
    assert set(mine["groups"]) == {str(made["step"]), str(other["step"])} and mine["sequence"] == seen + 2
    assert (mine["value"], mine["version"]) == ("Noise", 2)
    alone = save(nurse, sheet, row=other["cause"], column="text", value="Talk", seen=2, after=mine["sequence"]).json
    assert set(alone["groups"]) == {str(other["step"])}


def test_a_save_that_says_not_what_it_saw_gets_its_own_step_and_moves_on_by_one(build, nurse, doctor, sheet):
    made, other = a_cause(build, sheet), a_cause(build, sheet)
    seen = latest(nurse, sheet)
    save(doctor, sheet, row=made["cause"], column="text", value="Night", seen=1)
    mine = save(nurse, sheet, row=other["cause"], column="text", value="Noise", seen=1).json
    assert (set(mine["groups"]), mine["sequence"]) == ({str(other["step"])}, seen + 2)


def test_the_same_value_again_is_no_change_and_draws_its_own_step_only(build, nurse, sheet):
    made, _ = a_cause(build, sheet), a_cause(build, sheet)
    seen = latest(nurse, sheet)
    for more in ({"after": seen}, {}):
        again = save(nurse, sheet, row=made["cause"], column="occurrence", value="5", seen=0, **more).json
        assert (set(again["groups"]), again["sequence"], again["version"]) == ({str(made["step"])}, seen, 1)


def test_a_follower_sees_both_steps_when_a_mode_moves_from_one_to_the_other(build, nurse, doctor, sheet):
    made = a_cause(build, sheet)
    other = a_row(build, sheet, "step", text="Compare lists")
    seen = latest(nurse, sheet)
    path = f"/worksheets/{sheet}/rows/{made['mode']}/move"
    assert doctor.post(path, json={"parent": other}, headers=headers(doctor, sheet)).status_code == 200
    news = nurse.get(f"/worksheets/{sheet}/changes?after={seen}").json
    assert set(news["groups"]) == {str(made["step"]), str(other)}


def test_followers_share_what_is_drawn_but_not_the_right_to_write(app, build, ward, nurse, sheet):
    app.config["TEMPLATES_AUTO_RELOAD"] = False
    made = a_cause(build, sheet)
    leader, colleague = (build.signed_in(build.person(role, ward)) for role in ("leader", "team_member"))
    path = f"/worksheets/{sheet}/changes?after=0"
    first, read_only, same = (one.get(path).json for one in (nurse, leader, colleague))
    step = str(made["step"])
    assert first["groups"] == same["groups"] and "data-add" in first["groups"][step]
    assert "data-add" not in read_only["groups"][step] and "data-add" not in leader.get(path).json["groups"][step]
    save(colleague, sheet, row=made["cause"], column="text", value="Night", seen=1)
    assert "Night" in nurse.get(path).json["groups"][step] and "Night" in leader.get(path).json["groups"][step]


def test_who_only_looks_on_writes_where_they_are_four_times_a_minute_at_most(app, build, nurse, sheet, monkeypatch):
    def noted():
        with app.app_context():
            return store.scalar(select(func.max(Presence.at)))

    path = f"/worksheets/{sheet}/changes?after=0"
    nurse.get(path)
    first, now = noted(), clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(seconds=8))
    nurse.get(path)
    assert noted() == first
    nurse.get(path + "&row=4&column=text")
    assert noted() > first


@pytest.mark.parametrize("path", ["cells", "rows", "rows/{step}/move"])
@pytest.mark.parametrize("name", BODIES)
def test_what_no_script_of_ours_sends_is_refused(build, nurse, sheet, path, name):
    step = a_row(build, sheet, "step", text="Ask")
    sent = headers(nurse, sheet)
    for content_type in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
        answer = nurse.post(
            f"/worksheets/{sheet}/{path.format(step=step)}",
            data=BODIES[name].replace(b'"row": 1', b'"row": %d' % step),
            headers=sent | {"Content-Type": content_type},
        )
        assert answer.status_code in (400, 404, 422) and (answer.json.get("message") or answer.json["detail"])


@pytest.mark.parametrize("path", ["cells", "rows", "rows/{step}/move", "rows/{step}/remove", "rows/{step}/restore"])
def test_no_deed_without_its_token(build, nurse, sheet, path):
    step = a_row(build, sheet, "step", text="Ask")
    answer = nurse.post(
        f"/worksheets/{sheet}/{path.format(step=step)}", json={}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("query", ["after=99999999999999999999", "after=x", "after=-1", "after=0&row=99999999999"])
def test_an_address_with_numbers_no_row_has_breaks_nothing(nurse, sheet, query):
    assert nurse.get(f"/worksheets/{sheet}/changes?{query}").status_code in (200, 204)


@pytest.mark.parametrize("parent", ["99999999999999999999", "²", "x", ""])
def test_a_plain_button_with_a_number_no_row_has_is_refused_in_a_sentence(nurse, sheet, parent):
    form = {"csrf_token": headers(nurse, sheet)["X-CSRFToken"], "section": "cause", "parent": parent}
    answer = nurse.post(f"/worksheets/{sheet}/rows/add", data=form)
    assert answer.status_code == 422 and "needs a failure mode" in answer.text


@pytest.mark.parametrize("seen", ["²", "-1", "99999999999999999999", "x"])
def test_a_plain_form_with_a_version_nobody_saw_shows_what_stands(build, nurse, sheet, seen):
    step = a_row(build, sheet, "step", text="Ask")
    form = {"csrf_token": headers(nurse, sheet)["X-CSRFToken"], "text": "Ask twice", "seen_text": seen}
    answer = nurse.post(f"/worksheets/{sheet}/rows/{step}", data=form)
    assert answer.status_code == 422 and "Ask twice" in answer.text


def test_ten_thousand_characters_are_refused_with_the_limit_and_four_thousand_are_kept(build, nurse, sheet):
    step = a_row(build, sheet, "step", text="Ask")
    refused = save(nurse, sheet, row=step, column="text", value="x" * 10_000, seen=1)
    assert refused.status_code == 422 and "4,000" in refused.json["detail"]
    assert save(nurse, sheet, row=step, column="text", value="x" * 4_000, seen=1).status_code == 200
