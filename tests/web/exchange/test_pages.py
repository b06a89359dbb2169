"""The way of a file through the pages: sent, read, mapped, checked, imported, taken back."""

from io import BytesIO

import pytest

from qitracker.foundation.permissions import Role
from qitracker.jobs import worker
from tests.builders.imports import a_file
from tests.builders.measures import a_measure
from tests.web.browsing import TOKEN, heading, send, words
from tests.web.exchange.filled import fields_of

AMOUNTS = {"numerator": "met", "denominator": "[all]"}
ROWS = ("001,2026-01,41,50,", "001,2026-02,45,50,a busy month", "002,2026-01,30,40,")


@pytest.fixture
def measured(build):
    units = [build.unit("Heart", code="001"), build.unit("Lung", code="002")]
    return a_measure(build, build.organisation(), units)


@pytest.fixture
def browser(build, measured):
    return build.signed_in(build.person(Role.QUALITY_OFFICER))


def sent(browser, build, content: bytes, *, filename: str = "wards.csv", measure: str = ""):
    """Send a file through the first page."""
    fields = {"unit": str(build.organisation().id), "measure": measure}
    return send(browser, "/import", **fields, file=(BytesIO(content), filename))


def work(app) -> None:
    """Do all jobs that wait."""
    with app.app_context():
        for job_id in worker.waiting():
            worker.run(job_id)


def test_a_file_goes_all_the_way_by_pages_alone(app, build, browser, measured):
    answer = sent(browser, build, a_file(*ROWS), measure=str(measured.id))
    assert answer.status_code == 303
    page = browser.get(answer.location)
    assert heading(page) == "Is wards.csv read right, and which column means what?"
    found = fields_of(page)
    assert (found["unit"], found["start"], found["fixed_measure"]) == ("ward", "month", measured.slug)
    answer = browser.post(f"{answer.location}/columns", data={**found, **AMOUNTS})
    assert answer.status_code == 303, words(answer)
    page = browser.get(answer.location)
    assert heading(page) == "3 results are ready, none is refused."
    assert "Numerator" in words(page) and "116" in words(page) and "140" in words(page)
    answer = send(browser, answer.location)
    assert answer.status_code == 303
    work(app)
    answer = browser.get(answer.location)
    assert answer.status_code == 303
    page = browser.get(answer.location)
    assert heading(page) == "3 results were imported."
    answer = send(browser, answer.location.replace("result", "undo"))
    assert answer.status_code == 303
    assert heading(browser.get(answer.location)) == "This import was taken back."


REFUSED_FILES = [
    (b"", "wards.csv", "The file is empty. Check that you chose the right one."),
    (b"PK\x03\x04" + b"\0" * 40, "wards.csv", "Excel workbook"),
    (b"%PDF-1.7 .....", "wards.csv", "PDF"),
    (b"not a workbook", "wards.xlsx", "not an Excel workbook"),
    (b"a,b\n1,2\n", "wards.exe", "Files of this kind cannot be read."),
]


@pytest.mark.parametrize(("content", "filename", "told"), REFUSED_FILES)
def test_a_file_that_cannot_be_read_gets_its_sentence_beside_the_file(content, filename, told, browser, build):
    answer = sent(browser, build, content, filename=filename)
    assert answer.status_code == 422
    assert told in words(answer) and "Send a file" in words(answer)


def test_a_name_is_shown_and_never_a_path(browser, build, app, measured):
    answer = sent(browser, build, a_file(*ROWS), filename="../../<b onclick=alert(1)>wards.csv")
    page = browser.get(answer.location)
    assert page.status_code == 200 and "<b onclick" not in page.text
    kept = list((app.extensions["settings"].instance / "uploads").iterdir())
    assert [len(path.name) for path in kept] == [64]


def test_refused_rows_are_sent_with_their_reasons_and_without_formulas(browser, build, app, measured):
    rows = (*ROWS, "=cmd,2026-01,1,2,", "001,2026-03,9,8,")
    show = sent(browser, build, a_file(*rows), measure=str(measured.id)).location
    found = fields_of(browser.get(show))
    page = browser.get(browser.post(f"{show}/columns", data={**found, **AMOUNTS}).location)
    assert heading(page) == "3 results are ready, 2 rows are refused."
    answer = browser.get(f"{show}/refused.csv")
    assert answer.mimetype == "text/csv" and "'=cmd" in answer.text
    assert "9 of 8: the count is larger than" in answer.text


