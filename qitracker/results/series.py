"""Stored rows become a series, and a series becomes the one analysis that everything shows. Pure."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qitracker.foundation.periods import period_end, periods_between
from qitracker.measures.rules import MAY_BE_NEGATIVE, Definition, Frequency, Scoring
from qitracker.results.rollup import Part, Total, roll_up
from qitracker.results.rules import Entry, is_calculated
from qitracker.spc.analyse import analyse
from qitracker.spc.analysis import Analysis, PhaseStart, Series, State

LATELY = 400  # days, and so periods, among which those that are not over lie: a year, with room


@dataclass(frozen=True)
class Row:
    """One stored period, or the sum of several units in one state."""

    start: date
    state: State
    numerator: float | None
    denominator: float | None
    n: float | None = None
    units: int = 1


def as_series(rows: Sequence[Row], definition: Definition) -> Series:
    """Return the rows as a series without holes: a period nobody reported is missing, not absent.

    Rows are in time order. A ratio that may not be calculated keeps its counts and shows no value.
    """
    rows = _without_holes(rows, definition.frequency)
    return Series(
        starts=tuple(row.start for row in rows),
        numerators=tuple(row.numerator for row in rows),
        denominators=tuple(row.denominator for row in rows),
        multiplier=definition.multiplier,
        states=tuple(_shown_state(row, definition) for row in rows),
        frequency=definition.frequency,
    )


def _without_holes(rows: Sequence[Row], frequency: Frequency) -> Sequence[Row]:
    if frequency in (Frequency.EVENT, Frequency.DAY) or len(rows) < 2:
        return rows
    held = {row.start: row for row in rows}
    starts = periods_between(rows[0].start, rows[-1].start, frequency)
    if len(starts) == len(rows):
        return rows
    known = set(starts)
    filled = [held.get(start) or Row(start, State.MISSING, None, None) for start in starts]
    strays = [row for row in rows if row.start not in known]  # of an older frequency
    return sorted((*filled, *strays), key=lambda row: row.start) if strays else filled


def _shown_state(row: Row, definition: Definition) -> State:
    if row.state is not State.VALUE:
        return row.state
    if row.denominator == 0:
        return State.NO_CASES
    if not is_calculated(Entry(row.start, row.state, row.numerator, row.denominator), definition):
        return State.NOT_CALCULATED
    return State.VALUE


def roll_up_rows(
    rows: Iterable[Row], *, expected: Callable[[date], int], scoring: Scoring
) -> tuple[list[Row], dict[date, Total]]:
    """Add rows of many units up, period by period; return the sums and how complete each is.

    `expected` says how many units collect the measure in a period: those without a row are missing.
    """
    by_start: dict[date, list[Row]] = {}
    for row in rows:
        by_start.setdefault(row.start, []).append(row)
    totals = {start: _total(held, expected(start), scoring) for start, held in sorted(by_start.items())}
    summed = [Row(start, t.state, t.numerator, t.denominator, t.n) for start, t in totals.items()]
    return summed, totals


def _total(held: Sequence[Row], units: int, scoring: Scoring) -> Total:
    parts = [Part(row.state, row.numerator, row.denominator, _whole(row.n), row.units) for row in held]
    silent = units - sum(part.units for part in parts)
    if silent > 0:
        parts.append(Part(State.MISSING, units=silent))
    return roll_up(parts, scoring)


def _whole(n: float | None) -> int | None:
    return None if n is None else int(n)


def possible_range(definition: Definition) -> tuple[float | None, float | None]:
    """Return what a value can be at least and at most, in display units."""
    floor = None if definition.scoring in MAY_BE_NEGATIVE else 0.0
    ceiling = definition.multiplier if definition.scoring is Scoring.PROPORTION else None
    return floor, ceiling


def is_over(start: date, frequency: str, *, today: date) -> bool:
    """Say whether a period is over, so that its result is judged: no more cases come. An event is, once it happened.

    The one rule for status row, page, board, report and workbook; `today` is the day in the unit (see 015).
    """
    return frequency == Frequency.EVENT or period_end(start, frequency) < today


def unfinished(starts: Iterable[date], frequency: str, *, today: date) -> list[date]:
    """Return the periods that are not over. They are the last ones: nothing is recorded of what has not begun."""
    return [start for start in starts if not is_over(start, frequency, today=today)]


def analysis_of(
    rows: Sequence[Row],
    definition: Definition,
    *,
    today: date,
    phases: Sequence[PhaseStart] = (),
    excluded: Collection[date] = (),
    chart: str | None = None,
    rule_set: str | None = None,
) -> Analysis:
    """Return what these rows say. Page, table, chart, workbook, PDF and status row all ask here."""
    floor, ceiling = possible_range(definition)
    series = as_series(rows, definition)
    return analyse(
        series,
        chart=chart or definition.chart,
        rule_set=rule_set or definition.rule_set,
        direction=definition.direction,
        phases=phases,
        excluded=excluded,
        unfinished=unfinished(series.starts[-LATELY:], definition.frequency, today=today),
        floor=floor,
        ceiling=ceiling,
    )


def merged_phases(by_people: Iterable[PhaseStart], by_definition: Iterable[PhaseStart]) -> tuple[PhaseStart, ...]:
    """Return all phase starts in order; where both begin one on the same day, both reasons stand."""
    merged: dict[date, PhaseStart] = {}
    for phase in (*by_definition, *by_people):
        known = merged.get(phase.start)
        merged[phase.start] = replace(phase, reason=f"{known.reason}; {phase.reason}".strip("; ")) if known else phase
    return tuple(merged[start] for start in sorted(merged))
