"""Reports among what a search finds."""

from collections.abc import Iterator
from datetime import date

from qitracker.foundation.actor import Actor
from qitracker.foundation.sought import Sought
from qitracker.foundation.words import say
from qitracker.links.found import Find, Spot, findable
from qitracker.reports.queries import reports_sought


@findable("report", say("Reports"), icon="reports", place=5)
def find_reports(words: Sought, by: Actor, today: date) -> Iterator[Find]:
    """Return the reports that fit, the newest first. Two statements."""
    for report in reports_sought(words, by=by):
        rank = words.rank(report.title, report.headline, report.document, report.period, about=report.unit.name)
        if rank is not None:
            inside = words.rank("", report.headline, about=f"{report.title} {report.unit.name}") is not None
            where = say(
                "{document}, {unit}, {period}", document=report.document, unit=report.unit.name, period=report.period
            )
            spots = (Spot(report.headline),) if inside else ()
            yield Find(rank, report.title, f"/reports/{report.id}", where, spots)
