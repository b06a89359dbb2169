"""A worksheet takes as many statements with many rows as with few."""

from functools import partial

from tests.builders.worksheets import a_cause, a_sheet
from tests.web.browsing import as_script
from tests.web.counting import statements


def save(browser, sheet, headers, row, value):
    return browser.post(
        f"/worksheets/{sheet}/cells",
        json={"row": row, "column": "occurrence", "value": value, "seen": 1, "after": 0},
        headers=headers,
    )


def test_page_news_and_save_take_as_many_statements_for_many_causes_as_for_one(app, build, ward, nurse):
    small, large = a_sheet(build, ward), a_sheet(build, ward)
    one = a_cause(build, small)
    many = [a_cause(build, large) for _ in range(6)]
    headers = as_script(nurse, f"/worksheets/{small}")
    for path in ("", "/changes?after=0", "/rows/{row}"):
        few, lots = (
            statements(app, partial(nurse.get, f"/worksheets/{sheet}{path.format(row=row)}"))
            for sheet, row in ((small, one["cause"]), (large, many[0]["cause"]))
        )
        assert few == lots, path
    few = statements(app, lambda: save(nurse, small, headers, one["cause"], "8"))
    lots = statements(app, lambda: save(nurse, large, headers, many[0]["cause"], "8"))
    assert few == lots <= 34


def test_the_list_takes_as_many_statements_for_many_sheets_as_for_one(app, build, ward, nurse):
    a_sheet(build, ward)
    nurse.get("/worksheets")
    few = statements(app, lambda: nurse.get("/worksheets"))
    for unit in (build.unit("Second", below=ward), build.unit("Third", below=ward)):
        a_sheet(build, unit)
    assert statements(app, lambda: nurse.get("/worksheets")) == few
