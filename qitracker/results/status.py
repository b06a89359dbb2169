"""What the status row of a series holds. One function makes it, from the analysis of one series or of many. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from qitracker.foundation.periods import period_end
from qitracker.results.rollup import Total
from qitracker.results.series import LATELY, Row, unfinished
from qitracker.spc.analysis import Analysis, Direction, Reading, State
from qitracker.spc.meaning import meaning
from qitracker.spc.wording.story import MOST_TELLING

SPARK_POINTS = 24
SUM_POINTS = 12
READING_CODES: dict[Reading, str] = {Reading.USUAL: "u", Reading.BETTER: "b", Reading.WORSE: "w", Reading.CHANGED: "c"}
READINGS: dict[str, Reading] = {code: reading for reading, code in READING_CODES.items()}


@dataclass(frozen=True)
class Facts:
    """What a status row is made of: m points of one series, holes included, newest last."""

    starts: Sequence[date]
    values: Sequence[float | None]
    numerators: Sequence[float | None]  # None where nothing is counted
    denominators: Sequence[float | None]
    readings: Sequence[str]  # codes
    reading: str  # of the latest point, signals of the whole phase included
    latest: int | None  # last point that counts
    centre: float | None  # at the latest point, as the next two
    lower: float | None
    upper: float | None
    rule: str  # that tells most of the latest point, see `telling_rule`; "crossings" for one of the whole phase
    marked: Sequence[bool]  # points that this rule marks, in the phase of the latest
    begins: date | None = None  # the first point of the phase of the latest


@dataclass(frozen=True)
class LatestSignal:
    """The signal that the reading of the latest point rests on."""

    rule: str = ""
    since: date | None = None  # None for a signal that belongs to the whole phase
    side: str = ""
    length: int = 0


def facts_of(analysis: Analysis) -> Facts:
    """Return the facts of one analysed series."""
    points, at = analysis.points, analysis.latest
    last = points[at] if at is not None else None
    counted = [p.state in (State.VALUE, State.NOT_CALCULATED) for p in points]
    rule = ""
    if last is not None and analysis.reading is not Reading.USUAL:
        whole = (signal.rule for signal in analysis.signals if signal.first is None and signal.phase == last.phase)
        held = [p.value for p in points[: (at or 0) + 1] if p.value is not None]
        rule = telling_rule(last.rules, held, last.centre, analysis.direction, analysis.reading) or next(whole, "")
    return Facts(
        starts=[p.start for p in points],
        values=[p.value for p in points],
        numerators=[p.numerator if known else None for p, known in zip(points, counted, strict=True)],
        denominators=[p.denominator if known else None for p, known in zip(points, counted, strict=True)],
        readings=[READING_CODES[p.reading] for p in points],
        reading=READING_CODES[analysis.reading],
        latest=at,
        centre=last.centre if last else None,
        lower=last.lower if last else None,
        upper=last.upper if last else None,
        rule=rule,
        marked=[rule in p.rules and last is not None and p.phase == last.phase for p in points],
        begins=next((p.start for p in points if last is not None and p.phase == last.phase), None),
    )


def telling_rule(
    rules: Sequence[str], held: Sequence[float], centre: float | None, direction: Direction, reading: Reading
) -> str:
    """Return, of the rules that mark the latest point, the one whose words say most: when it began, how long it lasts.

    Only a rule that means what the point means is told. `held` are the values up to the latest.
    """
    agreeing = [rule for rule in rules if meaning(_side(rule, held, centre), direction) is reading]
    return min(agreeing or rules, key=MOST_TELLING.index, default="")


def latest_signal(facts: Facts) -> LatestSignal:
    """Return the signal at the latest point: the unbroken stretch that its rule marks, gaps passed over."""
    if not facts.rule or facts.latest is None:
        return LatestSignal()
    stretch = _stretch(facts, facts.latest)
    if not stretch:
        return LatestSignal(facts.rule)
    side = _side(facts.rule, last_two(facts.values, facts.latest), facts.centre)
    return LatestSignal(facts.rule, facts.starts[stretch[-1]], side, len(stretch))


def last_two(values: Sequence[float | None], latest: int) -> list[float]:
    """Return the last two values up to the latest, in their order: all that tells which way a series goes."""
    found: list[float] = []
    for at in range(latest, -1, -1):
        value = values[at]
        if value is not None:
            found.insert(0, value)
            if len(found) == 2:
                break
    return found


def _stretch(facts: Facts, latest: int) -> list[int]:
    """Return the points of the signal, the latest first. Of two of three near a limit, the third may lie between."""
    stretch: list[int] = []
    newest = next((at for at in range(latest, -1, -1) if facts.values[at] is not None), latest)
    passed, side = 0, _side_of(facts, newest)
    for at in range(newest, -1, -1):
        if facts.values[at] is None:
            continue
        same = facts.rule == "trend" or _side_of(facts, at) == side
        if facts.marked[at] and same and facts.readings[at] == facts.readings[newest]:
            stretch.append(at)
            passed = 0
        elif facts.rule == "two_of_three" and passed == 0:
            passed = 1
        else:
            break
    return stretch


def _side_of(facts: Facts, at: int) -> bool:
    """Return on which side of the centre a point with a value lies: a run ends where the next one begins."""
    return (facts.values[at] or 0.0) > (facts.centre or 0.0)


def _side(rule: str, held: Sequence[float], centre: float | None) -> str:
    """Return on which side the last of these values lies, or which way it goes."""
    if not held:
        return ""
    if rule == "trend":
        return "" if len(held) < 2 else "rising" if held[-1] > held[-2] else "falling"
    return "" if centre is None else "above" if held[-1] > centre else "below"


@dataclass(frozen=True)
class Ends:
    """The rows with which a series ends."""

    newest: Row  # the last that is stored
    judged: Row  # the last that counts: its period is over and nobody left it out; `newest` where none counts
    open_until: date | None = None  # the last day of the first period that is not over; from then on it is judged


def ends_of(rows: Sequence[Row], frequency: str, *, today: date, excluded: Collection[date] = ()) -> Ends | None:
    """Return how a series ends, None where nothing is stored. `today` is the day in its unit."""
    if not rows:
        return None
    running = unfinished((row.start for row in rows[-LATELY:]), frequency, today=today)
    counting = (row for row in reversed(rows) if row.start not in running and row.start not in excluded)
    open_until = period_end(running[0], frequency) if running else None
    return Ends(rows[-1], next(counting, rows[-1]), open_until)


def status_values(rows: int, ends: Ends | None, facts: Facts, total: Total | None = None) -> dict[str, object]:
    """Return the columns of a status row, but for its key, its definition and its time.

    `rows` counts the stored periods; `ends` are the last of them; `total` says how complete a sum is.
    """
    judged = ends.judged if ends else None
    signal = latest_signal(facts)
    return {
        "points": rows,
        "last_start": ends.newest.start.toordinal() if ends else None,
        "judged_start": judged.start.toordinal() if judged else None,
        "open_until": ends.open_until.toordinal() if ends and ends.open_until else None,
        "last_state": judged.state if judged else None,
        "last_numerator": judged.numerator if judged else None,
        "last_denominator": judged.denominator if judged else None,
        "last_value": _value_at(facts, judged.start) if judged else None,
        "centre": facts.centre,
        "lower": facts.lower,
        "upper": facts.upper,
        "reading": facts.reading,
        "signal_rule": signal.rule,
        "signal_since": signal.since.toordinal() if signal.since else None,
        "signal_side": signal.side,
        "signal_length": signal.length,
        "numerator_12": _sum(facts.numerators[-SUM_POINTS:]),
        "denominator_12": _sum(facts.denominators[-SUM_POINTS:]),
        "spark": _spark(facts.values[-SPARK_POINTS:], facts.readings[-SPARK_POINTS:]),
        "units_reporting": total.reporting if total else 0,
        "units_expected": total.units if total else 0,
    }


def _value_at(facts: Facts, start: date) -> float | None:
    """Return the value of a period that lies near the end of a series."""
    return next((facts.values[at] for at in range(len(facts.values) - 1, -1, -1) if facts.starts[at] == start), None)


def _sum(numbers: Sequence[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _spark(values: Sequence[float | None], readings: Sequence[str]) -> list[list[object]]:
    return [[None if v is None else float(f"{v:.6g}"), r] for v, r in zip(values, readings, strict=True)]
