"""Keep the status rows true: called in the transaction that writes, for every series it touches."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select, tuple_

from qitracker.foundation import clock
from qitracker.foundation.db import insert_new, store, upsert
from qitracker.measures.queries.spans import collecting_below
from qitracker.measures.queries import Measured, measures
from qitracker.people.queries import places
from qitracker.results.keys import SeriesKey
from qitracker.results.models import STATE_CODES, status
from qitracker.results.queries.remarks import Remarks, remarks_of
from qitracker.results.queries.rows import Stored, own_rows, rolled_rows
from qitracker.results.series import analysis_of, merged_phases
from qitracker.results.status import status_values
from qitracker.results.versions import definition_phases
from qitracker.spc.analysis import State

_EMPTY: dict[str, Any] = {"definition": 0, "points": 0, "reading": "u", "spark": []}


def refresh_status(keys: Iterable[SeriesKey]) -> None:
    """Recalculate the status of these series and of every parent they add up to.

    The rows are locked first, the unit's own before its parents', so that two writers below one
    parent wait for each other instead of each summing without the other.
    """
    by_measure: dict[int, set[SeriesKey]] = defaultdict(set)
    for key in keys:
        by_measure[key.measure_id].add(key)
    known = measures(by_measure)
    for measure_id in sorted(by_measure):
        _refresh_measure(known[measure_id], by_measure[measure_id])


def _refresh_measure(measured: Measured, keys: set[SeriesKey]) -> None:
    units = {key.unit_id for key in keys}
    lineages = {place.id: place.lineage for place in places(units).values()}
    above = {unit_id for lineage in lineages.values() for unit_id in lineage[1:]} - units
    parent_keys = {
        SeriesKey(unit_id, measured.id, key.stratum_id) for key in keys for unit_id in lineages[key.unit_id][1:]
    }
    spans = collecting_below(measured.id, units | above)
    _lock(sorted(keys), depth_first=True)
    _lock(sorted(parent_keys - keys, key=lambda key: -_depth(key.unit_id, lineages)), depth_first=False)
    own = own_rows(measured.id, units)
    stored = {key: Stored(own[key]) for key in keys if key in own}
    rolled = rolled_rows(measured.id, {u: s for u, s in spans.items()}, measured.definition)
    for key, value in rolled.items():
        if key in parent_keys or (key in keys and key not in stored):
            stored[key] = value
    remarks = remarks_of(measured.id, {key.unit_id for key in keys | parent_keys}, notes=False)
    upsert(status, list(_rows(measured, keys | parent_keys, stored, remarks)))


def _depth(unit_id: int, lineages: Mapping[int, tuple[int, ...]]) -> int:
    return next((len(lineage) - lineage.index(unit_id) for lineage in lineages.values() if unit_id in lineage), 0)


def _lock(keys: list[SeriesKey], *, depth_first: bool) -> None:
    if not keys:
        return
    now = clock.now()
    insert_new(
        status,
        [
            {"unit_id": k.unit_id, "measure_id": k.measure_id, "stratum_id": k.stratum_id, "refreshed_at": now, **_EMPTY}
            for k in keys
        ],
    )
    if store().get_bind().dialect.name != "postgresql":
        return  # BEGIN IMMEDIATE holds the whole database already
    columns = (status.c.unit_id, status.c.measure_id, status.c.stratum_id)
    wanted = [(key.unit_id, key.measure_id, key.stratum_id) for key in keys]
    for first in range(0, len(wanted), 500):
        chosen = select(status.c.unit_id).where(tuple_(*columns).in_(wanted[first : first + 500]))
        store.execute(chosen.order_by(*columns).with_for_update())


def _rows(
    measured: Measured,
    keys: Iterable[SeriesKey],
    stored: Mapping[SeriesKey, Stored],
    remarks: Mapping[SeriesKey, Remarks],
) -> Iterator[dict[str, Any]]:
    now = clock.now()
    for key in sorted(keys):
        series, said = stored.get(key, Stored()), remarks.get(key, Remarks())
        analysis = analysis_of(
            series.rows,
            measured.definition,
            phases=merged_phases(said.phase_starts, definition_phases(measured)),
            excluded=said.excluded_starts,
        )
        values = status_values(series.rows, analysis, _last_total(series))
        values["last_state"] = None if values["last_state"] is None else STATE_CODES[State(values["last_state"])]
        yield {
            "unit_id": key.unit_id,
            "measure_id": key.measure_id,
            "stratum_id": key.stratum_id,
            "definition": measured.definition.version,
            "refreshed_at": now,
            **values,
        }


def _last_total(series: Stored) -> Any:
    last: date | None = series.rows[-1].start if series.rows else None
    return series.totals.get(last) if last else None
