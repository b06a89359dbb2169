"""The pages of a report before they become paper: what they say, in which words, with which pictures."""

import re
from dataclasses import replace
from datetime import date

import html5lib
from markupsafe import escape

from qitracker.reports.kinds.measures import NoteLine, ValueRow
from qitracker.reports.rendering.pages import pages_of
from qitracker.reports.rendering.small_marks import sparkline
from qitracker.spc.analysis import Reading, State
from tests.unit.reports.reports import report
from tests.unit.reports.templates import TEMPLATES

HOSTILE = '<script>alert(1)</script><img src="file:///etc/hostname"> {{ 7 * 7 }} A&E'


def html_of(made) -> str:
    return pages_of(made, templates=TEMPLATES).html


def text_of(made) -> str:
    tree = html5lib.parse(html_of(made), namespaceHTMLElements=False)
    return " ".join("".join(tree.find("body").itertext()).split())


def test_the_first_page_opens_with_the_sentence_and_counts_all_measures():
    made = report(3)
    tree = html5lib.parse(html_of(made), namespaceHTMLElements=False)
    assert [h1.text for h1 in tree.iter("h1")] == [made.headline]
    first = tree.find("body/section")
    assert [row.find("th/a").text for row in first.find("table/tbody")] == [part.name for part in made.measures]


def test_provenance_names_unit_period_data_versions_time_and_fingerprint_in_the_margin_and_as_a_table():
    made = report(3)
    line = re.search(r'data-line="([^"]*)"', html_of(made))[1]
    facts = (made.unit, made.period, "10 Nov 2026, 06:00 UTC", "versions 1, 2, 3", "12 Nov 2026, 08:15 UTC", "MR-12")
    for fact in (*facts, made.fingerprint()):
        assert fact in line
        assert fact in text_of(made)


def test_moments_stand_in_the_time_zone_of_the_unit_which_is_named():
    line = re.search(r'data-line="([^"]*)"', html_of(report(1, timezone="Asia/Tokyo")))[1]
    assert "10 Nov 2026, 15:00 JST" in line and "made 12 Nov 2026, 17:15 JST" in line


def test_each_picture_has_an_alternative_text_and_is_one_of_the_reports_own():
    pages = pages_of(report(5), templates=TEMPLATES)
    tree = html5lib.parse(pages.html, namespaceHTMLElements=False)
    pictures = [(image.get("src"), image.get("alt")) for image in tree.iter("img")]
    assert {source for source, _ in pictures} == {f"chart:{name}" for name in pages.charts}
    assert len(pictures) == 10 and all(words for _, words in pictures)


def test_an_expired_benchmark_is_missing_since_its_day_and_has_neither_value_nor_line():
    pages = pages_of(report(3), templates=TEMPLATES)
    assert "expired 1 Jan 2025" in pages.html
    assert "National average" not in pages.charts["chart-3"].decode()
    assert "Board" in pages.charts["chart-1"].decode()


def test_a_missing_and_a_hidden_value_are_words_in_the_table_and_no_zero():
    part = report(3).measures[2]
    tree = html5lib.parse(html_of(replace(report(3), measures=(part,))), namespaceHTMLElements=False)
    rows = ["".join(row.itertext()).split() for row in tree.iter("tr")]
    hidden = next(row for row in rows if "Suppressed" in row)
    assert "–" in hidden and "0" not in hidden


def test_text_of_people_stays_text_wherever_it_stands():
    part = report(1).measures[0]
    note = NoteLine(date(2026, 3, 12), HOSTILE)
    part = replace(part, name=HOSTILE, headline=HOSTILE, alt=HOSTILE, caption=HOSTILE, notes=(note,), unit="%")
    made = replace(report(1), measures=(part, part), headline=HOSTILE, label=HOSTILE, unit=HOSTILE, lead=HOSTILE)
    pages = pages_of(made, templates=TEMPLATES)
    assert "<script" not in pages.html and 'src="file' not in pages.html
    assert str(escape(HOSTILE)) in pages.html
    assert all(b"<script" not in drawn and b"<img" not in drawn for drawn in pages.charts.values())


def test_a_measure_without_data_says_why_and_shows_no_empty_axis():
    empty = ValueRow(date(2026, 1, 1), State.MISSING, None, words="missing")
    part = replace(report(1).measures[0], rows=(empty,), phases=(), empty_reason="No results yet; expected in May.")
    made = replace(report(2), measures=(part, report(2).measures[1]))
    pages = pages_of(made, templates=TEMPLATES)
    assert "No results yet; expected in May." in pages.html
    assert "chart-1" not in pages.charts and "spark-1" not in pages.charts


def test_no_page_holds_a_style_or_script():
    assert not re.search(r"style=|<style|<script|\son\w+=", html_of(report(5)))


def test_a_very_long_series_lists_its_newest_three_hundred_values_and_says_so():
    made = report(1, months=330)
    tree = html5lib.parse(html_of(made), namespaceHTMLElements=False)
    values = next(table for table in tree.iter("table") if "values" in table.get("class", ""))
    assert len(values.findall("tbody/tr")) == 300
    assert "30 earlier periods are in the export" in html_of(made)


def test_the_small_trend_ends_in_the_shape_of_its_reading_and_is_broken_at_a_gap():
    rows = report(3).measures[2].rows
    ends = {reading: sparkline(rows, reading) for reading in Reading}
    assert len(set(ends.values())) == 4
    whole, gap = rows[:3], (rows[0], replace(rows[1], value=None), rows[2])
    assert line_of(sparkline(whole, Reading.USUAL)).count("M") == 1
    assert line_of(sparkline(gap, Reading.USUAL)).count("M") == 2


def line_of(drawn: str) -> str:
    return re.search(r'<path d="([^"]*)" fill="none" stroke="#56626d"', drawn)[1]
