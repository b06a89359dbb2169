"""Excel workbooks in and out: sheets, dates, codes with zeros, and texts that look like formulas."""

import io
import zipfile
from datetime import date, datetime

from pytest import mark, raises
from xlsxwriter import Workbook

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say
from qitracker.web.downloads.xlsx import write_xlsx
from tests.unit.exchange.tables import FALLS, judge, read, table


def workbook(**sheets) -> bytes:
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, (top, rows) in sheets.items():
            page = book.add_worksheet(name)
            for at, row in enumerate(rows, top):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(at, column, cell, day)
                    else:
                        page.write(at, column, cell)
    return target.getvalue()


ROWS = [
    ["unit", "month", "cases", "total"],
    ["00123", date(2026, 1, 1), 3, 40],
    ["00124", datetime(2026, 1, 1), 4.0, 50],
]


def test_dates_are_dates_and_codes_written_as_text_keep_their_zeros():
    found = table(workbook(Results=(0, ROWS)), "results.xlsx")
    assert found.header == ("unit", "month", "cases", "total")
    assert list(found.rows()) == [["00123", date(2026, 1, 1), 3, 40], ["00124", date(2026, 1, 1), 4, 50]]
    assert [guess.kind for guess in found.detected.columns] == ["code", "date", "number", "number"]


def test_a_workbook_gives_the_same_results_as_the_csv_of_it():
    from_book = read(table(workbook(Results=(0, ROWS)), "results.xlsx"), judge=judge())
    from_text = read(table("unit,month,cases,total\n00123,2026-01-01,3,40\n00124,2026-01-01,4,50\n"), judge=judge())
    assert from_book.ready == from_text.ready
    assert len(from_book.ready) == 2


def test_empty_rows_above_the_header_do_not_shift_the_row_numbers():
    found = table(workbook(Results=(3, ROWS)), "results.xlsx")
    assert found.first_row == 5
    assert read(found).ready[0].row == 5


def test_the_first_sheet_with_rows_is_read_and_the_others_are_told():
    content = workbook(Cover=(0, []), Data=(0, ROWS), Old=(0, [["unit"], ["X"]]))
    found = table(content, "results.xlsx")
    assert (found.detected.sheet, found.detected.sheets) == ("Data", ("Cover", "Data", "Old"))
    assert "2 sheets with rows; “Data” is read" in str(found.detected.notes[-1])
    assert list(table(content, "results.xlsx", sheet="Old").rows()) == [["X"]]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are():
    with raises(Invalid, match="no sheet “Nope”. Choose one of: Data") as refusal:
        table(workbook(Data=(0, ROWS)), "results.xlsx", sheet="Nope")
    assert list(refusal.value.fields) == ["sheet"]


def _zip(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, "x")
    return target.getvalue()


@mark.parametrize(
    ("content", "words"),
    [
        (b"unit,n\nA,1\n", "not an Excel workbook"),
        (b"", "file is empty"),
        (_zip("other.txt"), "not an Excel workbook"),
        (_zip("xl/other.xml"), "not an Excel workbook"),
        (b"PK\x03\x04 cut off", "damaged"),
        (workbook(Data=(0, [])), "holds no rows"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(content, words):
    with raises(Invalid, match=words):
        table(content, "results.xlsx")


def test_what_is_written_is_read_back():
    target = io.BytesIO()
    rows = [["00123", date(2026, 1, 1), 3, None], ["=1+1", date(2026, 2, 1), 2.5, "@x"]]
    assert write_xlsx(target, sheet="Results: [2026]", header=["unit", "month", "n", "note"], rows=rows) == 2
    found = table(target.getvalue(), "results.xlsx")
    assert found.detected.sheet == "Results   2026"
    assert list(found.rows()) == [["00123", date(2026, 1, 1), 3, ""], ["=1+1", date(2026, 2, 1), 2.5, "@x"]]


def test_no_text_is_written_as_a_formula_or_a_link():
    target = io.BytesIO()
    texts = ["=cmd|'/c calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "http://example.org", say("Sentence {n}", n=5)]
    write_xlsx(target, sheet="x", header=["text"], rows=[[text] for text in texts])
    with zipfile.ZipFile(io.BytesIO(target.getvalue())) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert [row[0] for row in table(target.getvalue(), "x.xlsx").rows()] == [str(text) for text in texts]


def test_a_date_where_a_number_belongs_is_refused_in_its_row():
    rows = [ROWS[0], ["A", date(2026, 1, 1), date(2026, 1, 2), 40]]
    block = read(table(workbook(Results=(0, rows)), "results.xlsx"), FALLS)
    assert str(block.refused[0].reasons[0].words) == "2 Jan 2026 is a date; a number belongs here."


def with_sheet(content: bytes, old: str, new: str) -> bytes:
    """Return the workbook with a piece of its first sheet replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert old.encode() in part
                part = part.replace(old.encode(), new.encode())
            after.writestr(name, part)
    return target.getvalue()


SMALL = workbook(Data=(0, [["unit", "month"], ["A", "x"]]))


@mark.parametrize("place", ["XFD1048576", "Z1048576", "ZZ90000", "XFD2000"])
@mark.parametrize("tag", ['r="{}"', "r='{}'", ' \nr = "{}"'])
def test_a_stray_cell_far_away_never_takes_the_room_of_the_whole_sheet(place, tag):
    with raises(Invalid, match="reaches to row"):
        table(with_sheet(SMALL, 'r="B2"', tag.format(place)), "results.xlsx")


def test_a_header_that_reaches_too_far_is_refused_with_both_numbers():
    with raises(Invalid, match="16,384 columns; up to 500"):
        table(with_sheet(SMALL, 'r="B1"', 'r="XFD1"'), "results.xlsx")


def test_formatted_rows_and_cells_without_content_far_away_do_no_harm():
    far = '<row r="1048576" ht="20" customHeight="1"/></sheetData>'
    blank = '<c r="XFD2" s="1"/></row></sheetData>'
    content = with_sheet(with_sheet(SMALL, "</row></sheetData>", blank), "</sheetData>", far)
    assert list(table(content, "results.xlsx").rows()) == [["A", "x"]]


def test_a_cell_beyond_the_header_refuses_its_row_and_is_not_dropped():
    rows = [*ROWS, ["00125", date(2026, 1, 1), 3, 40, "", "surplus"]]
    block = read(table(workbook(Results=(0, rows)), "results.xlsx"))
    assert (len(block.ready), block.refused[0].cells[-1]) == (2, "surplus")
