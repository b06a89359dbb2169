"""Scores, action priority, order and Pareto of failure causes."""

import json
from collections import Counter
from itertools import product

import pytest

from qitracker.foundation.errors import Invalid
from qitracker.worksheets.rules.priority import action_priority
from qitracker.worksheets.rules.risk import Risk, best, pareto, worst
from qitracker.worksheets.rules.scales import HOSPITAL_1, score_of

SCORES = range(1, 11)


def test_the_table_gives_each_letter_as_often_as_published():
    counted = Counter(action_priority(*triple).value for triple in product(SCORES, repeat=3))
    assert counted == {"H": 318, "M": 214, "L": 468}


def test_the_table_agrees_with_the_reference_on_every_triple(reference):
    bands = json.loads((reference / "tables/action_priority.json").read_text())["rows"]
    for severity, occurrence, detection in product(SCORES, repeat=3):
        (wanted,) = {
            row["ap"]
            for row in bands
            if row["s"][0] <= severity <= row["s"][1]
            and row["o"][0] <= occurrence <= row["o"][1]
            and row["d"][0] <= detection <= row["d"][1]
        }
        assert action_priority(severity, occurrence, detection) == wanted, (severity, occurrence, detection)


def test_the_anchors_agree_with_the_reference(reference):
    table = json.loads((reference / "tables/fmea_scales_healthcare.json").read_text())
    for axis in ("severity", "occurrence", "detection"):
        ours = [(score, str(words).casefold()) for score, words in HOSPITAL_1.anchors(axis)]
        assert ours == [(score, words.casefold()) for score, words in table[axis]]


@pytest.mark.parametrize(
    ("triple", "letter"),
    [((10, 1, 10), "L"), ((9, 2, 7), "H"), ((9, 3, 5), "M"), ((9, 4, 1), "M"), ((8, 5, 6), "M"), ((6, 8, 5), "H"),
     ((6, 8, 4), "M"), ((4, 4, 6), "L"), ((3, 8, 5), "M"), ((2, 7, 10), "L"), ((1, 10, 10), "L")],
)  # fmt: skip
def test_samples_that_wrong_copies_miss(triple, letter):
    assert action_priority(*triple) == letter


def test_the_number_is_the_product_and_criticality_leaves_detection_out():
    assert (Risk(8, 4, 6).rpn, Risk(8, 4, 6).criticality) == (192, 32)
    assert Risk(8, 4, None).rpn is None and Risk(8, 4, None).priority is None


def test_severity_is_the_worst_effects_and_detection_the_best_controls():
    assert worst([3, None, 9, 5]) == 9 and best([8, None, 4]) == 4
    assert worst([]) is None and best([None]) is None


def test_causes_are_listed_by_priority_then_severity_and_the_number_last():
    grave, high, medium, low, unscored = Risk(9, 2, 7), Risk(7, 5, 7), Risk(8, 5, 6), Risk(10, 1, 10), Risk(9, None, 9)
    assert sorted([unscored, low, medium, high, grave], key=lambda risk: risk.order) == [
        grave,
        high,
        medium,
        low,
        unscored,
    ]
    assert low.rpn > medium.severity and low.is_grave


def test_the_vital_few_are_the_shortest_prefix_with_four_fifths():
    shares = pareto([(value, value) for value in (48, 324, 36, 192, 90, 120)])
    assert [share.value for share in shares] == [324, 192, 120, 90, 48, 36]
    assert [round(share.running * 100, 1) for share in shares] == [40.0, 63.7, 78.5, 89.6, 95.6, 100.0]
    assert [share.is_vital for share in shares] == [True, True, True, True, False, False]


def test_nothing_to_sort_gives_no_shares():
    assert pareto([]) == ()


@pytest.mark.parametrize("typed", ["0", "11", "3.5", "seven", "-4", "1e1", "٣", "99999999999999999999"])
def test_what_is_no_score_is_refused_with_the_range(typed):
    with pytest.raises(Invalid, match="from 1"):
        score_of(typed)


def test_an_empty_score_is_none_and_blanks_around_do_not_matter():
    assert score_of("  ") is None and score_of(" 10 ") == 10
