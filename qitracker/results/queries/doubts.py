"""Which values of a sheet are unusual: worked out when it is read, so that whoever checks a period sees them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from qitracker.foundation.words import Sentence
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.judged import RECENT, recent_entries
from qitracker.results.queries.sheet_rows import SheetRow, Slot
from qitracker.results.rules import displayed_value
from qitracker.results.unusual import unusual

Doubts = Mapping[tuple[SeriesKey, date], Sentence]


def doubts(unit_id: int, rows: Sequence[SheetRow], starts: Collection[date]) -> Doubts:
    """Return what is to be asked about the values of these periods, by row and period. One statement."""
    recent = recent_entries(unit_id, {row.key.measure_id for row in rows}, starts)
    found = {}
    for row in rows:
        for slot in row.slots:
            remark = _doubt(slot, recent.get(row.key, [])) if slot.start in starts else None
            if remark:
                found[row.key, slot.start] = remark
    return found


def _doubt(slot: Slot, held: Sequence) -> Sentence | None:  # type: ignore[type-arg]
    if slot.value is None:
        return None
    before = [displayed_value(entry, slot.definition) for start, entry in held if start < slot.start]
    return unusual(slot.value, slot.definition, before[-RECENT:], cases=slot.other)
