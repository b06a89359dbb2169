"""What findings mean: better, worse or changed; for a signal, for a point, for the series as it ends."""

from collections.abc import Sequence

from qitracker.spc.analysis import Direction, Point, Reading, Signal, latest_of
from qitracker.spc.judged import Finding

Mark = tuple[tuple[str, ...], Reading]
"""What marks a point: the codes of the rules, most important first, and what that means."""

UPWARD = frozenset({"above", "rising"})


def meaning(side: str, direction: Direction) -> Reading:
    """Return what a signal on this side means; CHANGED where no side or no direction is better."""
    if not side or direction is Direction.NONE:
        return Reading.CHANGED
    return Reading.BETTER if (side in UPWARD) == (direction is Direction.UP) else Reading.WORSE


def to_signals(
    findings: Sequence[Finding], phase: int, direction: Direction, priority: tuple[str, ...]
) -> list[Signal]:
    """Return the signals of one phase in time order, phase-wide ones last."""
    signals = [
        Signal(
            rule=finding.rule,
            phase=phase,
            reading=meaning(finding.side, direction),
            first=finding.marks[0] if finding.marks else None,
            last=finding.marks[-1] if finding.marks else None,
            side=finding.side,
            values=finding.values,
            marks=finding.marks,
        )
        for finding in findings
    ]
    return sorted(signals, key=lambda signal: (signal.first is None, signal.first or 0, priority.index(signal.rule)))


def point_marks(signals: Sequence[Signal], points: int, priority: tuple[str, ...]) -> list[Mark]:
    """Return, for each point, the codes that mark it (most important first) and its reading.

    The most important rule decides the reading; of two findings of one rule the later decides
    (a falling trend that turns into a rising one at this point reads as rising).
    """
    found: list[list[Signal]] = [[] for _ in range(points)]
    for signal in signals:
        for at in signal.marks:
            found[at].append(signal)
    return [_mark(here, priority) for here in found]


def _mark(signals: list[Signal], priority: tuple[str, ...]) -> Mark:
    if not signals:
        return (), Reading.USUAL
    ordered = sorted(signals, key=lambda signal: (priority.index(signal.rule), -(signal.first or 0)))
    return tuple(dict.fromkeys(signal.rule for signal in ordered)), ordered[0].reading


def latest_reading(points: Sequence[Point], signals: Sequence[Signal]) -> Reading:
    """Return the reading of the latest point that counts; a phase-wide signal of its phase counts too."""
    at = latest_of(points)
    if at is None:
        return Reading.USUAL
    latest = points[at]
    if latest.reading is not Reading.USUAL:
        return latest.reading
    wide = [signal for signal in signals if signal.first is None and signal.phase == latest.phase]
    return wide[0].reading if wide else Reading.USUAL
