"""What would become of cells if they were saved: ready, unusual or to be corrected. Nothing is stored."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Period, Sentence, say
from qitracker.measures.queries import Measured, collections, definition_at
from qitracker.measures.rules import Definition
from qitracker.results.keys import SeriesKey, day_number, day_of
from qitracker.results.models import STATES, PeriodState, point
from qitracker.results.queries.sheet_rows import is_active
from qitracker.results.rules import Entry, check_entry, displayed_value
from qitracker.results.unusual import AHEAD

RECENT = 12
FAR_BACK = 3 * 366  # days in which recent values are looked for


@dataclass(frozen=True)
class Proposal:
    """One row and period that somebody wants to save; `problem` when its texts could not be read."""

    key: SeriesKey
    measured: Measured
    start: date
    entry: Entry | None
    problem: Invalid | None = None


@dataclass(frozen=True)
class Judged:
    """What would become of it: "ready", "unusual" or "wrong", with the sentences by field."""

    verdict: str
    fields: Mapping[str, Sentence | str]

    @property
    def words(self) -> tuple[Sentence | str, ...]:
        """Return the sentences in order, each once."""
        return tuple({str(words): words for words in self.fields.values()}.values())


def judge(
    *, by: Actor, unit_id: int, proposals: Sequence[Proposal], today: date, fiscal_start: int = 1
) -> tuple[Judged, ...]:
    """Return the verdict on each proposal. Three statements, however many there are."""
    collecting = {one.measure_id: one for one in collections(by, [unit_id])}
    recent = _recent(unit_id, {one.measured.id for one in proposals}, (one.start for one in proposals))
    locked = _locked(unit_id)
    verdicts = []
    for one in proposals:
        definition = definition_at(one.measured, one.start)
        active = one.measured.id in collecting and is_active(collecting[one.measured.id], one.measured, one.start)
        verdicts.append(
            _verdict(
                one, definition, active, (str(definition.frequency), one.start) in locked, recent, today, fiscal_start
            )
        )
    return tuple(verdicts)


def _verdict(
    one: Proposal,
    definition: Definition,
    is_collected: bool,
    is_locked: bool,
    recent: Mapping[SeriesKey, list[tuple[date, Entry]]],
    today: date,
    fiscal_start: int,
) -> Judged:
    period = Period(one.start, definition.frequency)
    if is_locked:
        return Judged(
            "wrong", {"period": say("{period} is locked. Reopen it with a reason, then change it.", period=period)}
        )
    if not is_collected:
        return Judged("wrong", {"period": say("This unit does not collect the measure in {period}.", period=period)})
    if one.problem is not None:
        return Judged("wrong", dict(one.problem.fields))
    if one.entry is None:
        return Judged("ready", {})
    before = [displayed_value(entry, definition) for start, entry in recent.get(one.key, []) if start < one.start]
    try:
        warnings = check_entry(
            one.entry, definition, today=today, fiscal_start=fiscal_start, recent=before[-RECENT:], told=AHEAD
        )
    except Invalid as problem:
        return Judged("wrong", dict(problem.fields))
    return Judged("unusual", {"numerator": warnings[0]}) if warnings else Judged("ready", {})


def _recent(
    unit_id: int, measure_ids: Iterable[int], starts: Iterable[date]
) -> dict[SeriesKey, list[tuple[date, Entry]]]:
    days = sorted(starts)
    found: dict[SeriesKey, list[tuple[date, Entry]]] = defaultdict(list)
    if not days:
        return found
    rows = store.execute(
        select(
            point.c.measure_id,
            point.c.stratum_id,
            point.c.start,
            point.c.state,
            point.c.numerator,
            point.c.denominator,
        )
        .where(
            point.c.unit_id == unit_id,
            point.c.measure_id.in_(sorted(set(measure_ids))),
            point.c.start.between(day_number(days[0]) - FAR_BACK, day_number(days[-1])),
        )
        .order_by(point.c.start)
    )
    for measure_id, stratum_id, start, state, numerator, denominator in rows:
        day = day_of(start)
        found[SeriesKey(unit_id, measure_id, stratum_id)].append(
            (day, Entry(day, STATES[state], numerator, denominator))
        )
    return found


def _locked(unit_id: int) -> frozenset[tuple[str, date]]:
    rows = store.execute(
        select(PeriodState.frequency, PeriodState.start).where(
            PeriodState.unit_id == unit_id, PeriodState.state == "locked"
        )
    )
    return frozenset((frequency, day_of(start)) for frequency, start in rows)
