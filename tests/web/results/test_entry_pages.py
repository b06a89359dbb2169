"""The pages around the sheet: without script, by period, what is due, and tables to take away."""

import csv
import io
from datetime import date
from zipfile import ZipFile

from pytest import fixture, mark

from tests.builders.measures import a_benchmark, a_measure, a_target
from tests.builders.results import a_series, recorded
from tests.web.browsing import TOKEN, heading, send, words

MAY = date(2026, 5, 1)
SHEET = "/entry?unit=ward&to=2026-05-01"


@fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@fixture
def measured(build, ward):
    return a_measure(build, build.organisation(), [ward], begins=date(2026, 1, 1))


@fixture
def nurse(build, ward, measured):
    return build.signed_in(build.person("team_member", ward, name="Wanda Reed"))


@fixture
def officer(build, measured):
    return build.signed_in(build.person("quality_officer", name="Olga Quinn"))


def form(page, path: str) -> dict[str, str]:
    """Return the hidden fields of the form with that address, seen on a page."""
    part = page.text.split(f'action="{path}"')[1].split("</form>")[0]
    seen = part.split('name="seen" value="')[1].split('"')[0]
    return {"csrf_token": TOKEN.search(page.text)[1], "seen": seen, "to": "2026-05-01"}


def deed(browser, name: str, **more: str):
    path = f"/entry/ward/periods/month/2026-05-01/{name}"
    return browser.post(path, data=form(browser.get(SHEET), path) | more)


def test_every_cell_leads_to_a_form_that_works_without_script(nurse, measured):
    page = nurse.get(SHEET)
    path = f"/entry/ward/{measured.slug}/2026-05-01"
    assert page.status_code == 200 and f'href="{path}"' in page.text
    done = send(nurse, path, numerator="41", denominator="50", state="value", comment="Two wards moved")
    assert (done.status_code, done.location) == (303, "/entry?unit=ward&frequency=month&to=2026-05-01")
    page = nurse.get(SHEET)
    assert "Pain assessed, May 2026: saved." in words(page) and 'data-text="41"' in page.text
    assert "Two wards moved" in nurse.get(path).text


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(nurse, measured):
    path = f"/entry/ward/{measured.slug}/2026-05-01"
    page = send(nurse, path, numerator="71", denominator="64", state="value", comment="Kept")
    assert page.status_code == 422 and "larger than “out of”" in words(page)
    assert (
        'value="71"' in page.text and 'value="64"' in page.text and ">Kept</textarea>" in page.text.replace("\r\n", "")
    )


def test_the_form_shows_a_conflict_and_keeps_both_numbers(build, ward, nurse, measured):
    path = f"/entry/ward/{measured.slug}/2026-05-01"
    token = TOKEN.search(nurse.get(path).text)[1]
    recorded(build, ward, measured)
    mine = {"csrf_token": token, "numerator": "30", "denominator": "50", "state": "value", "seen": "0"}
    page = nurse.post(path, data=mine)
    assert page.status_code == 409 and "There now: 41 of 50." in words(page) and 'value="30"' in page.text
    assert nurse.post(path, data=mine | {"seen": "1"}).status_code == 303


@mark.parametrize("day", ["2026-05-09", "2026-02-29", "yesterday", "2019-05-01"])
def test_a_day_that_is_no_period_has_no_page(nurse, measured, day):
    assert nurse.get(f"/entry/ward/{measured.slug}/{day}").status_code in (404, 422)


def test_save_and_next_goes_to_the_next_row_that_is_empty(build, ward, nurse, measured):
    following = a_measure(build, build.organisation(), [ward], title="Falls")
    done = send(nurse, f"/entry/ward/{measured.slug}/2026-05-01", numerator="41", denominator="50", state="value")
    assert done.location == f"/entry/ward/{following.slug}/2026-05-01"


def test_a_period_is_submitted_with_a_reason_checked_locked_and_reopened(nurse, officer, measured):
    assert deed(nurse, "submit").location == "/entry?unit=ward&frequency=month&to=2026-05-01"
    assert "Still empty: Pain assessed." in words(nurse.get(SHEET))
    deed(nurse, "submit", reason="The ward was closed")
    page = words(nurse.get(SHEET))
    assert "May 2026 is submitted. Thank you." in page and "Submitted" in page
    deed(officer, "check")
    assert "May 2026 is checked." in words(officer.get(SHEET))
    deed(officer, "lock")
    page = officer.get(SHEET)
    assert "Locked" in words(page) and page.text.count("data-shut") == 2
    deed(officer, "reopen", reason="Two late cases")
    page = words(officer.get(SHEET))
    assert "May 2026 is open again." in page and "Reopened: Two late cases" in page


def test_who_submitted_a_period_reads_that_somebody_else_checks_it(nurse, officer, measured):
    said = "Somebody else checks what you submitted."
    deed(officer, "submit", reason="The ward was closed")
    own = words(officer.get(SHEET))
    assert said in own and "Lock May 2026 unchecked" in own and "Checked: it is right" not in own
    assert said not in words(nurse.get(SHEET))


def test_where_somebody_else_can_check_there_is_no_way_round_and_the_menu_names_them(build, officer, measured):
    other = build.person("quality_officer", name="Otto Lind")
    deed(officer, "submit", reason="The ward was closed")
    own = words(officer.get(SHEET))
    assert "Otto Lind can; then it can be locked." in own and "Lock May 2026" not in own
    checks = words(build.signed_in(other).get(SHEET))
    assert "Checked: it is right" in checks and "Once it is checked, it can be locked." in checks


