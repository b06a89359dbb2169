"""The page of one measure in one unit, as a person reads and uses it."""

import re
from datetime import UTC, date, datetime

from pytest import fixture, mark

from qitracker.foundation import clock
from qitracker.results.commands.periods import WorkPeriod, check_period, lock_period, submit_period
from tests.builders.measures import a_benchmark, a_measure, a_target
from tests.builders.results import a_series, an_entry, recorded
from tests.web.browsing import heading, send, words
from tests.web.counting import statements

FIRST = date(2023, 1, 1)
STATEMENTS = 20


@fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@fixture
def measured(build, ward):
    return a_measure(build, build.organisation(), [ward], begins=FIRST)


@fixture
def officer(build):
    return build.signed_in(build.person("quality_officer"))


@fixture
def path(measured):
    return f"/measures/{measured.slug}/units/ward"


def test_an_empty_measure_says_what_to_do_first(officer, path):
    page = officer.get(path)
    assert page.status_code == 200
    assert "no results yet" in heading(page)
    assert "Record the first period" in words(page)


def test_a_month_is_recorded_by_form_and_the_table_shows_it(officer, path):
    done = send(
        officer, f"{path}/results", seen_on=path, period="2026-05-01", state="value", numerator="41", denominator="50"
    )
    assert (done.status_code, done.location) == (303, path)
    page = words(officer.get(path))
    assert "May 2026 is recorded." in page and "82.0 %" in page.replace("\u00a0", " ")


def test_a_changed_process_is_told_in_the_sentence_the_chart_and_the_reasons(build, ward, measured, officer, path):
    a_series(build, ward, measured, [(78, 100), (81, 100)] * 10 + [(90, 100), (92, 100)] * 5)
    page = officer.get(path)
    assert heading(page).startswith("Pain assessed got better")
    assert "Why is this a signal?" in page.text and page.text.count("<svg") >= 2
    assert 'style="' not in page.text and "<style" not in page.text


def test_the_target_stands_with_its_source_and_the_gap(build, ward, measured, officer, path):
    a_series(build, ward, measured, [(78, 100), (82, 100)] * 8, first=date(2025, 1, 1))
    a_benchmark(build, measured, a_target(90))
    page = words(officer.get(path)).replace("\u00a0", " ")
    assert "Target 90.0 %" in page and "Board plan 2026" in page and "8.0 points worse" in page


BAD = (
    ({"numerator": "71", "denominator": "64"}, "larger than “out of”"),
    ({"numerator": "3", "denominator": "0"}, "cannot be 0 here"),
    ({"numerator": "-3", "denominator": "5"}, "below 0"),
    ({"numerator": "many", "denominator": "5"}, "many"),
    ({"numerator": "1e400", "denominator": "5"}, "too large"),
    ({"numerator": "<script>alert(1)</script>", "denominator": "5"}, "not a number"),
    ({"numerator": "4", "denominator": ""}, "is empty"),
    ({"period": "2031-01-01", "numerator": "4", "denominator": "5"}, ""),
    ({"period": "next month", "numerator": "4", "denominator": "5"}, "Choose a period."),
    ({"period": "2026-05-02", "numerator": "4", "denominator": "5"}, "May 2026"),
)


@mark.parametrize(("fields", "said"), BAD)
def test_bad_input_is_refused_beside_its_field_and_what_was_typed_stays(officer, path, fields, said):
    sent = {"period": "2026-05-01", "state": "value", "comment": "counted <b>twice</b>", **fields}
    page = send(officer, f"{path}/results", seen_on=path, **sent)
    assert page.status_code == 422
    assert said in words(page)
    assert "counted &lt;b&gt;twice" in page.text and "<script>alert" not in page.text


def test_another_units_page_is_not_there_for_somebody_elsewhere(build, path):
    stranger = build.signed_in(build.person("quality_officer", build.site("South")))
    assert stranger.get(path).status_code == 404


