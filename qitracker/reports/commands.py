"""Deeds of reports: ask for one, keep a finished one, delete it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import delete, insert

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import after_commit, atomic, store
from qitracker.foundation.permissions import Permission
from qitracker.jobs.commands import enqueue
from qitracker.reports import events, queries
from qitracker.reports.kinds.measures import MeasuresReport
from qitracker.reports.models import Report
from qitracker.reports.rules import Wish, check_wish

KIND = "reports.measures"


def ask_for_report(*, by: Actor, unit_id: int, wish: Wish) -> int:
    """Queue a report and return the number of its job.

    Raises:
        NotFound: no such unit.
        NotAllowed: `by` may not make reports there.
        Invalid: the wish cannot be met.
    """
    unit = queries.unit_of_wish(unit_id, by=by)
    by.must(Permission.REPORT_MAKE, on=unit)
    check_wish(wish, offered=[one.wanted for one in queries.offered_in(unit, by=by)])
    payload = {
        "unit_id": unit.id,
        "wanted": [one.sign for one in wish.wanted],
        "first": wish.first.isoformat(),
        "last": wish.last.isoformat(),
        "paper": wish.paper,
        "kind": wish.kind,
    }
    with atomic():
        return enqueue(KIND, by=by, unit=unit, payload=payload)


@dataclass(frozen=True)
class Finished:
    """A report whose PDF lies in the folder already."""

    report: MeasuresReport
    unit: Place
    first: date
    last: date
    size: int


def keep_report(*, by: Actor, done: Finished) -> int:
    """Enter a finished report in the list and tell the trail; return its id.

    Making one takes a while: what `by` may do is read again in the transaction that enters it.

    Raises:
        NotFound, NotAllowed: `by` may not make reports here, or not read results (any more).
    """
    report = done.report
    with atomic():
        by = queries.as_of_now(by)
        unit = queries.unit_of_wish(done.unit.id, by=by)
        by.must(Permission.REPORT_MAKE, on=unit)
        by.must(Permission.RESULT_READ, on=unit)
        report_id = store.scalar(
            insert(Report)
            .values(
                kind=f"reports.{report.KIND}",
                document=report.document,
                unit_id=unit.id,
                title=report.title,
                headline=report.headline,
                period=report.period,
                first=done.first,
                last=done.last,
                measures=len(report.measures),
                snapshot=report.to_json(),
                fingerprint=report.fingerprint(),
                size=done.size,
                made_at=report.made_at,
                made_by_id=by.user_id,
                made_by_name=by.name,
            )
            .returning(Report.id)
        )
        assert report_id is not None
        after = {"document": report.document, "title": report.title, "period": report.period}
        record(events.MADE, by=by, subject=("report", report_id), unit=unit, after=after)
    return report_id


def delete_report(*, by: Actor, report_id: int, folder: Path) -> None:
    """Delete a report with its data and its PDF; the trail keeps that it was.

    Raises:
        NotFound: no such report.
        NotAllowed: `by` may not make reports in its unit.
    """
    report = queries.report_view(report_id, by=by)
    by.must(Permission.REPORT_MAKE, on=report.unit)
    with atomic():
        store.execute(delete(Report).where(Report.id == report_id))
        record(
            events.DELETED,
            by=by,
            subject=("report", report_id),
            unit=report.unit,
            before={"title": report.title},
            after={"document": report.document},
        )
        after_commit(lambda: (folder / report.file_name).unlink(missing_ok=True))