def test_equal_sums_are_never_shown_without_the_rows_that_are_in_none(browser, build, app, measured):
    rows = (*ROWS, ROWS[0], ROWS[0], "001,2026-03,9,8,")
    show = sent(browser, build, a_file(*rows), measure=str(measured.id)).location
    page = browser.get(browser.post(f"{show}/columns", data={**fields_of(browser.get(show)), **AMOUNTS}).location)
    told = words(page)
    assert "3 of 6 rows are left out:" in told and "2 × given twice in the file, 1 × numbers that cannot be" in told
    assert "Equal, but for refused rows" in told and "In the file" not in told


def test_a_file_that_brings_nothing_new_says_what_became_of_its_rows(browser, build, app, measured):
    show = sent(browser, build, a_file(*ROWS), measure=str(measured.id)).location
    preview = browser.post(f"{show}/columns", data={**fields_of(browser.get(show)), **AMOUNTS}).location
    send(browser, preview)
    work(app)
    again = sent(browser, build, a_file(*ROWS, ROWS[0]), measure=str(measured.id)).location
    page = browser.get(browser.post(f"{again}/columns", data={**fields_of(browser.get(again)), **AMOUNTS}).location)
    assert heading(page) == "Nothing new: 3 rows are recorded already, one row is refused."


def test_columns_that_do_not_fit_are_told_beside_their_field_and_nothing_is_lost(browser, build, measured):
    show = sent(browser, build, a_file(*ROWS), measure=str(measured.id)).location
    found = fields_of(browser.get(show))
    answer = browser.post(f"{show}/columns", data={**found, "numerator": "[met] - [", "denominator": "[all]"})
    assert answer.status_code == 422
    assert "The formula cannot be read at" in words(answer)
    again = fields_of(answer)
    assert (again["numerator"], again["unit"]) == ("[met] - [", "ward")


def test_the_column_with_names_of_units_is_remembered_for_files_of_its_shape(browser, build, measured):
    content = a_file(*ROWS, head="ward,month,met,all,ward name")
    show = sent(browser, build, content, measure=str(measured.id)).location
    found = fields_of(browser.get(show))
    assert found["unit_name"] == "ward name"
    answer = browser.post(f"{show}/columns", data={**found, **AMOUNTS, "unit_name": ""})
    assert answer.status_code == 303, words(answer)
    again = sent(browser, build, content, measure=str(measured.id)).location
    assert fields_of(browser.get(again))["unit_name"] == ""


def test_what_each_column_holds_is_said_in_words_that_fit(browser, build, measured):
    content = a_file("001,2026-01-01,41,50,", "002,2026-02-01,30,40,")
    told = words(browser.get(sent(browser, build, content, measure=str(measured.id)).location))
    assert "ward Codes 001 · 002" in told and "month Dates (year-month-day) 2026-01-01" in told
    assert "met Numbers 41 · 30" in told and "day first" not in told.split("What the columns hold")[1].split("met")[0]


def test_a_file_can_be_read_in_another_way(browser, build, measured):
    show = sent(browser, build, b"ward;month;met\n001;2026-01;4,5\n").location
    answer = send(browser, f"{show}/reading", seen_on=show, delimiter=",", encoding="", header_row="")
    assert answer.status_code == 303
    assert "001;2026-01;4" in browser.get(show).text  # one cell now
    answer = send(browser, f"{show}/reading", seen_on=show, delimiter="", encoding="", header_row="400")
    assert answer.status_code == 422 and "There is no row 400" in words(answer)


def test_a_token_is_on_each_form(browser, build, measured):
    show = sent(browser, build, a_file(*ROWS)).location
    assert len(TOKEN.findall(browser.get(show).text)) >= 2


def test_a_column_of_breaches_is_not_taken_for_what_was_reached_in_time(browser, build, app):
    ward = build.unit("Acute", code="A1")
    one = a_measure(build, build.organisation(), [ward], title="Out within 4 hours", numerator="Left within 4 hours")
    content = b"period,org_code,attendances,breaches\n2026-01-01,A1,1000,130\n2026-02-01,A1,900,120\n"
    there = sent(browser, build, content, measure=str(one.id)).location
    page = browser.get(there)
    assert 'value="[attendances] - [breaches]"' in page.text
    assert "so the numerator is [attendances] - [breaches]. Is that right?" in words(page)
    wrong = fields_of(page) | {"numerator": "[breaches]"}
    preview = browser.get(browser.post(f"{there}/columns", data=wrong).location)
    assert "Count it from the other end, such as [attendances] - [breaches]." in words(preview)


def test_a_unit_that_is_called_by_its_code_says_so_in_every_list_of_units(browser, build):
    build.unit("RX1", code="RX1")
    page = browser.get("/import").text
    assert "RX1 (code)<" in page and "Heart<" in page and "Heart (code)" not in page