def test_a_leader_reads_and_is_offered_no_form(build, path, ward, measured):
    recorded(build, ward, measured, an_entry(date(2026, 5, 1)))
    page = build.signed_in(build.person("leader")).get(path)
    assert page.status_code == 200 and "Enter a result" not in page.text


def test_notes_limits_and_exclusions_are_added_and_taken_back(build, ward, measured, officer, path):
    a_series(build, ward, measured, [(78, 100), (82, 100)] * 8, first=date(2025, 1, 1))
    for deed, text in (("phases", "New lamp"), ("exclusions", "Strike <i>x</i>"), ("notes", "Ward moved")):
        done = send(officer, f"{path}/{deed}", seen_on=path, start="2025-06-01", text=text)
        assert done.status_code == 303
    page = officer.get(path)
    assert "New lamp" in page.text and "Strike &lt;i&gt;x" in page.text and "Ward moved" in page.text
    done = send(officer, f"{path}/remarks/note/1/remove", seen_on=path)
    assert done.status_code == 303 and "Taken back." in officer.get(path).text


def test_a_remark_without_its_reason_is_refused_with_a_sentence(build, ward, measured, officer, path):
    a_series(build, ward, measured, [(78, 100)] * 4, first=date(2025, 1, 1))
    done = send(officer, f"{path}/phases", seen_on=path, start="2025-02-01", text=" ")
    assert done.status_code == 422 and "Say what changed" in done.text


def test_a_remark_that_is_refused_stands_in_its_form_as_it_was_typed(build, ward, measured, officer, path):
    a_series(build, ward, measured, [(78, 100)] * 4, first=date(2025, 1, 1))
    long = "The ward moved. " * 40
    done = send(officer, f"{path}/notes", seen_on=path, start="2025-02-01", text=long)
    assert done.status_code == 422 and "Shorten it." in done.text
    assert long in done.text and re.search(r'<option selected value="2025-02-01">', done.text)
    send(officer, f"{path}/exclusions", seen_on=path, start="2025-02-01", text="Strike")
    again = send(officer, f"{path}/exclusions", seen_on=path, start="2025-02-01", text="Strike once more")
    assert again.status_code == 422 and "left out already" in again.text and "Strike once more" in again.text


def test_the_page_takes_the_same_number_of_statements_whatever_it_shows(app, build, ward, measured, officer, path):
    a_series(build, ward, measured, [(78, 100), (82, 100)] * 8, first=date(2025, 1, 1))
    few = statements(app, lambda: officer.get(path))
    a_series(build, ward, measured, [(78, 100), (82, 100)] * 12, first=FIRST)
    for text in ("one", "two", "three"):
        send(officer, f"{path}/notes", seen_on=path, start="2025-06-01", text=text)
    officer.get(path)
    many = statements(app, lambda: officer.get(path))
    print(f"statements of the measure page: {many}")
    assert few == many <= STATEMENTS


def test_where_every_period_is_recorded_the_page_says_so_instead_of_offering_an_empty_list(build, ward, officer):
    this_month = clock.today().replace(day=1)
    young = a_measure(build, build.organisation(), [ward], begins=this_month, title="Young")
    a_series(build, ward, young, [(40, 50)], first=this_month)
    page = officer.get(f"/measures/{young.slug}/units/ward")
    assert "Every period that has begun is recorded or locked." in words(page) and 'id="numerator"' not in page.text


def test_a_result_sent_to_a_sum_or_by_a_reader_is_refused_and_no_fault(build, officer, measured, path):
    done = send(officer, f"{path[:-4]}north/results", seen_on=path, period="2026-05-01", state="value")
    assert done.status_code == 422 and "Record the result in one of them." in done.text
    board = build.signed_in(build.person("leader"))
    assert send(board, f"{path}/results", seen_on="/", period="2026-05-01").status_code == 403


def test_a_month_recorded_by_somebody_meanwhile_is_named_as_such(build, ward, measured, officer, path):
    a_series(build, ward, measured, [(40, 50)], first=date(2026, 5, 1))
    done = send(
        officer, f"{path}/results", seen_on=path, period="2026-05-01", state="value", numerator="4", denominator="5"
    )
    assert done.status_code == 422 and "already recorded" in words(done)


