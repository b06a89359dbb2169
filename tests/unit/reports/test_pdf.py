"""The PDF: tagged, the same bytes each time, with nothing fetched from outside, and never half made."""

import logging
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytest import mark, raises

from qitracker.reports.rendering import pdf
from qitracker.reports.rendering.finisher import finish
from qitracker.reports.rendering.pages import pages_of, to_pdf
from qitracker.reports.rendering.pdf import RenderFailed, render_pdf
from tests.unit.reports.reports import improvement, report
from tests.unit.reports.templates import TEMPLATES

CHART = b'<svg xmlns="http://www.w3.org/2000/svg" width="10pt" height="10pt"><rect width="5" height="5"/></svg>'


def page(body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Falls</title></head>'
        f"<body><h1>Falls</h1>{body}</body></html>"
    )


def read(made: bytes, tool: str, tmp_path) -> str:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed here")
    path = tmp_path / "made.pdf"
    path.write_bytes(made)
    target = ["-"] if tool == "pdftotext" else []
    return subprocess.run([tool, str(path), *target], capture_output=True, text=True, check=True).stdout


def test_the_same_snapshot_gives_the_same_bytes_also_from_threads():
    made = report(2)
    with ThreadPoolExecutor(3) as pool:
        assert len({*pool.map(lambda _: to_pdf(made, templates=TEMPLATES), range(3))}) == 1


def test_it_is_tagged_named_and_dated_by_the_report_and_not_by_the_clock(tmp_path):
    told = dict(
        line.split(":", 1) for line in read(to_pdf(report(1), templates=TEMPLATES), "pdfinfo", tmp_path).splitlines()
    )
    assert told["Tagged"].strip() == "yes"
    assert told["Title"].strip() == "Quality measures of Ward 4B, November 2023 to October 2026"
    assert "Nov 12 08:15" in told["CreationDate"] and "2026" in told["CreationDate"]


@mark.parametrize("paper", ["a4", "letter"])
def test_margins_are_artifacts_so_that_a_reader_meets_no_loose_ends(paper, monkeypatch):
    counted = []
    monkeypatch.setattr(pdf, "finish", lambda document, made: counted.append(finish(document, made)))
    pages = pages_of(report(3, paper=paper), templates=TEMPLATES)
    render_pdf(pages.html, charts=pages.charts, paper=paper)
    assert counted[0] >= 8 * 4  # four corners on each of at least eight pages


@mark.parametrize(
    "planted",
    [
        '<img src="file:///etc/hostname" alt="x">',
        '<img src="http://127.0.0.1:9/x.png" alt="x">',
        '<img src="chart:other" alt="x">',
        '<img src="data:image/png;base64,AAAA" alt="x">',
        '<link rel="stylesheet" href="file:///etc/hostname">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<style>@import url("http://127.0.0.1:9/x.css");</style>',
        '<p style="background: url(file:///etc/hostname)">x</p>',
        '<object data="file:///etc/hostname"></object>',
        '<a rel="attachment" href="file:///etc/hostname">x</a>',
    ],
)
def test_nothing_from_outside_is_read_and_the_attempt_fails_the_whole(planted):
    with raises(RenderFailed, match="The PDF was not made"):
        render_pdf(page(planted), charts={"own": CHART})


def test_a_picture_inside_a_chart_is_denied_as_well():
    nested = CHART.replace(b"<rect", b'<image href="file:///etc/hostname" width="5" height="5"/><rect')
    with raises(RenderFailed):
        render_pdf(page('<img src="chart:own" alt="x">'), charts={"own": nested})


def test_addresses_in_plain_text_are_text(tmp_path):
    words = "see file:///etc/hostname and http://example.org/x"
    assert words in read(render_pdf(page(f"<p>{words}</p>"), charts={}), "pdftotext", tmp_path)


def test_a_picture_without_words_fails_the_whole():
    with raises(RenderFailed):
        render_pdf(page('<img src="chart:own">'), charts={"own": CHART})


