"""Write down what came of a check or an import: the summary and the refused rows."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import delete, select, update

from qitracker.exchange.models import ImportBatch, refused_row
from qitracker.exchange.outcome import RefusedRow
from qitracker.exchange.queries.batches import Batch
from qitracker.exchange.summary import Summary, settled_sentence, summary_to_json
from qitracker.foundation.bulk import insert_many
from qitracker.foundation.db import store
from qitracker.foundation.errors import Conflict
from qitracker.foundation.words import say

REFUSED_COLUMNS = ("batch_id", "position", "row", "cells", "reasons")


def lock(batch: Batch) -> str:
    """Hold the row of an import until the end of the transaction, and return its state. Raises Conflict."""
    state = store.scalar(select(ImportBatch.state).where(ImportBatch.id == batch.id).with_for_update())
    if state is None:
        raise Conflict(say("This import is gone."))
    return state


def keep_outcome(
    batch: Batch, summary: Summary, header: Sequence[str], refused: Sequence[RefusedRow], **values: Any
) -> None:
    """Replace the summary and the refused rows of an import. Belongs inside `atomic()`."""
    store.execute(delete(refused_row).where(refused_row.c.batch_id == batch.id))
    insert_many(refused_row, REFUSED_COLUMNS, _rows(batch.id, header, refused))
    store.execute(
        update(ImportBatch)
        .where(ImportBatch.id == batch.id)
        .values(summary=summary_to_json(summary), header=list(header), version=ImportBatch.version + 1, **values)
    )


def _rows(batch_id: int, header: Sequence[str], refused: Sequence[RefusedRow]) -> Iterator[tuple[Any, ...]]:
    for position, row in enumerate(refused):
        reasons = [_reason(one.column, settled_sentence(one.words)) for one in row.reasons]
        cells = [cell if isinstance(cell, (str, int, float)) else str(cell) for cell in row.cells]
        yield batch_id, position, row.row, _json(cells), _json(reasons)


def _reason(column: str, words: Any) -> list[Any]:
    return [column, words.text, dict(words.values)]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\\u0000", "")