def test_months_that_are_locked_are_not_offered_and_submitted_ones_only_to_who_may_correct(build, ward, measured, path):
    a_series(build, ward, measured, [(40, 50)] * 3, first=date(2026, 1, 1))
    nurse, officer = build.person("team_member", ward), build.person("quality_officer")
    locked, submitted, open_ = (WorkPeriod(ward.id, "month", date(2026, month, 1)) for month in (4, 5, 6))
    with build._inside():
        for period in (locked, submitted):
            submit_period(by=nurse.actor, period=period, seen=0, reason="Nobody was there.", today=date(2026, 6, 1))
        check_period(by=officer.actor, period=locked, seen=1)
        lock_period(by=officer.actor, period=locked, seen=2)
    for person, most in ((nurse, {open_}), (officer, {open_, submitted})):
        page = build.signed_in(person).get(path).text
        offered = set(re.findall(r'<option (?:selected )?value="(2026-0[456]-01)"', page))
        assert offered == {period.start.isoformat() for period in most}


def test_a_closed_month_without_a_number_is_explained_beside_the_list_and_on_its_own_page(build, ward, measured, path):
    a_series(build, ward, measured, [(40, 50)] * 3, first=date(2026, 1, 1))
    nurse = build.person("team_member", ward)
    build.person("quality_officer", name="Olga Quinn")
    period = WorkPeriod(ward.id, "month", date(2026, 4, 1))
    with build._inside():
        submit_period(by=nurse.actor, period=period, seen=0, reason="Nobody was there.", today=date(2026, 6, 1))
    recorded(build, ward, measured, an_entry(date(2026, 5, 1)))
    browser = build.signed_in(nurse)
    page = browser.get(path)
    assert "April 2026 is not in the list: it is closed. Ask Olga Quinn to reopen it." in words(page)
    assert f'href="{path}/periods/2026-04-01"' in page.text and "Not recorded, closed" in words(page)
    own = browser.get(f"{path}/periods/2026-04-01")
    assert heading(own) == "April 2026: not recorded."
    assert "April 2026 is closed, and nothing is recorded in it. Ask Olga Quinn to reopen it." in words(own)


@mark.parametrize(
    ("held", "chosen"),
    [
        (["2026-06", "2026-07"], "2026-08-01"),  # two are over and open after the last: the oldest
        (["2026-07", "2026-10"], "2026-09-01"),  # none after the last: the newest that is over
        (["2026-07", "2026-08", "2026-09", "2026-10"], "2026-11-01"),  # none before: the running one
    ],
)
def test_the_form_offers_the_oldest_month_that_is_over_and_open_before_a_running_one(
    build, ward, officer, held, chosen
):
    measured = a_measure(build, build.organisation(), [ward], begins=date(2026, 7, 1), title="Falls")
    with clock.at(datetime(2026, 11, 24, 12, tzinfo=UTC)):
        for month in held:
            if month >= "2026-07":
                a_series(build, ward, measured, [(40, 50)], first=date.fromisoformat(f"{month}-01"))
        page = officer.get(f"/measures/{measured.slug}/units/ward").text
    assert re.search(r'<option selected value="([^"]*)"', page)[1] == chosen


def test_where_the_headline_calls_it_too_early_no_mark_says_as_usual(build, ward, measured, officer, path):
    cells = [(78, 100), (82, 100)] * 8 + [(30, 100), (81, 100), (79, 100)]  # to October 2026
    with clock.at(datetime(2026, 11, 5, 12, tzinfo=UTC)):
        a_series(build, ward, measured, cells, first=date(2025, 4, 1))
        page, whole = officer.get(path), officer.get("/board?unit=ward").text
    assert heading(page).startswith("Too early to call")
    head = page.text.split('aria-label="Chart"')[1].split("<figure")[0]
    assert "Too early to call" in head and "As usual" not in head
    board = whole.split('class="var"')[1].split("</td>")[0]
    assert "Too early" in board and "As usual" not in board
