"""Pages and deeds of results: read where a role is held, recorded by those who work there."""

from datetime import date

from qitracker.foundation.permissions import Permission
from qitracker.results.commands import annotate, record
from tests.builders.measures import a_measure
from tests.builders.people import Build
from tests.builders.results import TODAY, a_series, an_entry, key_of
from tests.rights import Page, Scene, deed, every, page

RECORD, ANNOTATE = Permission.RESULT_RECORD, Permission.CHART_ANNOTATE
MAY = date(2026, 5, 1)

PAGES = {
    "results.show": page("/measures/{counted.slug}/units/ward"),
    "results.another": Page(
        "/measures/{counted.slug}/units/ward/another", own=every(303), other=every(404), whole=every(303)
    ),
    "results.history": page("/measures/{counted.slug}/units/ward/history"),
    "results.period": page("/measures/{counted.slug}/units/ward/periods/2026-05-01"),
}

DEEDS = {
    "results.record_point": deed(
        lambda by, s: record.record_point(by=by, key=s["series"], entry=an_entry(date(2026, 4, 1)), today=TODAY),
        needs=RECORD,
    ),
    "results.correct_point": deed(
        lambda by, s: record.correct_point(
            by=by, key=s["series"], entry=an_entry(MAY, 42), reason="Counted again", seen=1, today=TODAY
        ),
        needs=RECORD,
    ),
    "results.clear_point": deed(
        lambda by, s: record.clear_point(by=by, key=s["series"], start=MAY, reason="By mistake", seen=1), needs=RECORD
    ),
    "results.comment_point": deed(
        lambda by, s: record.comment_point(by=by, key=s["series"], start=MAY, text="Two moved wards"), needs=RECORD
    ),
    "results.start_phase": deed(
        lambda by, s: annotate.start_phase(by=by, key=s["series"], start=MAY, reason="New team"), needs=ANNOTATE
    ),
    "results.remove_phase": deed(
        lambda by, s: annotate.remove_phase(by=by, key=s["series"], phase_id=s["phase_id"]), needs=ANNOTATE
    ),
    "results.exclude_point": deed(
        lambda by, s: annotate.exclude_point(by=by, key=s["series"], start=MAY, reason="Norovirus"), needs=ANNOTATE
    ),
    "results.include_point": deed(
        lambda by, s: annotate.include_point(by=by, key=s["series"], exclusion_id=s["exclusion_id"]), needs=ANNOTATE
    ),
    "results.add_note": deed(
        lambda by, s: annotate.add_note(by=by, key=s["series"], start=MAY, text="Ward moved"), needs=ANNOTATE
    ),
    "results.remove_note": deed(
        lambda by, s: annotate.remove_note(by=by, key=s["series"], note_id=s["note_id"]), needs=ANNOTATE
    ),
}


def arrange(build: Build, scene: Scene) -> None:
    """Add a measure that the ward collects, with one month and one remark of each kind."""
    measured = a_measure(build, scene["organisation"], [scene["ward"]], title="Counted")
    scene["counted"] = measured
    scene["series"] = a_series(build, scene["ward"], measured, [(41, 50)], first=MAY)
    with build._inside():
        march = {"by": scene["officer"], "key": key_of(scene["ward"], measured), "start": date(2026, 3, 1)}
        scene["phase_id"] = annotate.start_phase(**march, reason="New lamps")
        scene["exclusion_id"] = annotate.exclude_point(**march, reason="Strike")
        scene["note_id"] = annotate.add_note(**march, text="Strike")
