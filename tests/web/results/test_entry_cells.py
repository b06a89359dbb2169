"""Cells and blocks as the browser sends them: each wrong one gets its sentence, nothing is lost or breaks."""

from datetime import date

from pytest import fixture, mark

from qitracker.measures.rules import Scoring
from qitracker.results.commands.periods import WorkPeriod, check_period, lock_period, submit_period
from tests.builders.measures import a_measure, a_retired_measure
from tests.builders.people import SYSTEM
from tests.builders.results import TODAY, a_series, recorded
from tests.web.browsing import words
from tests.web.results.entering import MAY, Sheet, cell


@fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@fixture
def measured(build, ward):
    return a_measure(build, build.organisation(), [ward], begins=date(2025, 1, 1))


@fixture
def sheet(build, ward, measured):
    return Sheet(build.signed_in(build.person("team_member", ward, name="Wanda Reed")))


@fixture
def officers(build, ward, measured):
    return Sheet(build.signed_in(build.person("quality_officer", name="Olga Quinn")))


def test_a_cell_is_saved_and_answered_with_what_stands_there(sheet, measured):
    answer = sheet.cell(measured.slug, "1,041", "1,250")
    assert (answer.status_code, answer.json["state"]) == (200, "saved")
    assert (
        answer.json["cell"] | {"version": 1, "numerator": "1041", "shown_numerator": "1,041", "value": "83.3"}
        == (answer.json["cell"])
    )
    assert "<svg" in answer.json["spark"]
    page = sheet.page().text
    assert 'data-text="1041"' in page and "1,041" in page


BAD = (
    ("71", "64", "numerator", "larger than “out of”"),
    ("3", "0", "denominator", "cannot be 0 here"),
    ("-3", "5", "numerator", "below 0"),
    ("3", "-5", "denominator", "below 0"),
    ("many", "5", "numerator", "“many” is not a number"),
    ("1e400", "5", "numerator", "too large"),
    ("3.5", "5", "numerator", "not a whole number"),
    ("12%", "50", "numerator", "without the % sign"),
    ("<script>alert(1)</script>", "5", "numerator", "is not a number"),
    ("=1+1", "5", "numerator", "is not a number"),
    ("12,34", "50", "numerator", "groups of three"),
)


@mark.parametrize(("numerator", "denominator", "where", "said"), BAD)
def test_what_cannot_be_right_is_said_beside_its_cell_and_not_saved(
    sheet, measured, numerator, denominator, where, said
):
    sheet.cell(measured.slug, "40", "50", start="2026-04-01")
    answer = sheet.cell(measured.slug, numerator, denominator)
    assert (answer.status_code, answer.json["state"]) == (422, "invalid")
    assert said in answer.json["say"][where]
    page = sheet.page().text
    assert page.count('data-seen="1"') == 2  # April stands, May does not


@mark.parametrize(
    ("start", "said"),
    [
        ("2031-01-01", "has not begun"),
        ("2026-02-29", "is not a day"),
        ("2026-05-09", "not the first day of a month"),
        ("tomorrow", "is not a day"),
        ("2024-05-01", "does not collect this measure then"),
    ],
)
def test_a_day_that_is_no_period_of_the_measure_is_refused(sheet, measured, start, said):
    answer = sheet.cell(measured.slug, "41", "50", start=start)
    assert answer.status_code == 422 and said in answer.get_data(as_text=True)


@mark.parametrize(
    ("numerator", "denominator", "state"),
    [("-", "", "missing"), ("*", "", "suppressed"), ("not applicable", "", "not_applicable"), ("0", "0", "no_cases")],
)
def test_each_word_for_no_number_is_a_state_with_a_word_of_its_own(sheet, measured, numerator, denominator, state):
    answer = sheet.cell(measured.slug, numerator, denominator)
    assert answer.json["cell"]["state"] == state and answer.json["cell"]["stateful"]
    assert answer.json["cell"]["value"] == state.replace("_", " ")
    assert answer.json["cell"]["shown_numerator"] == ""


def test_one_number_is_kept_and_shown_as_incomplete(sheet, measured):
    answer = sheet.cell(measured.slug, "41", "")
    assert answer.json["cell"]["incomplete"] and answer.json["cell"]["value"] == "incomplete"
    page = sheet.page().text
    assert 'data-text="41"' in page and "incomplete" in page
    assert sheet.cell(measured.slug, "41", "50", seen=1).json["cell"]["version"] == 2


