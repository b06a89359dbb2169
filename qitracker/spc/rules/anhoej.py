"""Anhøj rules: an unusually long run, or unusually few crossings, for the number of points."""

from dataclasses import dataclass
from functools import lru_cache
from math import comb, log2

from qitracker.spc.judged import Finding, Judged, side_runs
from qitracker.spc.moving_ranges import D2
from qitracker.spc.registry import rule_set
from qitracker.spc.rules.outside import NAMES, outside


@dataclass(frozen=True)
class RunFigures:
    """How a phase runs around its centre line. Points on the line are not useful."""

    useful: int
    longest_run: int
    longest_run_max: int
    crossings: int
    crossings_min: int


def run_figures(phase: Judged) -> RunFigures | None:
    """Return the run figures of a phase; None where every point lies on the centre line."""
    sides = [side for side in phase.sides() if side]
    if not sides:
        return None
    runs = side_runs(sides)
    return RunFigures(
        useful=len(sides),
        longest_run=max(map(len, runs)),
        longest_run_max=longest_run_max(len(sides)),
        crossings=len(runs) - 1,
        crossings_min=crossings_min(len(sides)),
    )


def longest_run_max(useful: int) -> int:
    """Return the longest run that chance alone explains: round(log2 n) + 3, half to even.

    Source: Anhøj, PLoS ONE 10 (2015) e0121349; Schilling, Mathematics Magazine 85 (2012) 141.
    """
    return round(log2(useful)) + 3


@lru_cache(maxsize=4096)
def crossings_min(useful: int) -> int:
    """Return the fewest crossings that chance alone explains: the 5 % quantile of fair coin tosses.

    Counted in whole numbers, so it is exact for any n.

    Source: Chen, Journal of the American Statistical Association 105 (2010); Anhøj, PLoS ONE 10 (2015).
    """
    tosses = useful - 1
    ways, crossings = 1, 0
    while ways * 20 < 2**tosses:
        crossings += 1
        ways += comb(tosses, crossings)
    return crossings


@rule_set(
    "anhoej",
    title="Anhøj rules",
    priority=("outside", "long_run", "crossings"),
    sigma_per_range=1 / D2,
    screening=True,
)
def anhoej(phase: Judged) -> list[Finding]:
    """Return points outside the limits, runs that are too long, and whether crossings are too few.

    A point on the centre line is dropped: it neither counts nor breaks a run. Too few crossings
    say that the phase as a whole does not vary by chance alone; no point began it, so that
    finding marks none.
    """
    figures = run_figures(phase)
    if figures is None:
        return outside(phase)
    findings = outside(phase) + _long_runs(phase, figures)
    if figures.crossings < figures.crossings_min:
        counts = {"crossings": figures.crossings, "least": figures.crossings_min, "useful": figures.useful}
        findings.append(Finding("crossings", values={name: float(count) for name, count in counts.items()}))
    return findings


def _long_runs(phase: Judged, figures: RunFigures) -> list[Finding]:
    places = [(place, side) for place, side in zip(phase.places, phase.sides(), strict=True) if side]
    return [
        Finding(
            "long_run",
            NAMES[places[run.start][1]],
            tuple(places[at][0] for at in run),
            {"length": len(run), "most": figures.longest_run_max, "centre": phase.centre},
        )
        for run in side_runs([side for _, side in places])
        if len(run) > figures.longest_run_max
    ]