def test_cells_that_take_no_number_say_why(nurse, officer, measured):
    deed(nurse, "submit", reason="The ward was closed")
    assert "May 2026 was submitted. Ask somebody who may correct results" in nurse.get(SHEET).text
    assert "data-shut" not in officer.get(SHEET).text
    deed(officer, "check")
    deed(officer, "lock")
    assert 'data-shut="May 2026 is locked. Reopen it to change it."' in officer.get(SHEET).text
    assert "May 2026 is locked. Ask somebody who may lock periods" in nurse.get(SHEET).text
    assert "This is not collected in December 2025." in nurse.get("/entry?unit=ward&to=2026-01-01").text


def test_a_stale_button_says_who_was_faster(nurse, officer, measured):
    path = "/entry/ward/periods/month/2026-05-01/submit"
    mine = form(officer.get(SHEET), path)
    deed(nurse, "submit", reason="The ward was closed")
    officer.post(path, data=mine)
    assert "Wanda Reed moved May 2026 on meanwhile" in words(officer.get(SHEET))


@mark.parametrize("path", ["month/2026-02-29/submit", "fortnight/2026-05-01/submit", "event/2026-05-01/lock"])
def test_a_period_that_cannot_be_is_not_found(nurse, measured, path):
    token = TOKEN.search(nurse.get(SHEET).text)[1]
    assert nurse.post(f"/entry/ward/periods/{path}", data={"csrf_token": token}).status_code == 404


def test_the_calendar_names_what_is_late_by_measure_month_unit_and_person(nurse, measured):
    page = nurse.get("/entry/due")
    assert page.status_code == 200 and "late" in heading(page)
    assert "Pain assessed" in words(page) and "May 2026" in words(page) and "Ward" in words(page)
    assert "/entry?unit=ward&amp;frequency=month&amp;to=2026-05-01#row-pain-assessed" in page.text


@mark.parametrize("query", ["?unit=nowhere", "?person=x", "?person=99999999999", "?page=0", "?page=900"])
def test_strange_filters_of_the_calendar_show_a_page(nurse, query):
    assert nurse.get(f"/entry/due{query}").status_code == 200


@mark.parametrize("query", ["&to=2026-02-29", "&to=x", "&frequency=week", "&frequency=year", "&to=2031-01-01"])
def test_strange_windows_show_a_sheet(nurse, query):
    assert nurse.get(f"/entry?unit=ward{query}").status_code == 200


def test_an_unknown_frequency_is_not_found(nurse):
    assert nurse.get("/entry?unit=ward&frequency=never").status_code == 404


def test_the_table_of_a_measure_leaves_with_its_sources_and_the_numbers_of_the_page(build, ward, officer, measured):
    a_series(build, ward, measured, [(41, 50), (40, 47), None, (3, 3)], first=date(2026, 1, 1))
    a_benchmark(build, measured, a_target(90))
    answer = officer.get(f"/measures/{measured.slug}/units/ward/table.csv")
    assert answer.mimetype == "text/csv" and answer.headers["Content-Disposition"].startswith("attachment")
    lines = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    head = {line[0]: line[1:] for line in lines if line}
    assert head["Target"][1:3] == ["Source", "Board plan 2026"] and float(head["Target"][0]) == 90
    assert head["Unit"][0] == "Ward"
    rows = {line[0]: line for line in lines if line and line[0].startswith("2026")}
    assert [float(cell) for cell in rows["2026-02-01"][1:5]] == [40, 47, 40 / 47 * 100, 85.1]
    assert rows["2026-03-01"][1:5] == ["", "", "", ""] and "missing" in rows["2026-03-01"]
    shown = officer.get(f"/measures/{measured.slug}/units/ward").text
    assert "85.1" in shown


def test_no_text_leaves_as_a_formula(build, ward, officer):
    title = "=HYPERLINK(1)"
    evil = a_measure(build, build.organisation(), [ward], title=title, numerator="@SUM(A1)", numerator_label="+cmd")
    a_series(build, ward, evil, [(41, 50)], first=MAY)
    text = officer.get(f"/measures/{evil.slug}/units/ward/table.csv").get_data().decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    assert f"'{title}" in cells and "'@SUM(A1)" in cells and "'+cmd" in cells
    assert not [cell for cell in cells if cell[:1] in "=+@" and cell]
    sheet = officer.get("/entry/ward/sheet.csv?to=2026-05-01").get_data().decode("utf-8-sig")
    assert f"'{title}" in sheet
    for path in (f"/measures/{evil.slug}/units/ward/table.xlsx", "/entry/ward/sheet.xlsx?to=2026-05-01"):
        book = ZipFile(io.BytesIO(officer.get(path).get_data()))
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_the_sheet_leaves_with_states_in_words(build, ward, nurse, measured):
    recorded(build, ward, measured)
    text = nurse.get("/entry/ward/sheet.csv?to=2026-05-01").get_data().decode("utf-8-sig")
    row = next(line for line in csv.reader(io.StringIO(text)) if "Pain assessed" in line)
    assert [float(cell) for cell in row[-3:]] == [41, 50, 82]


def test_who_records_nothing_is_told_whom_to_ask(build, measured):
    leader = build.signed_in(build.person("leader"))
    page = leader.get("/entry")
    assert page.status_code == 403 and "Ask an administrator" in words(page)
    assert "Enter data" not in words(leader.get("/"))