def test_an_emptied_cell_is_taken_away(sheet, measured):
    sheet.cell(measured.slug, "41", "50")
    answer = sheet.cell(measured.slug, "", "", seen=1)
    assert answer.json["cell"] | {"version": 0, "value": "", "state": None} == answer.json["cell"]


def test_a_conflict_brings_both_numbers_who_and_when(sheet, officers, measured):
    officers.cell(measured.slug, "40", "50")
    answer = sheet.cell(measured.slug, "41", "50")
    assert (answer.status_code, answer.json["state"], answer.json["who"]) == (409, "conflict", "Olga Quinn")
    assert answer.json["theirs"]["words"] == "40 of 50" and answer.json["theirs"]["version"] == 1
    assert str(date.today().year) in answer.json["when"]
    assert sheet.cell(measured.slug, "41", "50", seen=1).json["cell"]["version"] == 2  # keep mine


def test_after_submission_the_grid_is_asked_for_a_reason_or_told_whom_to_ask(build, ward, sheet, officers, measured):
    recorded(build, ward, measured)
    with build._inside():
        submit_period(by=SYSTEM, period=WorkPeriod(ward.id, "month", date(2026, 5, 1)), seen=0, today=TODAY)
    answer = officers.cell(measured.slug, "42", "50", seen=1)
    assert (answer.status_code, answer.json["state"]) == (422, "reason")
    assert officers.cell(measured.slug, "42", "50", seen=1, reason="Counted again").json["state"] == "saved"
    refused = sheet.cell(measured.slug, "43", "50", seen=2, reason="Mine")
    assert refused.status_code == 403 and "Ask an administrator" in refused.json["say"]["numerator"]


def test_a_locked_period_says_so_and_its_cells_are_shut(build, ward, sheet, measured):
    recorded(build, ward, measured)
    with build._inside():
        period = WorkPeriod(ward.id, "month", date(2026, 5, 1))
        submit_period(by=SYSTEM, period=period, seen=0, today=TODAY)
        check_period(by=SYSTEM, period=period, seen=1)
        lock_period(by=SYSTEM, period=period, seen=2)
    answer = sheet.cell(measured.slug, "42", "50", seen=1)
    assert answer.status_code == 422 and "is locked" in answer.json["say"]["period"]
    assert sheet.page().text.count("data-shut") == 2


SHAPES = (
    [], "41", 41, {}, {"start": 5}, {"start": MAY, "numerator": ["41"]}, {"start": MAY, "seen": -1},
    {"start": MAY, "seen": True}, {"start": MAY, "state": "great"}, {"start": MAY, "numerator": "x" * 9000},
    {"start": MAY, "numerator": "\x00"}, {"start": MAY, "measure": "nobody-knows"},
)  # fmt: skip
ROWS = (None, "no", [5], [[]], [{"start": MAY}], {"a": 1})


def test_no_shape_of_request_breaks_anything(sheet):
    asked = [("cell", shape) for shape in SHAPES] + [("beside", shape) for shape in SHAPES]
    asked += [("comments", shape) for shape in SHAPES]
    asked += [(what, {"rows": rows}) for what in ("preview", "block") for rows in ROWS]
    asked += [("preview", {"text": text, "targets": rows}) for text in ("4", 4, None) for rows in ROWS]
    assert {sheet.post(what, body).status_code for what, body in asked} <= {404, 422}


def test_the_cells_of_another_unit_are_not_found(build, sheet, measured):
    south = build.unit("South", below=build.site("South site"))
    other = a_measure(build, build.organisation(), [south], title="Elsewhere")
    assert sheet.cell(other.slug, "41", "50").status_code == 404
    assert Sheet(sheet.browser, "south").browser.get("/entry?unit=south").status_code == 404


def test_a_retired_measure_takes_no_more_numbers(build, ward, sheet):
    retired = a_retired_measure(build, build.organisation(), [ward])
    answer = sheet.cell(retired.slug, "41", "50", start="2026-07-01")
    assert answer.status_code == 422 and "was retired on 1 Jun 2026" in answer.get_data(as_text=True)


