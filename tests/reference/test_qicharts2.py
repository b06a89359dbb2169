"""Run, XmR, P, U and C charts and the Anhøj rules agree with qicharts2 0.8.1."""

from collections import defaultdict
from datetime import date
from itertools import pairwise
from statistics import mean, median

import pytest

from qitracker.spc.analyse import analyse
from qitracker.spc.analysis import Analysis, Direction, PhaseStart, Series
from tests.reference.cases import Case, days, differences, ids, load

CHARTS = ("run", "i", "p", "u", "c")

LEFT_OUT = {
    **dict.fromkeys(
        ("qic_method_bestbox", "qic_method_cabg_bestbox", "qic_method_cutbox", "qic_method_cabg_cutbox"),
        "best box and cut box are other limits for runs than the Anhøj rules we offer",
    ),
}
CONSTANT = {
    **dict.fromkeys(
        ("qic_edge_constant_i",),
        "with screening qicharts2 gives a constant series no limits; ours lie on the centre line",
    ),
}

ALL = [
    case
    for name in ("qicharts2_charts.json", "qicharts2_more.json", "qicharts2_long.json")
    for case in load(name)
    if case["args"]["chart"] in CHARTS
]
CASES = [case for case in ALL if case["id"] not in LEFT_OUT]


def test_every_case_of_our_chart_types_is_used_but_the_named_ones():
    assert {case["id"] for case in ALL} >= {*LEFT_OUT, *CONSTANT}
    assert (len(ALL), len(LEFT_OUT), len(CASES)) == (122, 4, 118)


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_lines_signals_and_runs_agree(case: Case):
    panels = _by_panel(case)
    assert panels
    for panel, (points, runs) in panels.items():
        analysis = _analyse(case, panel)
        _compare_points(case, analysis, points)
        _compare_runs(analysis, runs)


def _compare_points(case: Case, analysis: Analysis, expected: dict[str, list]):
    columns = {"y": "value", "cl": "centre", "lcl": "lower", "ucl": "upper", "lcl_95": "lower_2", "ucl_95": "upper_2"}
    for theirs, ours in columns.items():
        got = [getattr(point, ours) for point in analysis.points]
        wanted = expected[theirs]
        if case["id"] in CONSTANT and theirs not in ("y", "cl"):
            assert set(wanted) == {None}
            wanted = expected["cl"]
        assert not differences(got, wanted), theirs
    # A point a person excluded shows no signal here; there it still does.
    flags = [(point.included, "outside" in point.rules) for point in analysis.points]
    assert [included for included, _ in flags] == expected["include"]
    assert [flag for included, flag in flags if included] == [
        flag is True for flag, included in zip(expected["sigma_signal"], expected["include"], strict=True) if included
    ]


def _compare_runs(analysis: Analysis, runs: list[dict]):
    for number, (phase, expected) in enumerate(zip(analysis.phases, runs, strict=True)):
        fired = any(signal.phase == number and signal.rule in ("long_run", "crossings") for signal in analysis.signals)
        assert fired == bool(expected.get("runs_signal"))
        assert phase.useful == (expected.get("n_useful") or 0)
        for name in ("longest_run", "longest_run_max", "n_crossings", "n_crossings_min"):
            assert getattr(phase, name.removeprefix("n_")) == expected.get(name), name


def _by_panel(case: Case) -> dict[object, tuple[dict[str, list], list[dict]]]:
    """Return expected points and runs by panel; a case without panels has one, named None."""
    points, runs = case["expected"]["points"], case["expected"]["runs"]
    facets = points.get("facet") or points.get("facet1") or [None] * len(points["y"])
    found: dict[object, tuple[dict[str, list], list[dict]]] = {}
    for facet in dict.fromkeys(facets):
        own = {
            name: [value for value, where in zip(column, facets, strict=True) if where == facet]
            for name, column in points.items()
        }
        found[facet] = (own, [run for run in runs if facet is None or facet in (run.get("facet"), run.get("facet1"))])
    return found


def _analyse(case: Case, panel: object) -> Analysis:
    rows = _rows(case, panel)
    args = case["args"]
    starts = sorted({row["x"] for row in rows})
    series = _series(rows, starts, args)
    return analyse(
        series,
        chart=args["chart"],
        rule_set="anhoej",
        direction=Direction.NONE,
        phases=_phases(case, rows, starts, series.multiplier),
        excluded=[starts[at - 1] for at in args.get("exclude", ())],
        screening=case["options"]["screened_mr"],
        floor=0.0 if args.get("y.neg") is False else None,
        minimum=0,
    )


def _rows(case: Case, panel: object) -> list[dict]:
    """Return the raw rows of a panel; rows without a place on the axis are dropped."""
    columns = {name: column for name, column in case["input"].items() if isinstance(column, list)}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    kept = [row for row in rows if row["x"] is not None and (panel is None or row["facet"] == panel)]
    for row, day in zip(kept, days([row["x"] for row in kept]), strict=True):
        row["x"] = day
    return kept


def _series(rows: list[dict], starts: list[date], args: dict) -> Series:
    """Return one period per place on the axis: sums of complete pairs, or the asked summary of single values."""
    groups = defaultdict(list)
    for row in rows:
        groups[row["x"]].append(row)
    summary = {"mean": mean, "median": median, "sum": sum}[
        "sum" if args["chart"] == "c" else args.get("agg.fun", "mean")
    ]
    numerators, denominators = [], []
    for start in starts:
        complete = [row for row in groups[start] if row["y"] is not None and row.get("n", 1) is not None]
        if not complete:
            numerators.append(None)
            denominators.append(None)
        elif "n" in complete[0]:
            numerators.append(sum(row["y"] for row in complete))
            denominators.append(sum(row["n"] for row in complete))
        else:
            numerators.append(summary([row["y"] for row in complete]))
            denominators.append(1)
    return Series(tuple(starts), tuple(numerators), tuple(denominators), multiplier=args.get("multiply", 1))


def _phases(case: Case, rows: list[dict], starts: list[date], multiplier: float) -> list[PhaseStart]:
    args = case["args"]
    if "part" in args:
        return [PhaseStart(starts[at]) for at in args["part"]]
    if "part" in case["input"]:
        ordered = sorted(rows, key=lambda row: row["x"])
        return [PhaseStart(after["x"]) for before, after in pairwise(ordered) if before["part"] != after["part"]]
    centre = case["input"].get("cl")
    return [
        PhaseStart(
            starts[0],
            frozen_to=starts[args["freeze"] - 1] if "freeze" in args else None,
            centre=(centre[0] if isinstance(centre, list) else centre) if centre else None,
        )
    ]
