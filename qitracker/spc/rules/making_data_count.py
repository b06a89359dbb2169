"""NHS Making Data Count rules: outside, trend of 7, two of three near a limit, shift of 7."""

from qitracker.spc.judged import Finding, Judged, side_runs
from qitracker.spc.registry import rule_set
from qitracker.spc.rules.outside import NAMES, outside

LENGTH = 7
"""Points in a trend or a shift, as Making Data Count counts them."""

SIGMA_PER_RANGE = 2.66 / 3
"""Making Data Count prints the limits of an XmR chart as 2.66 mean moving ranges."""


@rule_set(
    "mdc",
    title="NHS Making Data Count rules",
    priority=("outside", "trend", "two_of_three", "shift"),
    sigma_per_range=SIGMA_PER_RANGE,
    screening=True,
)
def making_data_count(phase: Judged) -> list[Finding]:
    """Return what the four rules find in one phase; every point of a pattern is marked.

    Source: NHS England, Making Data Count guides.
    """
    return [*outside(phase), *trends(phase), *two_of_three(phase), *shifts(phase)]


def trends(phase: Judged) -> list[Finding]:
    """Return each stretch of 7 or more points that only rises or only falls; a tie ends it."""
    steps = [(after > before) - (after < before) for before, after in zip(phase.values, phase.values[1:], strict=False)]
    names = {1: "rising", -1: "falling"}
    return [
        _pattern(phase, "trend", names[steps[run.start]], range(run.start, run.stop + 1))
        for run in side_runs(steps)
        if len(run) + 1 >= LENGTH
    ]


def shifts(phase: Judged) -> list[Finding]:
    """Return each stretch of 7 or more points on one side of the centre; a point on it ends the stretch."""
    sides = phase.sides()
    return [_pattern(phase, "shift", NAMES[sides[run.start]], run) for run in side_runs(sides) if len(run) >= LENGTH]


def two_of_three(phase: Judged) -> list[Finding]:
    """Return points near a limit: two of three in a row, all on one side of the centre.

    Near means beyond 2 sigma and not beyond 3; only the near points are marked, and patterns
    that share a point are one finding.
    """
    near = [inner if not outer else 0 for inner, outer in zip(phase.beyond(2), phase.beyond(3), strict=True)]
    sides = phase.sides()
    groups: list[list[int]] = []
    for at in range(len(sides) - 2):
        window = range(at, at + 3)
        marks = [place for place in window if near[place]]
        if len(marks) < 2 or len({sides[place] for place in window}) != 1:
            continue
        if groups and groups[-1][-1] >= marks[0]:
            groups[-1] += [mark for mark in marks if mark > groups[-1][-1]]
        else:
            groups.append(marks)
    return [_pattern(phase, "two_of_three", NAMES[sides[group[0]]], group) for group in groups]


def _pattern(phase: Judged, rule: str, side: str, points: range | list[int]) -> Finding:
    figures = {"length": float(len(points)), "centre": phase.centre}
    return Finding(rule, side, tuple(phase.places[at] for at in points), figures)