def test_a_fault_that_another_part_logs_meanwhile_is_not_ours():
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(logging.getLogger("weasyprint").error, "of another thread")
        made = render_pdf(page('<img src="chart:own" alt="x">'), charts={"own": CHART})
        other.result()
    assert made.startswith(b"%PDF-")


def test_each_page_names_where_its_numbers_come_from_and_which_page_it_is(tmp_path):
    made = report(3)
    pages = read(to_pdf(made, templates=TEMPLATES), "pdftotext", tmp_path).split("\f")[:-1]
    assert len(pages) >= 7
    for number, words in enumerate(pages, start=1):
        flat = " ".join(words.split())
        assert made.fingerprint() in flat and made.unit in flat
        assert re.search(rf"{number} ?/ ?{len(pages)}\b", flat)


def test_a_table_of_values_that_goes_on_names_its_measure_and_unit_on_each_page(tmp_path):
    made = report(3, months=120)
    pages = read(to_pdf(made, templates=TEMPLATES), "pdftotext", tmp_path).split("\f")[:-1]
    last = next(at for at, words in enumerate(pages) if "Every value behind the charts" in words)
    shown = [[part.name for part in made.measures if f"{part.name}. Every value" in flat(words)] for words in pages]
    assert all(shown[last:]) and not any(shown[:last])
    assert all(sum(name in names for names in shown) > 1 for name in (part.name for part in made.measures))


def flat(words: str) -> str:
    return " ".join(words.split())


def test_only_the_house_face_and_its_stand_in_are_embedded(tmp_path):
    fonts = read(to_pdf(report(2), templates=TEMPLATES), "pdffonts", tmp_path)
    names = set(re.findall(r"[A-Z]{6}\+([\w-]+)", fonts))
    assert any(name.startswith("Source-Sans-Pro") for name in names)
    assert all(name.startswith(("Source-Sans-Pro", "DejaVu-Sans")) for name in names)


def test_letter_paper_has_letter_pages(tmp_path):
    assert "612 x 792" in read(to_pdf(report(1, paper="letter"), templates=TEMPLATES), "pdfinfo", tmp_path)
    assert "A4" in read(to_pdf(report(1), templates=TEMPLATES), "pdfinfo", tmp_path)


def checked(made: bytes, checker: list[str], tmp_path) -> str:
    """Return what a checker of PDF/UA says of the file."""
    path = tmp_path / "made.pdf"
    path.write_bytes(made)
    return subprocess.run([*checker, str(path)], capture_output=True, text=True).stdout


def pdfua(made: bytes, tmp_path) -> str:
    return checked(made, [str(Path(sys.executable).with_name("pdfua")), "check"], tmp_path)


EMPTY = {"risks": (), "analyses": (), "actions": (), "finished": (), "mix": (), "threads": (), "decisions": ()}


@mark.parametrize(
    "told",
    [
        report(1),
        report(3),
        report(2, paper="letter"),
        report(1, months=5),
        improvement(3),
        improvement(2, paper="letter"),
        improvement(1, **EMPTY),
    ],
)
def test_free_checkers_of_pdf_ua_find_no_fault(told, tmp_path):
    made = to_pdf(told, templates=TEMPLATES)
    told = pdfua(made, tmp_path)
    assert "result: PASS" in told and "errors=0 warnings=0" in told, told
    if shutil.which("outloud"):  # a second one, which brings too much to be in the lock
        told = checked(made, ["outloud"], tmp_path)
        assert re.search(r"PDF/UA-1 checkpoints: \d+ pass", told) and not re.search(r"checkpoints:.*fail", told), told


def test_the_checker_does_find_faults_where_the_finishing_hand_is_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "finish", lambda document, made: 0)
    assert "result: PASS" not in pdfua(to_pdf(report(1), templates=TEMPLATES), tmp_path)
