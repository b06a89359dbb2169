"""NHS Making Data Count rules: outside, trend of 7, two of three near a limit, shift of 7."""

from qitracker.spc.heaps import heap_of, run_needed
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
    """Return each stretch of 7 or more points on one side of the centre; a point on it ends the stretch.

    On the side where most values are the same, as months without a case are, so many more are asked for that the
    run is as rare as seven are elsewhere.
    """
    sides = phase.sides()
    side, share = heap_of(phase.values, sides)
    needed = {side: run_needed(LENGTH, share)} if side else {}
    found = []
    for run in side_runs(sides):
        at_least = needed.get(sides[run.start], LENGTH)
        if len(run) >= at_least:
            heaped = {"needed": float(at_least), "share": share} if sides[run.start] == side else {}
            found.append(_pattern(phase, "shift", NAMES[sides[run.start]], run, **heaped))
    return found


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


def _pattern(phase: Judged, rule: str, side: str, points: range | list[int], **more: float) -> Finding:
    figures = {"length": float(len(points)), "centre": phase.centre, **more}
    return Finding(rule, side, tuple(phase.places[at] for at in points), figures)
