"""Pages and deeds of reports: read where a role is held, made and deleted by those who may make them."""

from pathlib import Path
from tempfile import gettempdir

from qitracker.foundation.permissions import Permission
from qitracker.reports import commands
from qitracker.reports.rules import Wanted, Wish
from tests.builders.people import Build
from tests.builders.reports import FIRST, LAST, a_report, a_reported_measure
from tests.rights import Scene, deed, for_all_who_sign_in, page
from tests.unit.reports.reports import report

MAKE, READ = Permission.REPORT_MAKE, Permission.REPORT_READ

PAGES = {
    "reports.index": for_all_who_sign_in("/reports"),
    "reports.new": for_all_who_sign_in("/reports/new"),
    "reports.show": page("/reports/{report_id}", needs=READ),
    "reports.pdf": page("/reports/{report_id}/pdf", needs=READ),
}

DEEDS = {
    "reports.ask_for_report": deed(
        lambda by, s: commands.ask_for_report(
            by=by, unit_id=s["ward"].id, wish=Wish((Wanted(s["reported"].id),), FIRST, LAST)
        ),
        needs=MAKE,
    ),
    "reports.keep_report": deed(lambda by, s: commands.keep_report(by=by, done=s["finished"]), needs=MAKE),
    "reports.delete_report": deed(
        lambda by, s: commands.delete_report(by=by, report_id=s["report_id"], folder=Path(gettempdir())), needs=MAKE
    ),
}


def arrange(build: Build, scene: Scene) -> None:
    """Add a measure with results in the ward, and a report on it."""
    measured = a_reported_measure(build, scene["organisation"], [scene["ward"]], title="Reported")
    scene["reported"] = measured
    scene["finished"] = commands.Finished(report(1, document="MR-99"), scene["ward"], FIRST, LAST, size=1000)
    scene["report_id"] = a_report(build, scene["officer"], scene["ward"], [measured])
