"""CSV as hospitals send it: every encoding, delimiter and header, and files that are something else."""

import io
import zipfile

from pytest import mark, raises

from qitracker.exchange.formats import open_table
from qitracker.foundation.errors import Invalid
from tests.unit.exchange.tables import table

ROWS = "unit,month,cases\nÄrzte,2026-01,5\n"


@mark.parametrize(
    ("content", "encoding"),
    [
        (ROWS.encode("utf-8"), "utf-8"),
        (ROWS.encode("utf-8-sig"), "utf-8-sig"),
        (ROWS.encode("utf-16"), "utf-16"),
        (ROWS.encode("utf-16-le"), "utf-16-le"),
        (ROWS.encode("utf-16-be"), "utf-16-be"),
        (ROWS.encode("cp1252"), "cp1252"),
        (ROWS.encode("latin-1") + b"\x81,2026-02,1\n", "latin-1"),
    ],
)
def test_the_encoding_is_found_and_the_text_is_right(content, encoding):
    found = table(content)
    assert found.detected.encoding == encoding
    assert found.header == ("unit", "month", "cases")
    assert next(found.rows()) == ["Ärzte", "2026-01", "5"]


def test_a_letter_that_is_no_utf8_far_down_the_file_is_still_noticed():
    content = b"unit,n\n" + b"A,1\n" * 100_000 + "Österreich,2\n".encode("cp1252")
    found = table(content)
    assert found.detected.encoding == "cp1252"
    assert list(found.rows())[-1] == ["Österreich", "2"]


@mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_gives_every_row_the_same_columns(delimiter):
    rows = (("unit", "name", "value"), ("A", "Ward 1, north", "1.5"), ("B", "Ward 2", "2.5"))
    content = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    found = table(content)
    assert found.detected.delimiter == delimiter
    assert next(found.rows()) == ["A", "Ward 1, north", "1.5"]


def test_decimal_commas_do_not_pass_for_delimiters():
    found = table("unit;cases;share\nA;12;0,5\nB;14;0,7\n")
    assert found.detected.delimiter == ";"
    assert found.header == ("unit", "cases", "share")


def test_a_first_line_that_announces_the_delimiter_is_believed_and_not_read_as_data():
    found = table("sep=;\nunit;cases\nA;1\n")
    assert (found.detected.delimiter, found.header, found.first_row) == (";", ("unit", "cases"), 3)
    assert list(found.rows()) == [["A", "1"]]


def test_title_lines_above_the_header_are_left_out_and_row_numbers_still_fit():
    found = table("Falls report 2026\n\nunit,month,cases\nA,2026-01,3\n")
    assert found.header == ("unit", "month", "cases")
    assert found.first_row == 4
    assert [str(note) for note in found.detected.notes] == ["2 row(s) above the column names are left out."]


def test_the_person_overrides_what_was_detected():
    found = table("a;b\n1,5;2\n", delimiter=",", encoding="latin-1", header_row=2)
    assert (found.header, found.detected.encoding) == (("1", "5;2"), "latin-1")


def test_an_encoding_that_does_not_fit_is_refused_beside_its_field():
    with raises(Invalid, match="is not written in ascii") as refusal:
        table(ROWS.encode(), encoding="ascii")
    assert list(refusal.value.fields) == ["encoding"]


def test_a_header_row_beyond_the_end_is_refused():
    with raises(Invalid, match="no row 9"):
        table(ROWS, header_row=9)


@mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused(content):
    with raises(Invalid, match="The file is empty"):
        table(content)


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("results.csv", ROWS)
    return packed.getvalue()


@mark.parametrize(
    ("content", "words"),
    [
        (_zip(), "zip archive"),
        (b"%PDF-1.7 rest", "a PDF"),
        (b"\x89PNG\r\n\x1a\n rest", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest", "old Office document"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html><table>", "a web page"),
        (b'<?xml version="1.0"?><Workbook/>', "web page or XML"),
        (b"a,b\n1,2\x00\n", "bytes that are no text"),
    ],
)
def test_what_is_no_text_is_named_for_what_it_is(content, words):
    with raises(Invalid, match=words) as refusal:
        table(content)
    assert list(refusal.value.fields) == ["file"]


def test_an_unknown_kind_of_file_is_refused_with_the_kinds_that_can_be_read():
    with raises(Invalid, match=r"\.csv.*\.xlsx"):
        table(ROWS, "results.docx")


def test_columns_with_the_same_name_or_none_are_made_unique_and_that_is_said():
    found = table("unit,cases,cases,,cases (2)\nA,1,2,3,4\n")
    assert found.header == ("unit", "cases", "cases (2)", "Column 4", "cases (2) (2)")
    notes = " ".join(str(note) for note in found.detected.notes)
    assert "“cases” names more than one column" in notes
    assert "Column 4 has no name" in notes


def test_a_sheet_of_200_columns_is_read():
    header = ",".join(f"c{number}" for number in range(200))
    found = table(f"{header}\n{','.join('1' * 200)}\n")
    assert len(found.header) == len(found.detected.columns) == 200


def test_more_than_500_columns_are_refused_with_both_numbers():
    header = ",".join(f"c{number}" for number in range(501))
    with raises(Invalid, match="501 columns; up to 500"):
        table(f"{header}\n")


def test_a_header_of_blanks_is_refused():
    with raises(Invalid, match="no column names"):
        table(" , , \nA,1,2\n", header_row=1)


def test_a_first_row_of_figures_is_pointed_out():
    assert "looks like figures" in str(table("1,2\n3,4\n").detected.notes[0])


def test_a_cell_without_end_stops_the_reading_with_a_sentence():
    with raises(Invalid, match="quote mark may be missing"):
        list(table('unit,note\nB,1\nA,"' + "x" * 2_000_000).rows())


def test_the_table_can_be_read_twice_from_a_path_and_from_bytes(tmp_path):
    path = tmp_path / "stored"
    path.write_text(ROWS, encoding="utf-8")
    for found in (table(ROWS), open_table(path, "results.csv")):
        assert list(found.rows()) == list(found.rows()) == [["Ärzte", "2026-01", "5"]]


def test_blocks_carry_the_row_numbers_of_the_spreadsheet():
    found = table("unit,n\nA,1\n\nB,2\nC,3\n")
    blocks = list(found.blocks(size=2))
    assert [list(block.numbers) for block in blocks] == [[2, 3], [4, 5]]
    assert blocks[1].rows[0] == ["B", "2"]
