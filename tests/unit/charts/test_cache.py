"""A finished chart is kept by what it shows, whole or not at all, and in bounded room."""

from dataclasses import replace
from datetime import date
from os import utime
from time import perf_counter

from qitracker.charts.cache import ChartCache, chart_key
from qitracker.charts.request import ChartRequest, Note, ReferenceLine
from qitracker.foundation.locale import Reader
from tests.unit.charts.analyses import NUMBERS, analysed

ASKED = ChartRequest("c", "Sentence", unit="%")


def test_whatever_changes_the_picture_changes_its_key_and_an_equal_request_does_not():
    analysis = analysed()
    keys = {
        chart_key(analysis, ASKED),
        chart_key(analysed((13, *NUMBERS[1:])), ASKED),
        chart_key(analysis, replace(ASKED, title="Other")),
        chart_key(analysis, replace(ASKED, size="narrow")),
        chart_key(analysis, replace(ASKED, decimals=2)),
        chart_key(analysis, replace(ASKED, notes=(Note(date(2025, 3, 1), "bundle"),))),
        chart_key(analysis, replace(ASKED, lines=(ReferenceLine("target", "target", 5.0),))),
        chart_key(analysis, replace(ASKED, reader=Reader(ASKED.reader.locale, translate=str.upper))),
    }
    assert len(keys) == 8
    assert chart_key(analysed(), replace(ASKED)) in keys


def test_a_chart_drawn_by_one_process_is_read_by_the_next(tmp_path, monkeypatch):
    drawn = ChartCache(tmp_path / "charts").chart(analysed(), ASKED)
    monkeypatch.setattr("qitracker.charts.cache.control_chart", lambda *_: "drawn anew")
    assert ChartCache(tmp_path / "charts").chart(analysed(), ASKED) == drawn
    assert [path.suffix for path in (tmp_path / "charts").iterdir()] == [".svg"]


def test_a_file_that_was_cut_short_is_drawn_anew(tmp_path):
    drawn = ChartCache(tmp_path).chart(analysed(), ASKED)
    (kept,) = tmp_path.iterdir()
    kept.write_text(drawn[:500])
    assert ChartCache(tmp_path).chart(analysed(), ASKED) == drawn
    assert kept.read_text() == drawn


def test_a_folder_that_cannot_be_written_costs_speed_but_no_chart(tmp_path):
    (tmp_path / "charts").write_text("a file stands in the way")
    assert ChartCache(tmp_path / "charts").chart(analysed(), ASKED).startswith("<svg")


def test_the_oldest_charts_go_when_there_is_no_more_room(tmp_path):
    cache = ChartCache(tmp_path, most_bytes=1000)
    for age in range(10):
        path = tmp_path / f"{age}.svg"
        path.write_text("x" * 200)
        utime(path, (1_000_000 - age, 1_000_000 - age))
    assert cache.sweep() == 6
    assert sorted(path.stem for path in tmp_path.iterdir()) == ["0", "1", "2", "3"]


def test_memory_holds_a_bounded_number_of_charts(tmp_path):
    cache = ChartCache(tmp_path, kept_in_memory=2)
    for number in range(4):
        cache.chart(analysed((4, 5, 6)), replace(ASKED, ident=f"c{number}"))
    assert len(cache._memory) == 2


def test_a_chart_from_the_cache_takes_at_most_a_millisecond(tmp_path):
    cache, analysis = ChartCache(tmp_path), analysed([float(n % 17) for n in range(36)])
    cache.chart(analysis, ASKED)
    times = []
    for _ in range(200):
        begun = perf_counter()
        cache.chart(analysis, ASKED)
        times.append(perf_counter() - begun)
    assert sorted(times)[100] < 0.001
