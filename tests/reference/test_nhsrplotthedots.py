"""XmR limits, the Making Data Count rules and both icons agree with NHSRplotthedots 0.2.2."""

import pytest

from qitracker.spc.analyse import analyse
from qitracker.spc.analysis import Analysis, Assurance, Direction, PhaseStart, Point, Reading, Series, State
from qitracker.spc.assurance import assurance
from tests.reference.cases import Case, days, differences, ids, load

LEFT_OUT = {
    "ptd_edge_fix_too_small": "it refuses a baseline of 6 points; we draw it and say that its lines may still move",
}
CONSTANT = {"ptd_edge_constant": "there a constant series has no limits; ours lie on the centre line"}
GAP = {"ptd_edge_na": "there a missing value gives flags of its own (its issue 156); only lines are compared"}

DIRECTIONS = {"increase": Direction.UP, "decrease": Direction.DOWN, "neutral": Direction.NONE}
CAUSES = {
    "Common Cause": None,
    "Above UCL": ("outside", "above"),
    "Below LCL": ("outside", "below"),
    "7 Point Trend (Increasing)": ("trend", "rising"),
    "7 Point Trend (Decreasing)": ("trend", "falling"),
    "2 in 3 Above CL": ("two_of_three", "above"),
    "2 in 3 Below CL": ("two_of_three", "below"),
    "7 Points Above CL": ("shift", "above"),
    "7 Points Below CL": ("shift", "below"),
}
READINGS = {
    "common_cause": Reading.USUAL,
    "special_cause_improvement": Reading.BETTER,
    "special_cause_concern": Reading.WORSE,
    "special_cause_neutral_high": Reading.CHANGED,
    "special_cause_neutral_low": Reading.CHANGED,
}
ASSURANCES = {
    None: Assurance.NO_TARGET,
    "consistent_pass": Assurance.ALWAYS,
    "consistent_fail": Assurance.NEVER,
    "inconsistent": Assurance.SOMETIMES,
}

ALL = load("nhsrplotthedots.json")
CASES = [case for case in ALL if case["id"] not in LEFT_OUT]


def test_every_case_is_used_but_the_named_one():
    assert {case["id"] for case in ALL} >= {*LEFT_OUT, *CONSTANT, *GAP}
    assert (len(ALL), len(CASES)) == (58, 57)


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_lines_agree(case: Case):
    for analysis, expected, _ in _panels(case):
        columns = {"y": "value", "mean": "centre", "lpl": "lower", "upl": "upper"}
        for theirs, ours in columns.items():
            wanted = expected[theirs]
            if case["id"] in CONSTANT and theirs in ("lpl", "upl"):
                assert set(wanted) == {None}
                wanted = expected["mean"]
            assert not differences([getattr(point, ours) for point in analysis.points], wanted), theirs
        assert [point.phase for point in analysis.points] == expected["rebase_group"]


@pytest.mark.parametrize("case", [case for case in CASES if case["id"] not in GAP], ids=lambda case: case["id"])
def test_signals_and_their_meaning_agree(case: Case):
    for analysis, expected, _ in _panels(case):
        points = list(enumerate(analysis.points))
        assert [_cause(analysis, at, point) for at, point in points] == [
            CAUSES[cause] for cause in expected["special_cause_type"]
        ]
        assert [point.reading for point in analysis.points] == [READINGS[kind] for kind in expected["point_type"]]


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_both_icons_agree(case: Case):
    for analysis, _, icon in _panels(case):
        assert analysis.reading == READINGS[icon["variation"]]
        wanted = ASSURANCES[icon["assurance"]]
        if case["id"] in CONSTANT:
            wanted = Assurance.ALWAYS  # every value equals the target
        assert assurance(analysis, case["args"].get("target")) == wanted


def _cause(analysis: Analysis, at: int, point: Point) -> tuple[str, str] | None:
    """Return the most important rule at a point and its side; of two of one rule, the later."""
    if not point.rules:
        return None
    signals = [signal for signal in analysis.signals if signal.rule == point.rules[0] and at in signal.marks]
    return point.rules[0], signals[-1].side


def _panels(case: Case) -> list[tuple[Analysis, dict[str, list], dict]]:
    facets = case["input"].get("f") or ["no facet"] * len(case["input"]["y"])
    expected = case["expected"]["points"]
    theirs = expected.get("facet") or ["no facet"] * len(expected["y"])
    return [
        (
            _analyse(case, [at for at, facet in enumerate(facets) if facet == icon["facet"]]),
            {
                name: [value for value, facet in zip(column, theirs, strict=True) if facet == icon["facet"]]
                for name, column in expected.items()
            },
            icon,
        )
        for icon in case["expected"]["icons"]
    ]


def _analyse(case: Case, rows: list[int]) -> Analysis:
    args = case["args"]
    starts, values = days([case["input"]["x"][at] for at in rows]), [case["input"]["y"][at] for at in rows]
    pairs = sorted(zip(starts, values, strict=True))
    starts, values = [start for start, _ in pairs], [value for _, value in pairs]
    series = Series(tuple(starts), tuple(values), tuple(None if value is None else 1 for value in values))
    assert {State.VALUE} <= set(series.states)
    return analyse(
        series,
        chart="i",
        rule_set="mdc",
        direction=DIRECTIONS[args["improvement_direction"]],
        phases=_phases(starts, args),
        screening=args["screen_outliers"],
        minimum=0,
    )


def _phases(starts: list, args: dict) -> list[PhaseStart]:
    """Return one start per rebase; a fixed baseline counts from the start of each group."""
    cuts = [0, *(next(at for at, start in enumerate(starts) if start >= day) for day in days(args.get("rebase", [])))]
    fixed = args.get("fix_after_n_points")
    ends = [*cuts[1:], len(starts)]
    return [
        PhaseStart(starts[cut], frozen_to=starts[min(cut + fixed, end) - 1] if fixed else None)
        for cut, end in zip(cuts, ends, strict=True)
    ]
