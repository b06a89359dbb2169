"""What a drawn chart holds: words for each reader, nothing a strict page forbids, the same bytes each time."""

import re
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qitracker.charts.control import control_chart, png
from qitracker.charts.request import ChartRequest, Note, ReferenceLine
from qitracker.spc.analysis import Analysis, PhaseStart, State
from tests.unit.charts.analyses import analysed, analyses

SVG = "{http://www.w3.org/2000/svg}"
ASKED = ChartRequest(
    "falls-a1",
    'Falls in A&E <got> "better"',
    "Run of months",
    unit="per 1,000 bed days",
    lines=(
        ReferenceLine("target", "target", 6.0, "Board & council"),
        ReferenceLine("benchmark", "peers", 8.0, "Region", valid_from=date(2026, 1, 1)),
    ),
    notes=(Note(date(2026, 4, 9), "A&E <moved>"),),
)
SIZES = ("wide", "narrow", "print")


def tree(analysis: Analysis, request: ChartRequest = ASKED) -> ET.Element:
    return ET.fromstring(control_chart(analysis, request))


def points(picture: ET.Element) -> list[ET.Element]:
    return [group for group in picture.iter(f"{SVG}g") if re.search(r"-p\d+$", group.get("id", ""))]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(analyses(), st.sampled_from(SIZES))
def test_every_series_can_be_drawn_as_well_formed_svg_without_style_or_script(analysis, size):
    drawn = control_chart(analysis, replace(ASKED, size=size))
    if all(point.value is None for point in analysis.points[-18:]):
        assert size == "narrow" or any(point.value is not None for point in analysis.points) or drawn == ""
        return
    ET.fromstring(drawn)
    assert not re.search(r"style=|<style|<script|\son\w+=|javascript:|<!--|url\(http", drawn)
    assert "nan" not in drawn.lower() and "inf" not in re.sub(r">[^<]*<", "><", drawn)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(analyses())
def test_each_value_has_words_of_its_own_and_a_period_without_a_value_has_none(analysis):
    if all(point.value is None for point in analysis.points):
        assert control_chart(analysis, ASKED) == ""
        return
    marked = points(tree(analysis))
    numbers = sorted(int(group.get("id").rpartition("-p")[2]) for group in marked)
    assert numbers == [i for i, point in enumerate(analysis.points) if point.value is not None]
    assert all(group[0].tag == f"{SVG}title" and group[0].text for group in marked)


def test_ids_are_unique_and_begin_with_the_name_of_the_chart_in_each_size():
    seen: set[str] = set()
    for size, prefix in zip(SIZES, ("falls-a1-", "falls-a1-n-", "falls-a1-x-"), strict=True):
        ids = [e.get("id") for e in tree(analysed(), replace(ASKED, size=size)).iter() if e.get("id")]
        assert len(ids) == len(set(ids)) and not seen & set(ids)
        assert all(ident.startswith(prefix) for ident in ids)
        seen |= set(ids)


def test_every_reference_inside_the_picture_leads_to_something():
    drawn = control_chart(analysed(), ASKED)
    targets = set(re.findall(r'href="#([^"]+)"', drawn)) | set(re.findall(r"url\(#([^)]+)\)", drawn))
    assert targets and targets <= set(re.findall(r' id="([^"]+)"', drawn))


def test_the_picture_is_named_by_its_sentence_first_and_foreign_text_stays_text():
    picture = tree(analysed())
    assert picture.get("role") == "img"
    assert [child.tag for child in picture][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert picture[0].text == 'Falls in A&E <got> "better"'
    assert picture.get("aria-labelledby") == f"{picture[0].get('id')} {picture[1].get('id')}"
    written = [text.text for text in picture.iter(f"{SVG}text")]
    assert "A&E <moved>" in written
    assert any("Board & council" in text for text in written)


def test_a_point_says_its_period_value_what_lies_behind_it_and_what_it_means():
    analysis = analysed((5, 4, 6), (1000.0, 2000.0, 1500.0), chart="u", multiplier=1000)
    assert points(tree(analysis))[1][0].text == "February 2025: 2.0 per 1,000 bed days (4 of 2,000)".replace(
        "0 per", "0\u00a0per"
    )
    worse = analysed((9,) * 12 + (60,))
    assert points(tree(worse, replace(ASKED, behind="")))[-1][0].text.endswith("60.0\u00a0per 1,000 bed days, worse")


def test_a_point_left_out_is_hollow_and_says_so():
    picture = tree(analysed(excluded=(date(2025, 3, 1),)))
    (hollow,) = [group for group in picture.iter(f"{SVG}g") if group.get("class") == "c-out"]
    assert hollow.get("id") == "falls-a1-p2"
    assert "left out of the average" in hollow[0].text


def test_the_same_request_gives_the_same_bytes_also_from_many_threads_at_once():
    analysis = analysed(phases=(PhaseStart(date(2026, 1, 1), "new beds"),))
    wanted = control_chart(analysis, ASKED)
    with ThreadPoolExecutor(8) as pool:
        drawn = set(pool.map(lambda _: control_chart(analysis, ASKED), range(24)))
    assert drawn == {wanted}
    assert png(analysis, ASKED) == png(analysis, ASKED)


def test_a_hidden_value_is_shown_as_hidden_and_never_as_zero():
    states = (State.VALUE,) * 3 + (State.SUPPRESSED, State.NO_CASES, State.VALUE)
    picture = tree(analysed((5, 4, 6, None, 0, 5), (1.0, 1.0, 1.0, None, 0.0, 1.0), states=states))
    assert [text.text for text in picture.iter(f"{SVG}text")].count("‡") == 1
    assert [group.get("id") for group in points(picture)] == [f"falls-a1-p{i}" for i in (0, 1, 2, 5)]
    lines = [g for g in picture.iter(f"{SVG}g") if g.get("class") == "c-line"]
    assert len(lines) == 1  # from the first to the third point; none leads over the gap


def test_a_picture_for_print_joins_the_marks_of_a_kind_and_is_no_larger_for_it():
    drawn = control_chart(analysed(), replace(ASKED, size="print"))
    assert "<use" not in drawn and len(drawn) < 20_000
    assert drawn.count('class="c-point"') == 1


def test_a_png_is_a_png():
    assert png(analysed(), ASKED).startswith(b"\x89PNG")
    assert png(analysed((None, None)), ASKED) == b""
