"""How a file may be read: as files with this header were read last, else as its names and cells suggest."""

from dataclasses import replace

from sqlalchemy import select

from qitracker.exchange.doubts import turned
from qitracker.exchange.finder import Known
from qitracker.exchange.formats.table import RawTable
from qitracker.exchange.guess import suggest_mapping
from qitracker.exchange.mapping import Mapping, check_mapping, fingerprint, mapping_from_json
from qitracker.exchange.models import ImportMapping
from qitracker.exchange.queries.batches import Batch
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.errors import Invalid
from qitracker.foundation.permissions import Permission
from qitracker.measures.queries import visible_measures
from qitracker.people.queries import visible_units


def suggested_mapping(batch: Batch, table: RawTable, *, by: Actor, fiscal_start: int) -> tuple[Mapping, bool]:
    """Return the mapping to begin with, and whether it is remembered from an earlier file."""
    remembered = _remembered(batch, table)
    if remembered is not None:
        return _filled(remembered, batch, by), True
    measures = visible_measures(by=by)
    units = visible_units(by, Permission.IMPORT_RUN, on=clock.today())
    known = Known(
        units=frozenset(unit.code for unit in units),
        measures=frozenset(measured.slug for measured in measures.values()),
    )
    found = suggest_mapping(table, known)
    if found.period.frequency == "year" and found.period.fiscal_start == 1:
        found = replace(found, period=replace(found.period, fiscal_start=fiscal_start))
    return _filled(found, batch, by), False


def _remembered(batch: Batch, table: RawTable) -> Mapping | None:
    """Return how files of this shape were read last in the organisation, if it still fits."""
    row = store.execute(
        select(ImportMapping.mapping).where(
            ImportMapping.unit_id == batch.place.lineage[-1], ImportMapping.shape == fingerprint(table.header)
        )
    ).first()
    if row is None:
        return None
    mapping = mapping_from_json(row.mapping)
    try:
        check_mapping(mapping, table.header)
    except Invalid:
        return None
    return mapping


def _filled(mapping: Mapping, batch: Batch, by: Actor) -> Mapping:
    """Return the mapping with the measure that was chosen for the whole file, and a numerator that goes with it."""
    if batch.measure_id is None:
        return mapping
    measured = visible_measures(by=by).get(batch.measure_id)
    if measured is None:
        return mapping
    return turned(replace(mapping, measure="", fixed_measure=measured.slug), measured.definition)
