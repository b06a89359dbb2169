"""Decide how a file is read and what may be done with it; ask a worker to check or to import it."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from qitracker.exchange.choices import Choices, choices_to_json
from qitracker.exchange.commands.opening import opened
from qitracker.exchange.formats.table import RawTable, ReadAs
from qitracker.exchange.mapping import Mapping, check_mapping, fingerprint, mapping_to_json
from qitracker.exchange.models import ImportBatch, ImportMapping
from qitracker.exchange.queries.batches import Batch, visible_batch
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Conflict, Invalid
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.jobs.commands import enqueue
from qitracker.people.queries import known_place

CHECK, IMPORT = "exchange.check", "exchange.import"  # kinds of jobs
LONGEST_REASON = 1000
AT_WORK = say("This file is being worked on at this moment. Wait until that is over.")
OVER = say("This file is imported already. Send it again to decide anew.")


def read_again(*, by: Actor, batch_id: int, instance: Path, read_as: ReadAs) -> None:
    """Read the file in another way: encoding, delimiter, sheet, row of names.

    Raises:
        NotFound: no such import in reach.
        Invalid: the file cannot be read so; beside the field that says so.
        Conflict: it is imported, or being worked on.
    """
    batch = visible_batch(batch_id, by=by)
    opened(batch, instance, read_as)
    with atomic():
        _change(
            batch, read_as={key: value for key, value in asdict(read_as).items() if value is not None}, mapping=None
        )


def set_mapping(*, by: Actor, batch_id: int, instance: Path, mapping: Mapping, choices: Choices) -> RawTable:
    """Say which column means what, and what may be made; remembered for files of this shape. Returns the table.

    Raises:
        NotFound: no such import in reach, or no such unit to make units below.
        NotAllowed: `by` may not make units there.
        Invalid: beside each field at fault.
        Conflict: it is imported, or being worked on.
    """
    batch = visible_batch(batch_id, by=by)
    table = opened(batch, instance)
    check_mapping(mapping, table.header)
    _check_choices(by, batch, choices)
    with atomic():
        _change(batch, mapping=mapping_to_json(mapping), choices=choices_to_json(choices))
        _remember(batch, table, mapping, by)
    return table


def set_choices(*, by: Actor, batch_id: int, choices: Choices) -> None:
    """Say how strict the import is and whether recorded results are corrected.

    Raises:
        NotFound, NotAllowed, Invalid, Conflict: as `set_mapping`.
    """
    batch = visible_batch(batch_id, by=by)
    _check_choices(by, batch, choices)
    with atomic():
        _change(batch, state="checked" if batch.summary else "new", choices=choices_to_json(choices))


def ask_check(*, by: Actor, batch_id: int) -> int:
    """Have a worker check the file; return the job. Raises NotFound, Conflict, Invalid."""
    return _ask(by, batch_id, CHECK, "checking")


def ask_import(*, by: Actor, batch_id: int) -> int:
    """Have a worker import the file; return the job. Raises NotFound, Conflict, Invalid."""
    return _ask(by, batch_id, IMPORT, "importing")


def _ask(by: Actor, batch_id: int, kind: str, state: str) -> int:
    batch = visible_batch(batch_id, by=by)
    if batch.mapping is None:
        raise Invalid(say("Say first which column means what."))
    with atomic():
        job_id = enqueue(kind, by=by, unit=batch.place, payload={"batch_id": batch.id})
        _change(batch, state=state, job_id=job_id)
    return job_id


def _change(batch: Batch, *, state: str = "new", **values: Any) -> None:
    """Change the row unless it is imported, being worked on, or somebody else changed it since it was read."""
    if batch.is_stored:
        raise Conflict(OVER)
    if batch.is_at_work:
        raise Conflict(AT_WORK)
    done = store.execute(
        update(ImportBatch)
        .where(ImportBatch.id == batch.id, ImportBatch.version == batch.version)
        .values(version=batch.version + 1, state=state, **values)
    )
    if done.rowcount != 1:
        raise Conflict(AT_WORK)


def _check_choices(by: Actor, batch: Batch, choices: Choices) -> None:
    problems: dict[str, Sentence] = {}
    if choices.correct and not choices.reason.strip():
        problems["reason"] = say("Say why recorded results are corrected.")
    if len(choices.reason) > LONGEST_REASON:
        problems["reason"] = say("The reason is longer than {most} characters. Shorten it.", most=LONGEST_REASON)
    if problems:
        raise Invalid(fields=problems)
    if choices.units_below is not None:
        below = known_place(choices.units_below, by=by)
        by.must(Permission.UNIT_ADD, on=below)
        if batch.place.id not in below.lineage:
            raise Invalid(say("Choose a unit within {unit}.", unit=batch.place.name), field="units_below")


def _remember(batch: Batch, table: RawTable, mapping: Mapping, by: Actor) -> None:
    shape, unit_id = fingerprint(table.header), batch.place.lineage[-1]
    values = {"mapping": mapping_to_json(mapping), "by_id": by.user_id, "at": clock.now()}
    row = store.scalars(
        select(ImportMapping).where(ImportMapping.unit_id == unit_id, ImportMapping.shape == shape)
    ).first()
    if row is None:
        store.add(ImportMapping(unit_id=unit_id, shape=shape, **values))
    else:
        row.mapping, row.by_id, row.at = values["mapping"], values["by_id"], values["at"]
    store.flush()
