"""Definitions and benchmarks survive the way into a row and back, also when fields come and go."""

import json
from dataclasses import replace
from datetime import date

import pytest

from qitracker.foundation.errors import Invalid
from qitracker.measures.benchmark_rules import Benchmark, BenchmarkKind, Path, Statistic
from qitracker.measures.differences import differences, names_of_fields
from qitracker.measures.library import library
from qitracker.measures.stored import benchmark_from_body, benchmark_to_body, from_body, to_body
from qitracker.measures.texts import tidy, tidy_definition


@pytest.mark.parametrize("ready", library(), ids=lambda ready: ready.code)
def test_every_definition_of_the_library_comes_back_from_json_as_it_was(ready):
    body = json.loads(json.dumps(to_body(ready.definition)))
    assert from_body(body) == ready.definition


def test_a_body_with_fields_nobody_knows_any_more_is_still_read():
    definition = library()[0].definition
    assert from_body({**to_body(definition), "colour": "blue"}) == definition


def test_a_body_from_before_a_field_existed_takes_its_default():
    definition = replace(library()[0].definition, due_days=10)
    body = to_body(definition)
    del body["due_days"]
    assert from_body(body) == definition


def test_a_benchmark_with_everything_comes_back_from_json_as_it_was():
    benchmark = Benchmark(
        BenchmarkKind.TARGET,
        "Board plan",
        date(2026, 4, 1),
        statistic=Statistic.TARGET,
        percentiles={10: 4.1, 50: 6.0},
        trajectory=((date(2026, 4, 1), 70.0), (date(2026, 10, 1), 80.0)),
        path=Path.LINEAR,
        published=date(2026, 3, 1),
        effective_to=date(2027, 3, 31),
        unit_id=7,
    )
    assert benchmark_from_body(json.loads(json.dumps(benchmark_to_body(benchmark)))) == benchmark


def test_words_lose_control_characters_and_ends_but_keep_lines_and_emoji():
    assert tidy(" a\x00b\x07 \r\n  c 😀\x7f ") == "ab\n  c 😀"


def test_a_title_too_long_for_a_page_is_refused_beside_the_title():
    with pytest.raises(Invalid) as refusal:
        tidy_definition(replace(library()[0].definition, title="x" * 10_000))
    assert str(refusal.value.fields["title"]) == "This has 10,000 characters. Use at most 160."


def test_a_difference_names_the_field_and_shows_both_sides_in_words():
    old = library()[0].definition
    found = differences(old, replace(old, exclusions="Nobody.", decimals=old.decimals + 1))
    assert [(one.field, one.after) for one in found] == [
        ("exclusions", ("Nobody.",)),
        ("decimals", (old.decimals + 1,)),
    ]


def test_changed_fields_are_named_as_people_say_them():
    assert names_of_fields({"numerator", "unit"}) == "what is counted, unit of the value"