def test_a_mean_shows_four_decimals_and_what_nobody_edited_is_no_change(build, ward, sheet):
    mean = a_measure(
        build, build.organisation(), [ward], title="Stay", scoring=Scoring.MEAN, multiplier=1, unit="days", chart="i"
    )
    a_series(build, ward, mean, [(548.95, 91)], first=date(2026, 5, 1))
    page = sheet.page().text
    full = f"{548.95 / 91:.15g}"
    assert f'data-text="{full}" data-edit="6.0324"' in page and ">6.0324<" in page
    for text in ("6.0324", full):
        assert sheet.cell(mean.slug, text, "91", seen=1).json["cell"]["version"] == 1
    assert 'value="6.0324"' in sheet.browser.get(f"/entry/ward/{mean.slug}/2026-05-01").text
    preview = sheet.post("preview", {"rows": [cell(mean.slug, full, "92", seen=1)]}).json
    assert 'value="6.0324"' in preview["html"] and "mean 6.0324, n 91 → mean 6.0324, n 92" in preview["html"]
    assert preview["rows"][0]["numerator"] == full
    edited = sheet.cell(mean.slug, "6.1", "91", seen=1).json["cell"]
    assert (edited["version"], edited["edit_numerator"]) == (2, "6.1")


def test_of_a_mean_every_field_and_column_says_that_the_mean_is_typed(build, ward, sheet):
    mean = a_measure(
        build, build.organisation(), [ward], title="Stay", scoring=Scoring.MEAN, multiplier=1, unit="days", chart="i",
        numerator="Sum of the days from admission to discharge", denominator="Discharges",
    )  # fmt: skip
    a_series(build, ward, mean, [(1160 + at % 3, 184) for at in range(8)], first=date(2025, 9, 1))
    one = sheet.browser.get(f"/entry/ward/{mean.slug}/2026-05-01").text
    assert "Mean, days" in one and "Cases (n)" in one
    assert "The mean of all cases of the period, not their sum." in one
    assert "Mean, days / Cases (n)" in words(sheet.page())
    said = sheet.cell(mean.slug, "1160", "184").json["say"]["numerator"].replace("\u00a0", " ")
    assert "Is this the sum? 1,160 over 184 cases is a mean of 6.30: then enter 6.30." in said


def targets(measured, count: int = 1) -> list[list[dict[str, object]]]:
    months = [f"2026-{month:02}-01" for month in range(3, 6)]
    row = [
        cell(measured.slug, start=month) | {"which": which}
        for month in months
        for which in ("numerator", "denominator")
    ]
    return [row] * count


def test_a_pasted_block_is_looked_at_before_anything_is_saved(sheet, measured):
    answer = sheet.post("preview", {"text": "1.041,0\t1.250,0\t71\t64\t3\t50\n", "targets": targets(measured)})
    assert answer.status_code == 200
    assert [row["verdict"] for row in answer.json["rows"]] == ["ready", "wrong", "ready"]
    assert answer.json["rows"][0]["numerator"] == "1041" and answer.json["rows"][1]["numerator"] == "71"
    assert "larger than “out of”" in answer.json["html"] and "Save 2 rows" in answer.json["html"]
    assert 'data-seen="1"' not in sheet.page().text


def test_the_preview_shows_each_recorded_number_it_would_replace_old_beside_new(build, ward, sheet, measured):
    a_series(build, ward, measured, [(5, 809), (40, 50)], first=date(2026, 3, 1))
    answer = sheet.post("preview", {"text": "7\t790\t40\t50\t41\t50\n", "targets": targets(measured)})
    page = answer.json["html"]
    assert "5 of 809 → 7 of 790" in page and page.count("→") == 1
    for said in ("1 replaces what is recorded", "1 new", "1 as it is recorded", "Save 3 rows"):
        assert said in page
    assert "New: nothing is recorded there yet." in page and 'name="reason"' not in page


