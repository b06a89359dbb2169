"""Check a file as an import would, and store nothing of it."""

from dataclasses import replace
from pathlib import Path
from time import monotonic

from qitracker.exchange.collector import collector_paused
from qitracker.exchange.commands.examine import examine
from qitracker.exchange.commands.keeping import keep_outcome, lock
from qitracker.exchange.commands.opening import Day, Tell, in_silence, read_and_place
from qitracker.exchange.queries.batches import visible_batch
from qitracker.exchange.summary import Summary
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic
from qitracker.foundation.errors import Conflict
from qitracker.foundation.words import say


def check_import(*, by: Actor, batch_id: int, instance: Path, day: Day, tell: Tell = in_silence) -> Summary:
    """Read the whole file, judge every row and tell what an import would do. No result changes.

    Raises:
        NotFound: no such import in reach, or its file is gone.
        Invalid: the mapping does not fit the file, or the file breaks off.
        Conflict: it was imported meanwhile.
    """
    begun = monotonic()
    batch = visible_batch(batch_id, by=by)
    with collector_paused():
        examined = examine(read_and_place(batch, instance, by=by, day=day, tell=tell), batch)
    summary = replace(examined.summary, seconds=round(monotonic() - begun, 2))
    with atomic():
        if lock(batch) in ("done", "undone"):
            raise Conflict(say("This file is imported already. Send it again to decide anew."))
        keep_outcome(batch, summary, examined.header, examined.refused, state="checked")
    return summary
