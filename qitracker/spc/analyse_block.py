"""Many series at once, as arrays: the second road to what `analyse` says of one, for boards and status rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say
from qitracker.spc.analysis import Direction, PhaseStart, Reading, Series
from qitracker.spc.block_arrays import Bools, Floats, Ints
from qitracker.spc.block_limits import LINES, POSSIBLE, Numbers
from qitracker.spc.block_rules import RULES, WHOLE_PHASE, JudgedBlock, Marks
from qitracker.spc.choices import LATER
from qitracker.spc.lines import MINIMUM
from qitracker.spc.registry import RULE_SETS, RuleSet
from qitracker.spc.stretches import cut

READINGS = (Reading.USUAL, Reading.BETTER, Reading.WORSE, Reading.CHANGED)
"""What the numbers in `BlockAnalysis.readings` stand for."""

USUAL, BETTER, WORSE, CHANGED = range(4)


@dataclass(frozen=True)
class Block:
    """n series of up to m points; shorter ones end in NaN. All share chart, rules and direction."""

    numerators: Floats  # n x m, NaN where the period holds no value
    denominators: Floats  # n x m
    multipliers: Floats  # n
    phases: Ints  # n x m, number of the phase from 0
    included: Bools  # n x m, False where a person excluded the point
    baseline: Bools  # n x m, periods that set the lines of their phase (not excluded, not after a freeze)


@dataclass(frozen=True)
class BlockAnalysis:
    """What the numbers say: arrays n x m in display units, NaN where `analyse` has None.

    Lines may run on past the end of a series shorter than m.
    """

    values: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    marks: dict[str, Bools]  # by rule code, most important first
    readings: Ints  # n x m, places in READINGS
    latest: Ints  # n, place of the last point with a value; -1 where there is none
    latest_reading: Ints  # n, places in READINGS, signals of the whole phase included
    early: Bools  # n, too few points: run chart, no limits, no signals


def block_of(
    series: Sequence[Series],
    *,
    phases: Sequence[Sequence[PhaseStart]] | None = None,
    excluded: Sequence[Collection[date]] | None = None,
) -> Block:
    """Return the arrays of some series, padded to the longest.

    Raises:
        Invalid: a phase has a centre line set by a person; that series needs `analyse`.
    """
    shape = len(series), max((len(one.starts) for one in series), default=0)
    numerators, denominators = np.full(shape, np.nan), np.full(shape, np.nan)
    numbers = np.zeros(shape, dtype=np.int64)
    included, baseline = np.ones(shape, dtype=np.bool_), np.ones(shape, dtype=np.bool_)
    for row, one in enumerate(series):
        size = len(one.starts)
        held = np.array([value is not None for value in one.values], dtype=np.bool_)
        numerators[row, :size] = np.where(held, np.array(one.numerators, dtype=np.float64), np.nan)
        denominators[row, :size] = np.where(held, np.array(one.denominators, dtype=np.float64), np.nan)
        if excluded is not None and excluded[row]:
            included[row, :size] = [start not in excluded[row] for start in one.starts]
        baseline[row] = included[row]
        if phases is not None and phases[row]:
            _set_phases(one, phases[row], numbers[row], baseline[row])
    multipliers = np.array([one.multiplier for one in series], dtype=np.float64)
    return Block(numerators, denominators, multipliers, numbers, included, baseline)


def _set_phases(series: Series, starts: Sequence[PhaseStart], numbers: Ints, baseline: Bools) -> None:
    """Write the phase numbers of one row, and take what lies after a freeze out of its baseline."""
    for number, stretch in enumerate(cut(series, starts)):
        if stretch.start.centre is not None:
            raise Invalid(say("A centre line set by hand cannot be worked out for many series at once."))
        numbers[stretch.first :] = number
        if stretch.start.frozen_to is not None:
            for at in range(stretch.first, stretch.last + 1):
                baseline[at] &= series.starts[at] <= stretch.start.frozen_to


def analyse_block(
    block: Block,
    *,
    chart: str,
    rule_set: str,
    direction: Direction,
    screening: bool | None = None,
    floor: float | None = None,
    ceiling: float | None = None,
    minimum: int = MINIMUM,
) -> BlockAnalysis:
    """Return what the numbers of many series say; flags equal those of `analyse`, limits to 1e-12.

    Raises:
        Invalid: a chart type or rule set that cannot be worked for many series at once.
    """
    chart = "run" if chart in LATER else chart
    if chart not in LINES or rule_set not in RULES:
        raise Invalid(say("“{code}” cannot be worked out for many series at once.", code=f"{chart}, {rule_set}"))
    rules = RULE_SETS.get(rule_set)
    numbers = _numbers(block, rules, rules.screening if screening is None else screening)
    useful = (block.included & ~np.isnan(numbers.raw)).sum(axis=1)
    early: Bools = useful < minimum
    values = numbers.raw * block.multipliers[:, None]
    lines = _Lines(block, numbers, chart, early, early & (useful < 2), (floor, ceiling))
    marks, wide = _judge(block, values, lines, rule_set, early)
    return _conclude(values, lines, marks, wide, direction, early, block.included)


def _numbers(block: Block, rules: RuleSet, screening: bool) -> Numbers:
    with np.errstate(invalid="ignore", divide="ignore"):
        raw = np.where(block.denominators != 0, block.numerators / block.denominators, np.nan)
    held = ~np.isnan(raw)
    numerators, denominators = (np.where(held, part, np.nan) for part in (block.numerators, block.denominators))
    return Numbers(numerators, denominators, raw, rules.sigma_per_range, screening)


class _Lines:
    """Centre, sigma and drawn limits of every point, phase by phase, in display units."""

    def __init__(
        self,
        block: Block,
        numbers: Numbers,
        chart: str,
        early: Bools,
        bare: Bools,
        possible: tuple[float | None, float | None],
    ) -> None:
        shape = numbers.raw.shape
        self.centre, self.sigma = np.full(shape, np.nan), np.full(shape, np.nan)
        for number in range(int(block.phases.max(initial=-1)) + 1):
            here = block.phases == number
            self._set(here, *LINES[chart](numbers, here & block.baseline), ~early)
            if early.any():
                self._set(here, *LINES["run"](numbers, here & block.baseline), early & ~bare)
        self.centre *= block.multipliers[:, None]
        self.sigma *= block.multipliers[:, None]
        self._possible = _possible(chart, possible, block.multipliers)

    def _set(self, here: Bools, centre: Floats, sigma: Floats, rows: Bools) -> None:
        wanted = here & rows[:, None]
        self.centre = np.where(wanted, centre[:, None], self.centre)
        self.sigma = np.where(wanted, sigma, self.sigma)

    def drawn(self, k: float) -> Floats:
        """Return the k-sigma lines (n x m), kept within what is possible."""
        return np.clip(self.centre + k * self.sigma, *self._possible)


def _possible(chart: str, given: tuple[float | None, float | None], multipliers: Floats) -> tuple[Floats, Floats]:
    """Return the lowest and highest drawn value of each row; what the chart itself allows comes first."""
    edges = []
    for own, asked, none in zip(POSSIBLE.get(chart, (-np.inf, np.inf)), given, (-np.inf, np.inf), strict=True):
        edge = none if asked is None else asked
        edges.append((multipliers * own if np.isfinite(own) else np.full_like(multipliers, edge))[:, None])
    return edges[0], edges[1]


def _judge(block: Block, values: Floats, lines: _Lines, rule_set: str, early: Bools) -> tuple[Marks, Bools]:
    """Return the marks of all phases, and (n x m) the points of phases with a signal of their own."""
    counts = block.included & ~np.isnan(values) & ~np.isnan(lines.centre) & ~early[:, None]
    marks: Marks = {}
    wide = np.zeros(values.shape, dtype=np.bool_)
    for number in range(int(block.phases.max(initial=-1)) + 1):
        here = block.phases == number
        centre = _only(lines.centre, here)
        phase = JudgedBlock(values, centre, lines.sigma, counts & here)
        for rule, signs in RULES[rule_set](phase).items():
            marks[rule] = marks.get(rule, 0) + signs  # phases share no point
        if rule_set in WHOLE_PHASE:
            wide |= here & WHOLE_PHASE[rule_set](phase)[:, None]
    return marks, wide


def _only(centre: Floats, here: Bools) -> Floats:
    """Return the one centre (n) of a phase; NaN where a row has no such phase."""
    at = np.argmax(here, axis=1)[:, None]
    return np.where(here.any(axis=1), np.take_along_axis(centre, at, axis=1)[:, 0], np.nan)


def _conclude(
    values: Floats, lines: _Lines, marks: Marks, wide: Bools, direction: Direction, early: Bools, included: Bools
) -> BlockAnalysis:
    sign = np.zeros(values.shape, dtype=np.int64)
    for signs in marks.values():
        sign = np.where(sign == 0, signs, sign)  # the most important rule decides
    readings = _readings(sign, direction)
    latest = _latest(~np.isnan(values), included)
    return BlockAnalysis(
        values=values,
        centre=lines.centre,
        lower=lines.drawn(-3),
        upper=lines.drawn(3),
        marks={rule: signs != 0 for rule, signs in marks.items()},
        readings=readings,
        latest=latest,
        latest_reading=_latest_readings(readings, wide, latest),
        early=early,
    )


def _latest(held: Bools, included: Bools) -> Ints:
    """Return the place of the last point that counts; of the last with a value where none counts; -1."""
    places = np.arange(held.shape[1])
    counted, any_ = (np.where(those, places, -1).max(axis=1, initial=-1) for those in (held & included, held))
    latest: Ints = np.where(counted < 0, any_, counted)
    return latest


def _readings(sign: Ints, direction: Direction) -> Ints:
    if direction is Direction.NONE:
        return np.where(sign == 0, USUAL, CHANGED)
    better = 1 if direction is Direction.UP else -1
    return np.where(sign == 0, USUAL, np.where(sign == better, BETTER, WORSE))


def _latest_readings(readings: Ints, wide: Bools, latest: Ints) -> Ints:
    if not readings.shape[1]:
        return np.full(latest.shape, USUAL)
    at = np.maximum(latest, 0)[:, None]
    own = np.where(latest < 0, USUAL, np.take_along_axis(readings, at, axis=1)[:, 0])
    whole = (latest >= 0) & np.take_along_axis(wide, at, axis=1)[:, 0]
    return np.where((own == USUAL) & whole, CHANGED, own)
