"""Keep the status rows true: called in the transaction that writes, for every series it touches.

Few series go one by one through `analyse`; many that nobody has annotated go through the NumPy road.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import delete, select, tuple_

from qitracker.foundation import clock
from qitracker.foundation.db import insert_new, store, upsert
from qitracker.foundation.periods import period_end
from qitracker.measures.queries import Measured, measures
from qitracker.measures.queries.spans import collecting_below, collecting_units
from qitracker.people.commands.units import hold_tree
from qitracker.people.queries import places, timezones_of
from qitracker.results.commands.episodes import keep_episodes
from qitracker.results.episodes import Signal
from qitracker.results.keys import SeriesKey, day_of
from qitracker.results.models import STATE_CODES, STATES, status
from qitracker.results.queries.remarks import Remarks, remarks_of
from qitracker.results.queries.rows import Stored, count_rows, own_rows, raw_rows, rolled_rows
from qitracker.results.series import Row, analysis_of, merged_phases
from qitracker.results.status import Ends, Facts, ends_of, facts_of, status_values
from qitracker.results.status_block import arrays_of, facts_of_many, running_rows
from qitracker.results.versions import definition_phases
from qitracker.spc.analysis import State

RAW = itemgetter(0, 2, 3, 4, 5, 6)  # of a written row: what `raw_rows` gives
MANY = 12  # series from which the road for many is the faster one
_PLACEHOLDER: dict[str, Any] = {"definition": 0, "points": 0, "reading": "u", "spark": []}
StatusRow = dict[str, Any]


class Refreshed(NamedTuple):
    """One status row, and the signal it carries."""

    row: StatusRow
    signal: Signal | None


Days = Mapping[int, date]  # what day it is in each unit
Written = Mapping[int, Sequence[Sequence[Any]]]  # by measure: rows in the order of `batch.COLUMNS`


def refresh_status(keys: Iterable[SeriesKey], written: Written | None = None) -> None:
    """Recalculate the status of these series and of every parent they add up to.

    The rows are locked first, all in one order, so that two writers below one parent wait for each other instead of
    each summing without the other, and never in a circle; no unit moves meanwhile. Rows that were `written` a moment
    ago are read again only where the table holds more than them.
    """
    by_measure: dict[int, set[SeriesKey]] = defaultdict(set)
    for key in keys:
        by_measure[key.measure_id].add(key)
    hold_tree()
    known = measures(by_measure)
    for measure_id in sorted(by_measure):
        _refresh_measure(known[measure_id], by_measure[measure_id], (written or {}).get(measure_id, ()))


def _refresh_measure(measured: Measured, keys: set[SeriesKey], written: Sequence[Sequence[Any]]) -> None:
    units = {key.unit_id for key in keys}
    lineages = {place.id: place.lineage for place in places(units).values()}
    parents = _parents(measured.id, keys, lineages)
    _lock(keys | parents)
    spans = collecting_below(measured.id, units | {key.unit_id for key in parents})
    days = _days(units | {key.unit_id for key in parents})
    remarks = remarks_of(measured.id, units | {key.unit_id for key in parents}, notes=False)
    rolled = rolled_rows(measured.id, spans, measured.definition)
    made = _own(measured, keys, days, remarks, rolled, written)
    made += [
        _single(measured, key, days, rolled.get(key, Stored()), remarks.get(key, Remarks())) for key in sorted(parents)
    ]
    rows = [one.row for one in made]
    upsert(status, rows)
    keep_episodes(measured.id, keys | parents, [one.signal for one in made if one.signal])
    empty = {row["unit_id"] for row in rows if not row["points"]} - spans.keys()
    if empty:
        _leave_out_bereft(measured.id, empty)


def _days(units: Collection[int]) -> Days:
    """Return what day it is in these units: a period is judged when it is over there. One statement."""
    return {unit: clock.today(timezone) for unit, timezone in timezones_of(units).items()}


def _leave_out_bereft(measure_id: int, units: set[int]) -> None:
    """Remove the empty rows of units that collect nothing and have nothing below: what they held moved away."""
    bereft = units - collecting_units(measure_id, units).keys()
    store.execute(
        delete(status).where(
            status.c.measure_id == measure_id, status.c.unit_id.in_(sorted(bereft)), status.c.points == 0
        )
    )


def _parents(measure_id: int, keys: set[SeriesKey], lineages: Mapping[int, tuple[int, ...]]) -> set[SeriesKey]:
    return {SeriesKey(above, measure_id, key.stratum_id) for key in keys for above in lineages[key.unit_id][1:]} - keys


def _lock(keys: Collection[SeriesKey]) -> None:
    if store().get_bind().dialect.name != "postgresql" or not keys:
        return  # SQLite: BEGIN IMMEDIATE holds the whole database already
    now = clock.now()
    wanted = [
        {"unit_id": key.unit_id, "measure_id": key.measure_id, "stratum_id": key.stratum_id} for key in sorted(keys)
    ]
    insert_new(status, [{**key, "refreshed_at": now, **_PLACEHOLDER} for key in wanted])
    columns = (status.c.unit_id, status.c.measure_id, status.c.stratum_id)
    for first in range(0, len(wanted), 500):
        chosen = tuple_(*columns).in_([tuple(key.values()) for key in wanted[first : first + 500]])
        store.execute(select(status.c.unit_id).where(chosen).order_by(*columns).with_for_update())


def _own(
    measured: Measured,
    keys: set[SeriesKey],
    days: Days,
    remarks: Mapping[SeriesKey, Remarks],
    rolled: Mapping[SeriesKey, Stored],
    written: Sequence[Sequence[Any]],
) -> list[Refreshed]:
    plain = {key for key in keys if key not in remarks} if len(measured.versions) == 1 else set()
    many = list(_many(measured, plain, days, written)) if len(plain) >= MANY else []
    done = {SeriesKey(one.row["unit_id"], one.row["measure_id"], one.row["stratum_id"]) for one in many}
    left = keys - done
    own = own_rows(measured.id, {key.unit_id for key in left}) if left else {}
    singles = [
        _single(
            measured,
            key,
            days,
            Stored(own[key]) if key in own else rolled.get(key, Stored()),
            remarks.get(key, Remarks()),
        )
        for key in sorted(left)
    ]
    return [*many, *singles]


def _many(
    measured: Measured, keys: Collection[SeriesKey], days: Days, written: Sequence[Sequence[Any]]
) -> Iterator[Refreshed]:
    """Yield the status of those of `keys` that have rows of their own, through the road for many."""
    rows = _rows_of(measured.id, {key.unit_id for key in keys}, written)
    wanted = {(key.unit_id, key.stratum_id) for key in keys}
    if not {(row[0], row[1]) for row in rows} <= wanted:
        rows = [row for row in rows if (row[0], row[1]) in wanted]
    many = arrays_of(rows, measured.definition.frequency) if rows else None
    if many is None:
        return
    definition, firsts = measured.definition, many.first.tolist()
    running = running_rows(many, definition.frequency, [days[rows[first][0]] for first in firsts])
    not_over = np.add.reduceat(running.astype(np.int64), many.first).tolist()
    found = facts_of_many(many, definition, running)
    for facts, first, size, count in zip(found, firsts, many.sizes.tolist(), not_over, strict=True):
        unit_id, stratum_id = rows[first][:2]
        values = status_values(size, _ends(rows[first : first + size], count, definition.frequency), facts)
        yield _refreshed(measured, SeriesKey(unit_id, measured.id, stratum_id), values, facts)


def _ends(rows: Sequence[Sequence[Any]], not_over: int, frequency: str) -> Ends:
    """Return how a series ends of which so many periods, the last ones, are not over."""
    judged = rows[-1 - not_over] if not_over < len(rows) else rows[-1]
    open_until = period_end(day_of(rows[-not_over][2]), frequency) if not_over else None
    return Ends(_as_row(rows[-1]), _as_row(judged), open_until)


def _as_row(row: Sequence[Any]) -> Row:
    _, _, start, state, numerator, denominator = row
    return Row(day_of(start), STATES[state], numerator, denominator)


def _rows_of(measure_id: int, units: set[int], written: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
    """Return all rows of the units: those just written, if the table holds no others, else what the table holds."""
    if written and {row[0] for row in written} == units and count_rows(measure_id, units) == len(written):
        return sorted(map(RAW, written))
    return raw_rows(measure_id, units)


def _single(measured: Measured, key: SeriesKey, days: Days, series: Stored, said: Remarks) -> Refreshed:
    today, frequency = days[key.unit_id], measured.definition.frequency
    analysis = analysis_of(
        series.rows,
        measured.definition,
        today=today,
        phases=merged_phases(said.phase_starts, definition_phases(measured)),
        excluded=said.excluded_starts,
    )
    ends = ends_of(series.rows, frequency, today=today, excluded=said.excluded_starts)
    total = series.totals.get(ends.judged.start) if ends else None
    facts = facts_of(analysis)
    return _refreshed(measured, key, status_values(len(series.rows), ends, facts, total), facts)


def _refreshed(measured: Measured, key: SeriesKey, values: dict[str, Any], facts: Facts) -> Refreshed:
    return Refreshed(_row(measured, key, values), _signal(key, values, facts))


def _signal(key: SeriesKey, values: dict[str, Any], facts: Facts) -> Signal | None:
    """Return the signal of a row; one of the whole phase begins with it."""
    if not values["signal_rule"] or facts.begins is None:
        return None
    return Signal(
        unit_id=key.unit_id,
        stratum_id=key.stratum_id,
        rule=values["signal_rule"],
        side=values["signal_side"],
        reading=values["reading"],
        first=values["signal_since"] or facts.begins.toordinal(),
        last=values["judged_start"],
    )


def _row(measured: Measured, key: SeriesKey, values: dict[str, Any]) -> StatusRow:
    state = values["last_state"]
    return {
        "unit_id": key.unit_id,
        "measure_id": key.measure_id,
        "stratum_id": key.stratum_id,
        "definition": measured.definition.version,
        "refreshed_at": clock.now(),
        **values,
        "last_state": None if state is None else STATE_CODES[State(state)],
    }