def test_the_preview_of_a_submitted_period_asks_for_the_reason_of_a_change(build, ward, sheet, officers, measured):
    a_series(build, ward, measured, [(40, 50), (40, 50), (40, 50)], first=date(2026, 3, 1))
    with build._inside():
        submit_period(by=SYSTEM, period=WorkPeriod(ward.id, "month", date(2026, 5, 1)), seen=0, today=TODAY)
    rows = [cell(measured.slug, "42", "50", seen=1), cell(measured.slug, "41", "50", start="2026-04-01", seen=1)]
    page = officers.post("preview", {"rows": rows}).json["html"]
    assert 'name="reason"' in page and "1 row changes a period that was submitted." in page
    answer = officers.post("block", {"rows": rows, "reason": "Counted again"})
    assert [row["state"] for row in answer.json["rows"]] == ["saved", "saved"]
    assert "Counted again" in officers.browser.get(f"/measures/{measured.slug}/units/ward/periods/2026-05-01").text
    mine = sheet.post("preview", {"rows": [cell(measured.slug, "43", "50", seen=2)]}).json
    assert mine["rows"][0]["verdict"] == "wrong" and "Ask an administrator" in mine["html"]


def test_the_good_rows_of_a_block_are_saved_and_each_row_is_answered(sheet, measured):
    rows = [
        cell(measured.slug, "41", "50"),
        cell(measured.slug, "71", "64", start="2026-04-01"),
        cell(measured.slug, "many", "50", start="2026-03-01"),
        cell(measured.slug, "*", "", start="2026-02-01"),
    ]
    answer = sheet.post("block", {"rows": rows})
    assert [row["state"] for row in answer.json["rows"]] == ["saved", "invalid", "invalid", "saved"]
    assert "many" in answer.json["rows"][2]["say"]["numerator"]


@mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no text"),
        ("\n".join(["41\t50"] * 3), "Begin higher up"),
        ("\t".join(["4"] * 200), "Begin further left"),
        ("1\t" * 30_000, "too large"),
    ],
)
def test_a_block_that_does_not_fit_is_refused_with_a_sentence(sheet, measured, text, said):
    answer = sheet.post("preview", {"text": text, "targets": targets(measured)})
    assert answer.status_code == 422 and said in answer.json["detail"]


def test_what_stands_beside_a_cell_is_sent_and_a_comment_can_be_added(build, ward, sheet, measured):
    a_series(build, ward, measured, [(40, 50), (41, 50)], first=date(2026, 3, 1))
    said = sheet.post("comments", cell(measured.slug) | {"comment": "<b>Two wards moved</b>"})
    assert said.status_code == 200 and "&lt;b&gt;Two wards moved&lt;/b&gt;" in said.text and "40 of 50" in said.text
    assert "Two wards moved" in sheet.post("beside", cell(measured.slug)).text
    empty = sheet.post("comments", cell(measured.slug) | {"comment": " "})
    assert empty.status_code == 422 and "1 to 2,000 characters" in empty.json["detail"]


def test_a_comment_shows_in_the_sheet(sheet, measured):
    sheet.post("comments", cell(measured.slug) | {"comment": "Looked at"})
    assert "1 comment" in sheet.page().text


def test_a_post_without_its_token_saves_nothing(sheet, measured):
    sheet.page()
    answer = sheet.browser.post("/entry/ward/cell", json=cell(measured.slug, "41", "50"))
    assert answer.status_code == 400 and 'data-seen="1"' not in sheet.page().text


def test_an_unusual_number_is_saved_and_asked_about(build, ward, sheet, measured):
    a_series(build, ward, measured, [(40, 50), (41, 50)] * 8, first=date(2025, 1, 1))
    answer = sheet.cell(measured.slug, "4", "50")
    assert answer.json["state"] == "unusual" and "It is saved. Is it right?" in answer.json["say"]["numerator"]


def test_what_is_unusual_is_marked_again_when_the_sheet_is_opened_by_whoever_checks_it(build, ward, sheet, measured):
    a_series(build, ward, measured, [(40 + at % 2, 50) for at in range(8)], first=date(2025, 9, 1))
    build.person("quality_officer")
    assert sheet.cell(measured.slug, "2", "50").json["state"] == "unusual"
    page = sheet.page()
    assert page.text.count("data-doubt=") == 1 and "is-warned" in page.text
    assert "is far from the last 8 values" in page.text.replace("\u00a0", " ")
    with build._inside():
        period = WorkPeriod(ward.id, "month", date(2026, 5, 1))
        submit_period(by=SYSTEM, period=period, seen=0, today=TODAY)
    assert "1 value is unusual: look at it before you go on." in words(sheet.page())
    with build._inside():
        check_period(by=SYSTEM, period=period, seen=1)
        lock_period(by=SYSTEM, period=period, seen=2)
    assert "data-doubt=" not in sheet.page().text
