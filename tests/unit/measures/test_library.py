"""The ready-made measures: whole, in their order, and true to the public lists of codes."""

import json
from pathlib import Path

from pytest import mark, raises

from qitracker.foundation.errors import NotFound
from qitracker.measures import library as shelf
from qitracker.measures.library import BrokenLibraryFile, library, library_measure, read_measure
from qitracker.measures.rules import Interval, Kind, Scoring
from qitracker.spc.analysis import Direction

FOLDER = Path(shelf.__file__).parent / "library"
GOOD = (FOLDER / "hba1c-poor.toml").read_text(encoding="utf-8")


def test_every_file_is_a_measure_and_the_name_is_its_code():
    assert {measure.code for measure in library()} == {file.stem for file in FOLDER.glob("*.toml")}
    assert len(library()) >= 30


def test_measures_stand_by_domain_and_title():
    keys = [(measure.domain, measure.definition.title) for measure in library()]
    assert keys == sorted(keys)
    assert len({title for _, title in keys}) == len(keys)


@mark.parametrize("measure", library(), ids=lambda measure: measure.code)
def test_each_measure_says_why_where_from_and_by_whom(measure):
    definition = measure.definition
    for words in (definition.rationale, definition.exclusions, definition.source, definition.sampling):
        assert words.endswith(".")
    assert definition.references and definition.aims and definition.area
    assert definition.plausible_low is not None and definition.plausible_high is not None


def test_all_kinds_and_the_scorings_of_daily_work_are_there():
    assert {measure.definition.kind for measure in library()} == set(Kind)
    assert {measure.definition.scoring for measure in library()} == set(Scoring) - {Scoring.CASES_BETWEEN}
    assert library_measure("clabsi-sir").definition.interval is Interval.MID_P
    assert library_measure("mortality-oe").definition.interval is Interval.BYAR


def test_lower_is_better_for_harm_and_poor_control():
    for code in ("falls-injury", "hba1c-poor", "ntsv-caesarean", "lwbs", "readmission-30"):
        assert library_measure(code).definition.direction is Direction.DOWN


def test_a_code_that_is_not_there_gets_a_sentence():
    with raises(NotFound, match=r"The library has no measure “nothing”. Choose one from the list."):
        library_measure("nothing")


@mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "outcome"', 'kind = "result"', "broken.toml: kind: 'result' is not one of structure, process"),
        ('aims = ["effective"]', 'aims = ["nice"]', "broken.toml: aims: .* is not one of safe"),
        ('title = "', 'titel = "', "broken.toml: title: is missing"),
        ("decimals = 1", 'decimals = "one"', "broken.toml: decimals: 'one' is not of the right type"),
        ("decimals = 1", "decimals = true", "broken.toml: decimals: True is not of the right type"),
        ("decimals = 1", "decimals = 1\ncolour = 1", "broken.toml: colour: is not known"),
        ("multiplier = 100", "multiplier = 1000", "broken.toml: multiplier: A share is shown"),
        ('chart = "p"', 'chart = "c"', "broken.toml: chart: This chart does not fit"),
        ("value = 42.7", "value = 142.7", "broken.toml: benchmarks.value: 142.7 is above 100"),
        ("effective_from = 2025-01-01", "", "broken.toml: benchmarks.effective_from: is missing"),
        ('statistic = "mean"', 'statistic = "modus"', "broken.toml: benchmarks.statistic: 'modus' is not one of"),
        ('unit = "%"', 'unit = "', "broken.toml: "),
    ],
)
def test_a_broken_file_is_named_with_its_key(old, new, words):
    assert old in GOOD
    with raises(BrokenLibraryFile, match=words):
        read_measure("broken", GOOD.replace(old, new))


def test_codes_and_directions_agree_with_the_published_list(reference):
    published = json.loads((reference / "data" / "mips-2025-quality-measures.json").read_text())
    by_id = {one["measureId"]: one for one in published}
    checked = [measure for measure in library() if "mips" in measure.definition.codes]
    for measure in checked:
        codes, public = measure.definition.codes, by_id[measure.definition.codes["mips"]]
        assert public["eMeasureId"].startswith(codes["cms"] + "v")
        assert public["nqfId"] in (None, codes.get("cbe"))
        assert public["isInverse"] == (measure.definition.direction is Direction.DOWN)
    assert len(checked) == 3


def test_suggested_benchmarks_are_the_published_figures(reference):
    records = json.loads((reference / "data" / "mips-2025-benchmarks.json").read_text())
    published = {one["measureId"]: one for one in records if one["submissionMethod"] == "electronicHealthRecord"}
    checked = 0
    for measure in library():
        record = published.get(measure.definition.codes.get("mips", ""))
        for benchmark in measure.benchmarks if record else ():
            assert benchmark.value in (None, record["averagePerformanceRate"])
            assert all(record["percentiles"][str(key)] == value for key, value in benchmark.percentiles.items())
            checked += 1
    assert checked == 5


def test_survey_and_hip_benchmarks_are_the_published_figures(reference):
    survey = (reference / "data" / "hcahps-national-results.csv").read_text()
    assert f"07_2023,H_RECMND,6,25,{library_measure('recommend').benchmarks[0].value:.0f}" in survey
    hips = (reference / "data" / "nhs-proms-providers-2018-19.csv").read_text()
    rows = [row.split(",") for row in hips.splitlines()]
    gains = {
        row[8] for row in rows if row[0] == "Hip Replacement Primary" and row[1] == "England" and row[5] == "38136"
    }
    assert gains == {str(library_measure("oxford-hip").benchmarks[0].value)}
