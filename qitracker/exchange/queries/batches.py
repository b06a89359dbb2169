"""Files that were sent, with what was decided about them and what became of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from qitracker.exchange.cells import Reason
from qitracker.exchange.choices import Choices, choices_from_json
from qitracker.exchange.formats.table import ReadAs
from qitracker.exchange.mapping import Mapping, mapping_from_json
from qitracker.exchange.models import ImportBatch, refused_row
from qitracker.exchange.outcome import RefusedRow
from qitracker.exchange.summary import Summary, summary_from_json
from qitracker.foundation.actor import Actor, Place, system
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.jobs.queries import job_view
from qitracker.people.queries import places, reach

NO_SUCH_IMPORT = say("There is no such import, or it belongs to a unit you do not reach.")
LISTED = 50
SHOWN_REFUSALS = 100
STATE_WORDS = {
    "new": say("Not checked yet"),
    "checking": say("Being checked"),
    "checked": say("Checked, nothing stored yet"),
    "importing": say("Being imported"),
    "stopped": say("Stopped before anything was stored"),
    "held": say("Nothing stored: rows are refused"),
    "done": say("Imported"),
    "undone": say("Taken back"),
}
IN_PART = say("Imported in part: rows are refused")
NOTHING_READY = say("Checked, nothing can be imported")
NONE_GOOD = say("Nothing imported: rows are refused")
NOTHING_NEW = say("Nothing imported: nothing is new")


@dataclass(frozen=True)
class Batch:
    """One file that was sent, as its pages read it."""

    id: int
    filename: str
    fingerprint: str
    size: int
    place: Place
    measure_id: int | None
    read_as: ReadAs
    mapping: Mapping | None
    choices: Choices
    state: str
    summary: Summary | None
    header: tuple[str, ...]
    job_id: int | None
    by_name: str
    created_at: datetime
    finished_at: datetime | None
    version: int

    @property
    def state_words(self) -> Sentence:
        """Return the state in words; of what is over, what came of it."""
        if self.summary is None or self.state not in ("checked", "done"):
            return STATE_WORDS[self.state]
        summary = self.summary
        if self.state == "checked":
            return STATE_WORDS["checked"] if summary.good or summary.same or not summary.refused else NOTHING_READY
        if summary.good:
            return IN_PART if summary.refused else STATE_WORDS["done"]
        return NONE_GOOD if summary.refused else NOTHING_NEW

    @property
    def is_at_work(self) -> bool:
        """Whether a worker is reading or storing it now, or about to."""
        return self.state in WORKING

    @property
    def is_whole(self) -> bool:
        """Whether no row is refused."""
        return self.summary is None or not self.summary.refused

    @property
    def is_stored(self) -> bool:
        """Whether the import is over, so that nothing of it can be decided any more."""
        return self.state in ("done", "undone")


def visible_batch(batch_id: int, *, by: Actor) -> Batch:
    """Return one import, if `by` may import where it belongs. Two statements. Raises NotFound."""
    row = store.get(ImportBatch, batch_id, populate_existing=True)
    found = _batches([row], by) if row is not None else ()
    if not found:
        raise NotFound(NO_SUCH_IMPORT)
    return found[0]


def recent_batches(*, by: Actor) -> tuple[Batch, ...]:
    """Return the latest imports into units where `by` may import, newest first. Two statements."""
    rows = store.scalars(
        select(ImportBatch)
        .where(ImportBatch.unit_id.in_(reach(by, Permission.IMPORT_RUN)))
        .order_by(ImportBatch.id.desc())
        .limit(LISTED)
        .execution_options(populate_existing=True)
    )
    return _batches(list(rows), by)


def _batches(rows: list[ImportBatch], by: Actor) -> tuple[Batch, ...]:
    where = places(row.unit_id for row in rows)
    return tuple(
        _batch(row, where[row.unit_id]) for row in rows if by.may(Permission.IMPORT_RUN, on=where[row.unit_id])
    )


WORKING = ("checking", "importing")


def _state(row: ImportBatch) -> str:
    """Return the state, told by the job where a worker was asked: one that is over has stopped too early."""
    if row.state not in WORKING or row.job_id is None:
        return row.state
    try:
        job = job_view(by=system("imports"), job_id=row.job_id)
    except NotFound:
        return "stopped"
    return "stopped" if job.is_over else row.state


def _batch(row: ImportBatch, place: Place) -> Batch:
    return Batch(
        id=row.id,
        filename=row.filename,
        fingerprint=row.fingerprint,
        size=row.size,
        place=place,
        measure_id=row.measure_id,
        read_as=ReadAs(**row.read_as),
        mapping=mapping_from_json(row.mapping) if row.mapping else None,
        choices=choices_from_json(row.choices),
        state=_state(row),
        summary=summary_from_json(row.summary) if row.summary else None,
        header=tuple(row.header or ()),
        job_id=row.job_id,
        by_name=row.by_name,
        created_at=row.created_at,
        finished_at=row.finished_at,
        version=row.version,
    )


def refused_rows(batch: Batch, *, limit: int | None = SHOWN_REFUSALS) -> Iterator[RefusedRow]:
    """Give the refused rows of an import that `by` was shown, in the order of the file; all without a limit."""
    rows = store.execute(
        select(refused_row.c.row, refused_row.c.cells, refused_row.c.reasons)
        .where(refused_row.c.batch_id == batch.id)
        .order_by(refused_row.c.position)
        .limit(limit)
        .execution_options(yield_per=1_000)
    )
    for row in rows:
        yield RefusedRow(row.row, tuple(row.cells), tuple(map(_reason, row.reasons)))


def _reason(stored: list[Any]) -> Reason:
    column, text, values = stored
    return Reason(column, Sentence(text, values))
