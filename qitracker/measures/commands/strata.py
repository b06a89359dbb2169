"""The parts into which results of a measure are split: add one, add those of a file, rename one."""

from collections.abc import Collection as Many
from dataclasses import replace
from datetime import date

from sqlalchemy import select, update

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.words import Sentence, say
from qitracker.measures import events
from qitracker.measures.commands.change import change_definition, is_in_use, store_in_place
from qitracker.measures.commands.checks import change_row, checked_definition, definable, must_be_in_use
from qitracker.measures.models import MeasureVersion, Stratum
from qitracker.measures.queries import Measured, strata_of
from qitracker.measures.texts import tidy_line


def add_stratum(
    *,
    by: Actor,
    measure_id: int,
    title: str,
    row_version: int,
    today: date,
    reason: str = "",
    effective_from: date | None = None,
) -> int:
    """Collect one more stratum beside the total; see `change_definition` for what it raises and returns."""
    measured, _ = definable(by, measure_id)
    old = measured.newest.definition
    return change_definition(
        by=by,
        measure_id=measure_id,
        definition=replace(old, strata=(*old.strata, title)),
        row_version=row_version,
        today=today,
        reason=reason,
        effective_from=effective_from,
    )


def add_strata_beside(*, by: Actor, measure_id: int, titles: Many[str]) -> None:
    """Add parts whose results come with a file, beside the parts that are collected already.

    What is recorded of the other parts stays what it was, so no version begins.

    Raises:
        NotFound, NotAllowed, Conflict: as `change_definition`.
        Invalid: a title cannot be, or the results of the measure are not split so far.
    """
    measured, place = definable(by, measure_id)
    must_be_in_use(measured)
    old = measured.newest.definition
    new = replace(checked_definition(replace(old, strata=(*old.strata, *titles))), version=old.version)
    with atomic():
        change_row(measured, measured.row_version)  # first: nobody records while it is asked what is recorded
        barrier = why_not_beside(measured)
        if barrier is not None:
            raise Invalid(barrier, field="strata")
        store_in_place(measure_id, measured.newest.number, new)
        told = {"title": measured.title, "strata": ", ".join(new.strata[len(old.strata) :])}
        record(events.STRATA_ADDED, by=by, subject=("measure", measure_id), unit=place, after=told)


def why_not_beside(measured: Measured) -> Sentence | None:
    """Return why no part can be added without a new version; None where one can. At most one statement."""
    if measured.newest.definition.strata or not is_in_use(measured):
        return None
    return say(
        "{measure} is recorded as a whole so far; splitting it changes its definition. "
        "Begin a new version with strata on its page, or leave the column of strata out.",
        measure=measured.title,
    )


def rename_stratum(*, by: Actor, measure_id: int, stratum_id: int, title: str, row_version: int) -> None:
    """Give a stratum another title; its results stay its own, so no version begins.

    Raises:
        NotFound, NotAllowed, Conflict: as `change_definition`.
        Invalid: the title is empty, too long, or another stratum has it.
    """
    measured, place = definable(by, measure_id)
    must_be_in_use(measured)
    named = {stratum.id: stratum for stratum in strata_of(measure_id)}
    if stratum_id not in named:
        raise NotFound(say("There is no such stratum of this measure."))
    words = _checked_stratum_title(title, {one.title for key, one in named.items() if key != stratum_id})
    old = named[stratum_id].title
    with atomic():
        change_row(measured, row_version)
        store.execute(update(Stratum).where(Stratum.id == stratum_id).values(title=words))
        for version in store.scalars(select(MeasureVersion).where(MeasureVersion.measure_id == measure_id)):
            strata = [words if name == old else name for name in version.body["strata"]]
            version.body = {**version.body, "strata": strata}
        told = {"stratum": words, "title": measured.title}
        record(
            events.STRATUM_RENAMED,
            by=by,
            subject=("measure", measure_id),
            unit=place,
            before={"stratum": old},
            after=told,
        )


def _checked_stratum_title(title: str, others: Many[str]) -> str:
    words = tidy_line(title, "strata")
    if not words:
        raise Invalid(say("A stratum has no name. Name it or take it away."), field="title")
    if words in {" ".join(other.split()) for other in others}:
        raise Invalid(say("Another stratum has this name. Give each its own."), field="title")
    return words
