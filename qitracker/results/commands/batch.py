"""Store, correct and take back many points at once, and refresh what depends on them. For imports and generators."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.bulk import insert_many
from qitracker.foundation.db import store
from qitracker.foundation.errors import Conflict
from qitracker.foundation.words import say
from qitracker.people.commands.units import hold_tree
from qitracker.results.commands.refresh import refresh_status
from qitracker.results.keys import SeriesKey
from qitracker.results.models import STATE_CODES, STATES, PointComment, PointHistory, point
from qitracker.results.queries.recorded import Held, closed_periods
from qitracker.results.signed import signed

COLUMNS = (
    "unit_id", "measure_id", "stratum_id", "start", "state", "numerator", "denominator", "n", "definition", "batch_id",
)  # fmt: skip
CODE_OF = STATE_CODES  # the code under which a state is stored, for those who make rows


def add_points(rows: Sequence[Sequence[Any]], *, also: Collection[SeriesKey] = ()) -> None:
    """Insert checked rows in the order of COLUMNS; refresh every series they belong to, and those of `also`.

    Belongs inside the caller's `atomic()`, after its rights, its rules and its look for duplicates.
    """
    insert_many(point, COLUMNS, rows)
    measure_ids = {row[1] for row in rows}
    written = {one: rows if len(measure_ids) == 1 else [row for row in rows if row[1] == one] for one in measure_ids}
    refresh_status(series_of(rows) | set(also), written)


def series_of(rows: Iterable[Sequence[Any]]) -> set[SeriesKey]:
    """Return the keys of the series that these rows belong to."""
    return {SeriesKey(*key) for key in {(row[0], row[1], row[2]) for row in rows}}


@dataclass(frozen=True)
class Correction:
    """One recorded point that is to hold something else. `row` is in the order of COLUMNS."""

    row: tuple[Any, ...]
    before: Held


def correct_points(corrections: Sequence[Correction], *, by: Actor, reason: str) -> None:
    """Replace what these points hold; what stood there stays in their history. Refreshes nothing: see `add_points`.

    Belongs inside the caller's `atomic()`, after its rights and its rules.

    Raises:
        Conflict: somebody changed one of them meanwhile.
    """
    if not corrections:
        return
    keys = COLUMNS[:4]
    matched = [point.c[name] == bindparam(f"at_{name}") for name in keys]
    changed = {name: bindparam(f"to_{name}") for name in COLUMNS[4:]}
    statement = (
        update(point)
        .where(*matched, point.c.version == bindparam("seen"))
        .values(**changed, version=bindparam("seen") + 1)
    )
    names = [*(f"at_{name}" for name in keys), *(f"to_{name}" for name in COLUMNS[4:])]
    values = [{**dict(zip(names, one.row, strict=True)), "seen": one.before.version} for one in corrections]
    done = store.connection().execute(statement, values)
    if done.rowcount != len(corrections):
        raise Conflict(say("Somebody changed one of these results meanwhile. Check the file again."))
    store.execute(insert(PointHistory), [_history(one, by, reason) for one in corrections])


def _history(one: Correction, by: Actor, reason: str) -> dict[str, Any]:
    unit_id, measure_id, stratum_id, start, state, numerator, denominator, n, *_ = one.row
    return {
        "unit_id": unit_id,
        "measure_id": measure_id,
        "stratum_id": stratum_id,
        "start": start,
        "before": _kept(*one.before[:4]),
        "after": _kept(state, numerator, denominator, n),
        "reason": reason,
        "by_id": by.user_id,
        "by_name": by.name,
        "at": clock.now(),
    }


def _kept(state: int, numerator: float | None, denominator: float | None, n: float | None) -> dict[str, Any]:
    return {"state": STATES[state].value, "numerator": numerator, "denominator": denominator, "n": n}


def add_comments(comments: Iterable[tuple[SeriesKey, date, str]], *, by: Actor) -> None:
    """Write comments beside points. Belongs inside the caller's `atomic()`, after its rights and its rules."""
    rows = [{**signed(by, key, start), "text": text} for key, start, text in comments]
    if rows:
        store.execute(insert(PointComment), rows)


@dataclass(frozen=True)
class TakenBack:
    """What came of taking a batch back: points that went, and those that stay, changed since or closed."""

    removed: int
    kept: int
    numerator: float
    denominator: float


def take_back_batch(batch_id: int, frequencies: dict[int, str]) -> TakenBack:
    """Remove the points a batch added that nobody changed since and whose period is open; refresh their series.

    `frequencies` gives for each measure of the batch how often it is recorded. Belongs inside the caller's
    `atomic()`, after its rights.
    """
    keys = (point.c.unit_id, point.c.measure_id, point.c.stratum_id, point.c.start)
    mine = (point.c.batch_id == batch_id, point.c.measure_id.in_(sorted(frequencies)))
    hold_tree()  # before the look at what is closed: no period is locked until they are gone
    rows = store.execute(select(*keys, point.c.numerator, point.c.denominator, point.c.version).where(*mine)).all()
    units = {row.unit_id for row in rows}
    closed = {each: closed_periods(each, units) for each in set(frequencies.values())}
    going = [
        row for row in rows if row.version == 1 and (row.unit_id, row.start) not in closed[frequencies[row.measure_id]]
    ]
    if going:
        matched = [column == bindparam(f"at_{column.name}") for column in keys]
        values = [{f"at_{column.name}": row[at] for at, column in enumerate(keys)} for row in going]
        store.connection().execute(delete(point).where(*matched), values)
        refresh_status({SeriesKey(row.unit_id, row.measure_id, row.stratum_id) for row in going})
    return TakenBack(
        removed=len(going),
        kept=len(rows) - len(going),
        numerator=sum(row.numerator or 0 for row in going),
        denominator=sum(row.denominator or 0 for row in going),
    )
