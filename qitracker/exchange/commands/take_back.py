"""Take an import back: exactly its points that nobody changed since."""

from sqlalchemy import update

from qitracker.audit.commands import record
from qitracker.exchange import events
from qitracker.exchange.commands.keeping import lock
from qitracker.exchange.models import ImportBatch
from qitracker.exchange.queries.batches import visible_batch
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Conflict
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures.queries import measures
from qitracker.results.commands.batch import TakenBack, take_back_batch


def undo_import(*, by: Actor, batch_id: int) -> TakenBack:
    """Remove what an import added, but for points that were changed since or whose period is closed.

    Corrections it made stay, with their history; units, strata and collections it made stay too.

    Raises:
        NotFound: no such import in reach.
        NotAllowed: `by` may not correct results there.
        Conflict: it is not imported, or was taken back already.
    """
    batch = visible_batch(batch_id, by=by)
    by.must(Permission.RESULT_CORRECT, on=batch.place)
    with atomic():
        if lock(batch) != "done" or batch.summary is None:
            raise Conflict(say("There is nothing of this import to take back."))
        found = measures(one.measure_id for one in batch.summary.measures)
        frequencies = {key: one.definition.frequency.value for key, one in found.items()}
        taken = take_back_batch(batch.id, frequencies)
        store.execute(
            update(ImportBatch)
            .where(ImportBatch.id == batch.id)
            .values(state="undone", finished_at=clock.now(), version=ImportBatch.version + 1)
        )
        told = {"file": batch.filename, "fingerprint": batch.fingerprint, "removed": taken.removed, "kept": taken.kept}
        record(events.TAKEN_BACK, by=by, subject=("import", batch.id), unit=batch.place, after=told)
    return taken
