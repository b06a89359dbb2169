"""What the status row of a series holds, read off its analysis. Pure: no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qitracker.results.rollup import Total
from qitracker.results.series import Row
from qitracker.spc.analysis import Analysis, Point, Reading, Signal, State

SPARK_POINTS = 24
SUM_POINTS = 12
READING_CODES: dict[Reading, str] = {Reading.USUAL: "u", Reading.BETTER: "b", Reading.WORSE: "w", Reading.CHANGED: "c"}
READINGS: dict[str, Reading] = {code: reading for reading, code in READING_CODES.items()}


@dataclass(frozen=True)
class LatestSignal:
    """The signal that the reading of the latest point rests on."""

    rule: str = ""
    since: date | None = None  # None for a signal that belongs to the whole phase
    side: str = ""
    length: int = 0


def latest_signal(analysis: Analysis) -> LatestSignal:
    """Return the signal that marks the latest point; failing that, the one of its whole phase."""
    at = analysis.latest
    if at is None or analysis.reading is Reading.USUAL:
        return LatestSignal()
    phase = analysis.points[at].phase
    marking = [s for s in analysis.signals if s.first is not None and s.last is not None and s.first <= at <= s.last]
    of_phase = [s for s in analysis.signals if s.first is None and s.phase == phase]
    chosen = min(marking, key=lambda s: _rank(s, analysis.points[at].rules)) if marking else of_phase[0] if of_phase else None
    if chosen is None:
        return LatestSignal()
    since = analysis.points[chosen.first].start if chosen.first is not None else None
    length = chosen.last - chosen.first + 1 if chosen.first is not None and chosen.last is not None else 0
    return LatestSignal(chosen.rule, since, chosen.side, length)


def _rank(signal: Signal, priority: tuple[str, ...]) -> int:
    return priority.index(signal.rule) if signal.rule in priority else len(priority)


def status_values(rows: Sequence[Row], analysis: Analysis, total: Total | None = None) -> dict[str, object]:
    """Return the columns of a status row, but for its key, its definition and its time."""
    points, at = analysis.points, analysis.latest
    last = points[at] if at is not None else None
    signal = latest_signal(analysis)
    newest = rows[-1] if rows else None
    return {
        "points": len(rows),
        "last_start": newest.start.toordinal() if newest else None,
        "last_state": newest.state if newest else None,
        "last_numerator": newest.numerator if newest else None,
        "last_denominator": newest.denominator if newest else None,
        "last_value": points[-1].value if points else None,
        "centre": last.centre if last else None,
        "lower": last.lower if last else None,
        "upper": last.upper if last else None,
        "reading": READING_CODES[analysis.reading],
        "signal_rule": signal.rule,
        "signal_since": signal.since.toordinal() if signal.since else None,
        "signal_side": signal.side,
        "signal_length": signal.length,
        **_sums(points[-SUM_POINTS:]),
        "spark": [_spark(point) for point in points[-SPARK_POINTS:]],
        "units_reporting": total.reporting if total else 0,
        "units_expected": total.units if total else 0,
    }


def _sums(points: Sequence[Point]) -> dict[str, float | None]:
    counted = [p for p in points if p.state in (State.VALUE, State.NOT_CALCULATED) and p.numerator is not None]
    if not counted:
        return {"numerator_12": None, "denominator_12": None}
    return {
        "numerator_12": sum(p.numerator or 0.0 for p in counted),
        "denominator_12": sum(p.denominator or 0.0 for p in counted),
    }


def _spark(point: Point) -> list[object]:
    value = None if point.value is None else float(f"{point.value:.6g}")
    return [value, READING_CODES[point.reading]]
