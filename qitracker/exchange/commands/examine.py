"""Hold placed rows against what is recorded: the same look before a check and inside an import."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from qitracker.exchange.cells import Reason
from qitracker.exchange.commands.opening import Placed, refused_header
from qitracker.exchange.doubts import level_doubt, numerator_doubt
from qitracker.exchange.formats.table import Cell
from qitracker.exchange.outcome import RefusedRow, RowResult
from qitracker.exchange.placing import UNKNOWN_UNIT, Plans
from qitracker.exchange.preview import Totals
from qitracker.exchange.queries.batches import Batch
from qitracker.exchange.queries.usual import known_levels
from qitracker.exchange.rules import as_mapped
from qitracker.exchange.settling import Settled, Settler
from qitracker.exchange.spots import Spot
from qitracker.exchange.summary import MeasureSums, ReasonCount, Summary, Sums, settled_sentence
from qitracker.exchange.why import counted_kinds
from qitracker.foundation.words import Sentence, say
from qitracker.measures.queries import Measured
from qitracker.results.queries.recorded import closed_periods, recorded

NAMED: Final = 10  # of unknown codes, in the sentence that tells of all


@dataclass
class Examined:
    """All rows of a file, settled: what is new, what is refused and why, and what would be made on the way."""

    settled: Settled
    plans: Plans
    refused: list[RefusedRow]
    header: tuple[str, ...]
    summary: Summary


def examine(placed: Placed, batch: Batch) -> Examined:
    """Settle every placed row against what stands recorded at this moment. Changes nothing."""
    placer = placed.placer
    settler = Settler(placed.mapping, batch.choices, placer.plans, batch_id=batch.id)
    settled = settler.settle(placer.targets, recorded, closed_periods)
    late = [(row, reason) for reason, rows in placer.refused for row in rows] + settled.refused
    refused = sorted([*placed.refused, *_with_cells(placed, late)], key=lambda one: one.row)
    plans = _used(placer.plans, settled)
    return Examined(settled, plans, refused, refused_header(placed), _summary(placed, settled, plans, refused))


def _with_cells(placed: Placed, late: Sequence[tuple[RowResult, Reason]]) -> Iterable[RefusedRow]:
    """Give rows that were refused after reading with their cells, which the file is asked for again."""
    if not late:
        return []
    reasons = {row[0]: reason for row, reason in late}
    cells: dict[int, tuple[Cell, ...]] = {}
    for block in as_mapped(placed.table, placed.mapping).blocks():
        for row, number in zip(block.rows, block.numbers, strict=True):
            if number in reasons:
                cells.setdefault(number, tuple(row))
    return [RefusedRow(number, cells[number], (reason,)) for number, reason in reasons.items()]


def _used(plans: Plans, settled: Settled) -> Plans:
    """Return the plans that some row needs: a unit all of whose rows are refused is not made."""
    if not plans.units and not plans.strata:
        return plans
    units = {row[0] for row in settled.new if row[0] < 0}
    strata = {row[2] for row in settled.new if row[2] < 0}
    return Plans(
        {code: spot for code, spot in plans.units.items() if spot.id in units},
        {key: number for key, number in plans.strata.items() if number in strata},
        plans.collections,
    )


def _told(spot: Spot) -> str:
    return spot.code if spot.name == spot.code else f"{spot.name} ({spot.code})"


def _summary(placed: Placed, settled: Settled, plans: Plans, refused: Sequence[RefusedRow]) -> Summary:
    preview, placer = placed.preview, placed.placer
    measures = _measures(placed, settled)
    return Summary(
        rows=preview.rows,
        new=len(settled.new),
        corrected=len(settled.corrections),
        same=settled.same,
        different=settled.different,
        refused=len(refused),
        blank=preview.blank,
        filtered=preview.filtered,
        empty=preview.empty,
        unusual=settled.unusual,
        not_calculated=settled.not_calculated,
        series=settled.series,
        units=len({target.spot.id for target in placer.targets}),
        states={state.value: count for state, count in preview.states.items()},
        frequency=placed.mapping.period.frequency,
        first=preview.first,
        last=preview.last,
        measures=measures,
        doubts=_doubts(placed, measures),
        reasons=_reasons(refused),
        kinds=counted_kinds((one.reasons[0] for one in refused), placed.mapping),
        new_units=tuple(_told(spot) for _, spot in sorted(plans.units.items())),
        new_strata=tuple(sorted(title for _, title in plans.strata)),
        new_collections=sum(map(len, plans.collections.values())),
    )


def _doubts(placed: Placed, measures: Sequence[MeasureSums]) -> tuple[Sentence, ...]:
    """Return what looks turned round in the numerator, or out of place in the level of each measure."""
    known = {one.id: one for sums in measures if (one := placed.ground.measure(sums.slug))}
    levels = known_levels(known.values(), placed.today)
    found: list[Sentence | None] = []
    for sums in measures:
        definition = known[sums.measure_id].definition
        level = level_doubt(sums.read, definition, levels[sums.measure_id])
        found += [level or numerator_doubt(placed.mapping, definition)]
    return tuple(settled_sentence(words) for words in found if words)


def _measures(placed: Placed, settled: Settled) -> tuple[MeasureSums, ...]:
    """Return the sums of each measure, those of the file gathered over all names the file has for it."""
    read: dict[int, Totals] = {}
    known: dict[int, Measured] = {}
    for name, totals in placed.preview.totals.items():
        measured = placed.ground.measure(name)
        if measured is not None:
            known[measured.id] = measured
            read.setdefault(measured.id, Totals()).join(totals)
    return tuple(
        MeasureSums(
            key,
            known[key].slug,
            known[key].title,
            Sums.of(totals),
            Sums.of(settled.totals.get(key)),
            Sums.of(settled.stored.get(key)),
        )
        for key, totals in sorted(read.items(), key=lambda pair: known[pair[0]].title)
    )


def _reasons(refused: Sequence[RefusedRow]) -> tuple[ReasonCount, ...]:
    """Return the reasons by kind, the most frequent first; unknown codes are gathered, not told by the first row's."""
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], Reason] = {}
    codes: dict[tuple[str, str], dict[str, None]] = {}
    for row in refused:
        reason = row.reasons[0]
        key = (reason.column, reason.words.text)
        counts[key] += 1
        examples.setdefault(key, reason)
        if "code" in reason.words.values:
            codes.setdefault(key, {})[str(reason.words.values["code"])] = None
    return tuple(
        ReasonCount(count, key[0], _gathered(settled_sentence(examples[key].words), tuple(codes.get(key, ()))))
        for key, count in counts.most_common(50)
    )


def _gathered(first: Sentence, codes: Sequence[str]) -> Sentence:
    """Return the sentence of the first row, or one that names the codes of all rows refused for the same."""
    if len(codes) < 2 or first.text != UNKNOWN_UNIT.text:
        return first
    named = ", ".join(codes[:NAMED])
    if len(codes) <= NAMED:
        return say(
            "{count} unknown units: {codes}. Check the codes, or let them be made.", count=len(codes), codes=named
        )
    return say(
        "{count} unknown units: {codes}, … and {more} more. Check the codes, or let them be made.",
        count=f"{len(codes):,}",
        codes=named,
        more=f"{len(codes) - NAMED:,}",
    )
