"""Import a file: read it without holding anybody up, then store everything in one transaction.

Nothing is staged: the keys of all rows are in memory in any case, to find doubles within the file, and a file that
was cut off by a stopped worker is read again from its first row. Up to a million rows fit one transaction; before
it ends nothing is stored, and after it everything is, with its trail.
"""

from dataclasses import replace
from pathlib import Path
from time import monotonic

from sqlalchemy.exc import IntegrityError

from qitracker.audit.commands import record
from qitracker.exchange import events
from qitracker.exchange.collector import collector_paused
from qitracker.exchange.commands.examine import Examined, examine
from qitracker.exchange.commands.keeping import keep_outcome, lock
from qitracker.exchange.commands.making import Made, make_missing, with_ids
from qitracker.exchange.commands.opening import Day, Placed, Tell, in_silence, read_and_place
from qitracker.exchange.queries.batches import Batch, visible_batch
from qitracker.exchange.summary import Summary
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, is_duplicate
from qitracker.foundation.errors import Conflict
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures.queries import Measured, held_measures
from qitracker.people.commands.units import hold_tree, lock_tree
from qitracker.results.commands.batch import add_comments, add_points, correct_points
from qitracker.results.keys import SeriesKey

TRIES = 3  # others may record the same periods at the same moment


def run_import(*, by: Actor, batch_id: int, instance: Path, day: Day, tell: Tell = in_silence) -> Summary:
    """Import the file as it was decided; asked again after it was done, tell what came of it.

    Raises:
        NotFound: no such import in reach, or its file is gone.
        NotAllowed: `by` may no longer import there, or not make what was asked for.
        Invalid: the mapping does not fit the file, or the file breaks off.
        Conflict: others record the same periods, or change the measures, all the time.
    """
    begun = monotonic()
    batch = visible_batch(batch_id, by=by)
    if batch.is_stored and batch.summary:
        return batch.summary
    for _ in range(TRIES):
        try:
            with collector_paused():  # nothing of the rows may be left when it wakes: it would walk through them
                return _read_and_store(batch, instance, by=by, day=day, tell=tell, begun=begun)
        except _OtherMeaning:
            continue  # the rows were judged by a definition that no longer holds: read them again
    raise Conflict(say("Somebody changes these measures at this moment. Try again in a minute."))


def _read_and_store(batch: Batch, instance: Path, *, by: Actor, day: Day, tell: Tell, begun: float) -> Summary:
    placed = read_and_place(batch, instance, by=by, day=day, tell=tell)
    tell(placed.preview.rows, placed.preview.rows, "Storing results")
    return _store_in_turn(batch, placed, by=by, day=day, begun=begun)


class _OtherMeaning(Exception):
    """A measure was changed between reading the file and storing it."""


def _store_in_turn(batch: Batch, placed: Placed, *, by: Actor, day: Day, begun: float) -> Summary:
    """Store it; look again when somebody else recorded one of the periods between our look and our writing."""
    for _ in range(TRIES):
        try:
            return _store(batch, placed, by=by, day=day, begun=begun)
        except Exception as fault:
            if not _is_race(fault):
                raise
            placed.placer.plans.collections.clear()
    raise Conflict(say("Others record the same periods at this moment. Try again in a minute."))


def _hold_measures(placed: Placed) -> None:
    """Let nobody change what the numbers of this file mean until they are stored. Raises _OtherMeaning."""
    read = {target.measured.id: target.measured for target in placed.placer.targets}
    now = held_measures(read, to_change=bool(placed.placer.plans.strata))
    if any(now.get(key) is None or _judged_by(now[key]) != _judged_by(one) for key, one in read.items()):
        raise _OtherMeaning


def _hold_periods(placed: Placed) -> None:
    """Let nobody submit or lock a period between the look at it and the storing of its rows.

    Whoever will add units takes the tree alone from the start, so that two who do so do not wait for each other.
    """
    (lock_tree if placed.placer.plans.units else hold_tree)()


def _judged_by(measured: Measured) -> tuple[object, ...]:
    """Return what decides about the rows of a measure."""
    return measured.versions, measured.retired_on, measured.unit_id


def _is_race(fault: Exception) -> bool:
    """Say whether somebody else stored a point of ours between our look and our writing."""
    told = fault if isinstance(fault, IntegrityError) else IntegrityError("", None, fault)  # rows go past SQLAlchemy
    return is_duplicate(told)


def _store(batch: Batch, placed: Placed, *, by: Actor, day: Day, begun: float) -> Summary:
    """Do it all in one transaction: settle, make what is missing, store, refresh, tell the trail."""
    with atomic():
        by.must(Permission.IMPORT_RUN, on=batch.place)
        if lock(batch) in ("done", "undone"):
            stored = visible_batch(batch.id, by=by).summary
            assert stored is not None
            return stored
        _hold_measures(placed)
        _hold_periods(placed)
        examined = examine(placed, batch)
        summary = replace(examined.summary, seconds=round(monotonic() - begun, 2))
        if examined.refused and batch.choices.whole:
            keep_outcome(batch, summary, examined.header, examined.refused, state="held", finished_at=clock.now())
            return summary
        _write(batch, examined, make_missing(batch, examined, by=by, day=day), by=by)
        summary = replace(summary, seconds=round(monotonic() - begun, 2))
        keep_outcome(batch, summary, examined.header, examined.refused, state="done", finished_at=clock.now())
        _tell(batch, summary, by)
    return summary


def _write(batch: Batch, examined: Examined, made: Made, *, by: Actor) -> None:
    settled = examined.settled
    corrected = {SeriesKey(*one.row[:3]) for one in settled.corrections}
    correct_points(settled.corrections, by=by, reason=batch.choices.reason.strip())
    add_points(with_ids(settled.new, made), also=corrected)
    add_comments(
        (
            (
                SeriesKey(
                    made.units.get(key.unit_id, key.unit_id),
                    key.measure_id,
                    made.strata.get(key.stratum_id, key.stratum_id),
                ),
                start,
                text,
            )
            for key, start, text in settled.comments
        ),
        by=by,
    )


def _tell(batch: Batch, summary: Summary, by: Actor) -> None:
    sums = {
        one.slug: {
            "rows": one.stored.rows,
            "numerator": f"{one.stored.numerator:f}",
            "denominator": f"{one.stored.denominator:f}",
        }
        for one in summary.measures
    }
    told = {
        "file": batch.filename,
        "fingerprint": batch.fingerprint,
        "rows": summary.rows,
        "new": summary.new,
        "corrected": summary.corrected,
        "same": summary.same,
        "refused": summary.refused,
        "sums": sums,
        "reason": batch.choices.reason,
    }
    record(events.IMPORTED, by=by, subject=("import", batch.id), unit=batch.place, after=told)
