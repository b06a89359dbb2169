"""Take in a file: it is kept, opened once to see that it is a table, and waits for decisions."""

from pathlib import Path
from typing import BinaryIO

from sqlalchemy import insert

from qitracker.audit.commands import record
from qitracker.exchange import events
from qitracker.exchange.formats import open_table
from qitracker.exchange.models import ImportBatch
from qitracker.exchange.uploads import keep_file, kept_path
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Invalid
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures.queries import visible_measure_by_id
from qitracker.people.queries import known_place


def send_file(
    *,
    by: Actor,
    instance: Path,
    stream: BinaryIO,
    filename: str,
    unit_id: int,
    measure_id: int | None,
    most: int,
) -> int:
    """Keep a file for a unit (and one measure, or several that the file names) and return the import's number.

    Raises:
        NotFound: no such unit or measure.
        NotAllowed: `by` may not import there.
        Invalid: empty, without rows, too large, or no table; beside "file".
    """
    place = known_place(unit_id, by=by)
    by.must(Permission.IMPORT_RUN, on=place)
    if measure_id is not None:
        visible_measure_by_id(measure_id, by=by)
    kept = keep_file(instance, stream, filename, most=most)
    if not open_table(kept_path(instance, kept.fingerprint), kept.filename).sample(1):
        words = say("The file names columns and holds no row below them. Check that you chose the right one.")
        raise Invalid(words, field="file")
    with atomic():
        batch_id = store.execute(
            insert(ImportBatch)
            .values(
                filename=kept.filename,
                fingerprint=kept.fingerprint,
                size=kept.size,
                unit_id=unit_id,
                measure_id=measure_id,
                read_as={},
                choices={},
                by_id=by.user_id,
                by_name=by.name,
                created_at=clock.now(),
            )
            .returning(ImportBatch.id)
        ).scalar_one()
        told = {"file": kept.filename, "fingerprint": kept.fingerprint, "size": kept.size}
        record(events.SENT, by=by, subject=("import", batch_id), unit=place, after=told)
    return batch_id
