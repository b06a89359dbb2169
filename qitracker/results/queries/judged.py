"""What would become of cells if they were saved: new, a change, unusual or to be corrected. Nothing is stored."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.errors import Invalid, NotAllowed
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Period, Sentence, say
from qitracker.measures.queries import Measured, collections, definition_at
from qitracker.measures.rules import Definition
from qitracker.results.keys import SeriesKey, day_number, day_of
from qitracker.results.models import STATES, PeriodState, point
from qitracker.results.queries.sheet_rows import is_active
from qitracker.results.rules import Entry, check_entry, displayed_value
from qitracker.results.typed import as_it_stood
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
    """What would become of it: "ready", "unusual" or "wrong", with the sentences by field, and what it replaces."""

    verdict: str
    fields: Mapping[str, Sentence | str]
    effect: str = "new"  # or "change", or "same": what stands there, or nothing over nothing
    before: Entry | None = None
    after: Entry | None = None
    needs_reason: bool = False

    @property
    def is_change(self) -> bool:
        """Say whether saving it would replace or take away what is recorded."""
        return self.effect == "change" and self.verdict != "wrong"

    @property
    def words(self) -> tuple[Sentence | str, ...]:
        """Return the sentences in order, each once."""
        return tuple({str(words): words for words in self.fields.values()}.values())


@dataclass(frozen=True)
class _Known:
    """What all verdicts rest on, read once."""

    by: Actor
    place: Place
    stages: Mapping[tuple[str, date], str]
    recent: Mapping[SeriesKey, list[tuple[date, Entry]]]
    today: date
    fiscal_start: int


def judge(
    *, by: Actor, place: Place, proposals: Sequence[Proposal], today: date, fiscal_start: int = 1
) -> tuple[Judged, ...]:
    """Return the verdict on each proposal. Three statements, however many there are."""
    collecting = {one.measure_id: one for one in collections(by, [place.id])}
    recent = recent_entries(place.id, {one.measured.id for one in proposals}, (one.start for one in proposals))
    known = _Known(by, place, _closed(place.id), recent, today, fiscal_start)
    verdicts = []
    for one in proposals:
        active = one.measured.id in collecting and is_active(collecting[one.measured.id], one.measured, one.start)
        verdicts.append(_judged(one, active, known))
    return tuple(verdicts)


def _judged(one: Proposal, is_collected: bool, known: _Known) -> Judged:
    definition = definition_at(one.measured, one.start)
    before = next((entry for start, entry in known.recent.get(one.key, []) if start == one.start), None)
    after = as_it_stood(one.entry, before, definition) if one.entry and before else one.entry
    if one.problem is None and before == after:
        return Judged("ready", {}, "same", before, after)
    effect = "change" if before else "new"
    stage = known.stages.get((str(definition.frequency), one.start), "open")
    try:
        _must_be_open(stage, Period(one.start, definition.frequency), is_collected, known)
        if one.problem is not None:
            raise one.problem
        warnings = _warnings(one.key, after, definition, known) if after else ()
    except Invalid as problem:
        return Judged("wrong", dict(problem.fields), effect, before, after)
    except NotAllowed as problem:
        return Judged("wrong", {"period": problem.words}, effect, before, after)
    needs_reason = effect == "change" and stage != "open"
    fields = {"numerator": warnings[0]} if warnings else {}
    return Judged("unusual" if warnings else "ready", fields, effect, before, after, needs_reason)


def _must_be_open(stage: str, period: Period, is_collected: bool, known: _Known) -> None:
    if stage == "locked":
        words = say("{period} is locked. Reopen it with a reason, then change it.", period=period)
        raise Invalid(words, field="period")
    if not is_collected:
        raise Invalid(say("This unit does not collect the measure in {period}.", period=period), field="period")
    if stage != "open":
        known.by.must(Permission.RESULT_CORRECT, on=known.place)


def _warnings(key: SeriesKey, entry: Entry, definition: Definition, known: _Known) -> tuple[Sentence, ...]:
    before = [displayed_value(held, definition) for start, held in known.recent.get(key, []) if start < entry.start]
    return check_entry(
        entry,
        definition,
        today=known.today,
        fiscal_start=known.fiscal_start,
        recent=before[-RECENT:],
        told=AHEAD,
    )


def recent_entries(
    unit_id: int, measure_ids: Iterable[int], starts: Iterable[date]
) -> dict[SeriesKey, list[tuple[date, Entry]]]:
    """Return what these measures hold up to the last period, from three years before. One statement."""
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
            point.c.n,
        )
        .where(
            point.c.unit_id == unit_id,
            point.c.measure_id.in_(sorted(set(measure_ids))),
            point.c.start.between(day_number(days[0]) - FAR_BACK, day_number(days[-1])),
        )
        .order_by(point.c.start)
    )
    for measure_id, stratum_id, start, state, numerator, denominator, n in rows:
        day = day_of(start)
        found[SeriesKey(unit_id, measure_id, stratum_id)].append(
            (day, Entry(day, STATES[state], numerator, denominator, None if n is None else int(n)))
        )
    return found


def _closed(unit_id: int) -> dict[tuple[str, date], str]:
    rows = store.execute(
        select(PeriodState.frequency, PeriodState.start, PeriodState.state).where(
            PeriodState.unit_id == unit_id, PeriodState.state != "open"
        )
    )
    return {(frequency, day_of(start)): state for frequency, start, state in rows}
