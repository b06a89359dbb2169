"""The statistics hold on published data: infection ratios of hospitals, and emergency attendances."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

from qitracker.spc.analyse import analyse
from qitracker.spc.analysis import Direction, Series
from qitracker.spc.choices import suggest_charts
from qitracker.spc.intervals import against_one, standardised_infection_ratio

WORDS = {
    "better": "Better than the National Benchmark",
    "worse": "Worse than the National Benchmark",
    "no different": "No Different than National Benchmark",
}


def _rows(reference: Path, name: str) -> list[dict[str, str]]:
    with (reference / "data" / name).open(encoding="utf-8", newline="") as file:
        return [
            {name: "" if value == "Not Available" else value for name, value in row.items()}
            for row in csv.DictReader(file)
        ]


def test_published_infection_ratios_limits_and_verdicts_are_all_reproduced(reference):
    rows = [row for row in _rows(reference, "cms-hai-ny-sir-2015.csv") if row["observed"] and row["predicted"]]
    pairs = [(row, standardised_infection_ratio(float(row["observed"]), float(row["predicted"]))) for row in rows]
    published = [(row, ratio) for row, ratio in pairs if row["sir"]]
    assert (len(published), len(pairs) - len(published)) == (635, 248)
    assert all(ratio is None for row, ratio in pairs if not row["sir"])
    assert all(ratio is not None for _, ratio in published)
    for row, ratio in published:
        assert abs(ratio.upper - float(row["ci_upper"])) <= 0.001
        assert (ratio.lower is None) == (not row["ci_lower"])
        assert ratio.lower is None or abs(ratio.lower - float(row["ci_lower"])) <= 0.001
        assert WORDS[against_one(ratio)].split()[0] == row["compared_to_national"].split()[0]
    assert sum(float(row["observed"]) == 0 for row, _ in published) == 48


def test_emergency_attendances_are_too_many_for_the_limits_of_a_p_chart(reference):
    months = defaultdict(lambda: [0.0, 0.0])
    for row in _rows(reference, "ae_attendances.csv"):
        if row["org_code"] == "RRK" and row["type"] == "1":
            pair = months[date.fromisoformat(row["period"])]
            pair[0] += float(row["attendances"]) - float(row["breaches"])
            pair[1] += float(row["attendances"])
    starts = sorted(months)
    pairs = [months[start] for start in starts]
    series = Series(tuple(starts), tuple(n for n, _ in pairs), tuple(d for _, d in pairs), multiplier=100)

    by_chance = analyse(series, chart="p", rule_set="mdc", direction=Direction.UP)
    assert by_chance.dispersion > 5
    assert any("too narrow" in str(notice) and "XmR" in str(notice) for notice in by_chance.notices)
    assert analyse(series, chart="i", rule_set="mdc", direction=Direction.UP).notices == ()
    assert [choice.code for choice in suggest_charts("proportion", series)] == ["i", "p", "run"]
