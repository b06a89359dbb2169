"""Reads of reports: the list, one report, and what can be asked for. Batched, a fixed number of statements."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.sought import Sought
from qitracker.foundation.words import say
from qitracker.links.narrowing import may_hold
from qitracker.measures.queries import Measured, collections, measures, strata_of_all
from qitracker.people.queries import actor_by_id, descendants, known_place, place_of, places, reach
from qitracker.reports.models import Report
from qitracker.reports.rules import Held, Span, Wanted, usual_span
from qitracker.results.queries.held import held_in

MOST_LISTED = 200

_COLUMNS = (
    Report.id,
    Report.document,
    Report.unit_id,
    Report.title,
    Report.headline,
    Report.period,
    Report.measures,
    Report.fingerprint,
    Report.size,
    Report.made_at,
    Report.made_by_id,
    Report.made_by_name,
)


@dataclass(frozen=True)
class ReportView:
    """One finished report, without its data."""

    id: int
    document: str
    unit: Place
    title: str
    headline: str
    period: str
    measures: int
    fingerprint: str
    size: int
    made_at: datetime
    made_by_id: int | None
    made_by: str

    @property
    def file_name(self) -> str:
        """Return the name under which the PDF lies in the folder of reports."""
        return file_name(self.document, self.fingerprint)


def file_name(document: str, fingerprint: str) -> str:
    """Return the name of a PDF: another content is another file, so none is ever changed under a reader."""
    return f"{document}-{fingerprint.replace(' ', '')}.pdf"


def report_list(*, by: Actor) -> tuple[ReportView, ...]:
    """Return the newest reports of the units whose reports `by` may read. Two statements."""
    return _views(Report.unit_id.in_(reach(by, Permission.REPORT_READ)))


def reports_sought(words: Sought, *, by: Actor) -> tuple[ReportView, ...]:
    """Return reports that may hold one of the words, the newest first, of units whose reports `by` may read."""
    return _views(
        Report.unit_id.in_(reach(by, Permission.REPORT_READ)),
        may_hold(words, Report.title, Report.headline, Report.document, Report.period),
        most=None,
    )


def report_view(report_id: int, *, by: Actor) -> ReportView:
    """Return one report. Two statements.

    Raises:
        NotFound: no such report, or one of a unit whose reports `by` may not read.
    """
    found = _views(Report.id == report_id, Report.unit_id.in_(reach(by, Permission.REPORT_READ)))
    if not found:
        raise NotFound(say("There is no such report, or it belongs to a unit you do not reach."))
    return found[0]


def report_by_document(document: str) -> int | None:
    """Return the id of the report with that number. Asks no rights."""
    return store.scalar(select(Report.id).where(Report.document == document))


def snapshot_of(report_id: int) -> str:
    """Return the data a report was made from. Asks no rights."""
    text = store.scalar(select(Report.snapshot).where(Report.id == report_id))
    if text is None:
        raise NotFound
    return text


def _views(*conditions: Any, most: int | None = MOST_LISTED) -> tuple[ReportView, ...]:
    rows = store.execute(select(*_COLUMNS).where(*conditions).order_by(Report.id.desc()).limit(most)).all()
    known = places(row.unit_id for row in rows)
    return tuple(
        ReportView(
            id=row.id,
            document=row.document,
            unit=known[row.unit_id],
            title=row.title,
            headline=row.headline,
            period=row.period,
            measures=row.measures,
            fingerprint=row.fingerprint,
            size=row.size,
            made_at=row.made_at,
            made_by_id=row.made_by_id,
            made_by=row.made_by_name,
        )
        for row in rows
    )


@dataclass(frozen=True)
class Offered:
    """One chart that can be asked for: a measure, or one of its parts."""

    wanted: Wanted
    title: str
    slug: str
    held: Held | None = None  # None while there are no results


@dataclass(frozen=True)
class NewReport:
    """What can be asked for in one unit. `measure` and `part` are what the person came from, if anything."""

    unit: Place
    offered: tuple[Offered, ...]
    today: date
    measure: str = ""
    part: str = ""

    @cached_property
    def ticked(self) -> tuple[Wanted, ...]:
        """Return what is asked for unless told otherwise: what the person came from, else each measure as a whole."""
        meant = [one for one in self.offered if one.slug == self.measure]
        if meant:
            exact = [one.wanted for one in meant if one.wanted.part == self.part]
            return tuple(exact or [one.wanted for one in meant])
        whole = {one.wanted.measure_id for one in self.offered if not one.wanted.part}
        return tuple(one.wanted for one in self.offered if not one.wanted.part or one.wanted.measure_id not in whole)

    @cached_property
    def span(self) -> Span:
        """Return the period unless told otherwise, of what is ticked."""
        held = [one.held for one in self.offered if one.held and one.wanted in self.ticked]
        return usual_span(held, self.today)


def new_report(*, by: Actor, unit: Place, today: date, measure: str = "", part: str = "") -> NewReport:
    """Return what can be asked for: the measures collected in a unit or below it, and their parts. Five statements.

    Raises:
        NotAllowed: `by` may not make reports here.
    """
    by.must(Permission.REPORT_MAKE, on=unit)
    return NewReport(unit, offered_in(unit, by=by), today, measure, part)


def offered_in(unit: Place, *, by: Actor) -> tuple[Offered, ...]:
    """Return each measure of `measures_in`, then those of its parts that have results here. Five statements."""
    known = measures_in(unit, by=by)
    strata = strata_of_all(one.id for one in known)
    held = held_in(unit.id)
    offered: list[Offered] = []
    for one in known:
        frequency = one.definition.frequency
        parts = [choice for choice in strata.get(one.id, ()) if (one.id, choice.id) in held]
        if not parts or (one.id, 0) in held:
            whole = held.get((one.id, 0))
            offered.append(Offered(Wanted(one.id), one.title, one.slug, Held(frequency, *whole) if whole else None))
        offered += [
            Offered(
                Wanted(one.id, choice.code),
                f"{one.title}, {choice.title}",
                one.slug,
                Held(frequency, *held[one.id, choice.id]),
            )
            for choice in parts
        ]
    return tuple(offered)


def measures_in(unit: Place, *, by: Actor) -> tuple[Measured, ...]:
    """Return the measures collected in a unit or below it, in the order of lists. Three statements."""
    here = [unit.id, *(below.id for below in descendants(unit.id))]
    collected = collections(by, here, permission=Permission.RESULT_READ)
    return tuple(measures(one.measure_id for one in collected).values())


def unit_of_wish(unit_id: int, *, by: Actor) -> Place:
    """Return the place a report is asked for; the system knows all. Raises NotFound."""
    return place_of(unit_id) if by.is_system else known_place(unit_id, by=by)


def as_of_now(by: Actor) -> Actor:
    """Return who asked with the rights they hold at this moment; the system stays what it is. Two statements."""
    return by if by.user_id is None else actor_by_id(by.user_id)
