"""What leaves as CSV runs nowhere, and the refused rows come back whole."""

import csv
import io

from pytest import mark

from qitracker.exchange.refused import refused_rows_csv
from qitracker.web.downloads.safe import csv_lines, safe_cell
from tests.unit.exchange.tables import judge, lines, read, table


@mark.parametrize("text", ["=1+1", "+1", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "-a", "--1"])
def test_a_text_that_could_run_gets_an_apostrophe(text):
    assert safe_cell(text) == f"'{text}"


@mark.parametrize("value", ["", "A", "-", "-5", "-1.234,5", "-1 234", "-2.5e-3", "a=b", "1-2", -5, -2.5, None, 0])
def test_plain_texts_and_numbers_stay_as_they_are(value):
    assert safe_cell(value) == value


def test_a_csv_begins_with_a_byte_order_mark_and_each_row_is_sent_on_its_own():
    sent = list(csv_lines([["Stroke unit", None], ["=1", 2.5]]))
    assert sent == ["\ufeffStroke unit,\r\n", "'=1,2.5\r\n"]


def test_refused_rows_carry_every_cell_their_row_and_all_reasons():
    text = lines(("A", "2026-01", "x", 40), ("=B", "2026-01", 3), ("C", "2026-01", 3, 40, "surplus"))
    found = table(text)
    block = read(found, judge=judge())
    rows = list(csv.reader(io.StringIO("".join(refused_rows_csv(found.header, block.refused)).lstrip("\ufeff"))))
    assert rows[0] == ["unit", "month", "cases", "total", "row", "reason"]
    assert rows[1] == ["A", "2026-01", "x", "40", "2", "cases: “x” is not a number. Enter digits only, such as 12.5."]
    assert rows[2] == ["'=B", "2026-01", "3", "", "3", "The row has 3 cells, the header 4. Check it."]
    assert rows[3] == ["C", "2026-01", "3", "40", "4", "The row has 5 cells, the header 4. Check it.", "surplus"]


def test_the_added_columns_do_not_take_the_name_of_one_in_the_file():
    (head,) = refused_rows_csv(["Row", "reason"], [])
    assert head == "\ufeffRow,reason,row 2,reason 2\r\n"


def test_refused_rows_can_be_corrected_and_sent_again():
    found = table(lines(("A", "2026-01", "x", 40)))
    again = "".join(refused_rows_csv(found.header, read(found).refused)).replace("2026-01,x", "2026-01,3")
    (result,) = read(table(again)).ready
    assert (result.unit, result.numerator) == ("A", 3)
