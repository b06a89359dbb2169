"""A root cause analysis on paper: all its parts, marked as peer review, and an empty form to fill in by hand."""

import pytest

from qitracker.links.rules import Ref
from qitracker.worksheets.commands import make_sheet, save_cell
from tests.builders.actions import an_action
from tests.builders.people import SYSTEM
from tests.builders.worksheets import a_row, rows
from tests.web.browsing import words
from tests.web.counting import statements

HOSTILE = "<script>alert(1)</script> 🩺 \u202eمرحبا"
EVENT = {
    "text": "Anticoagulant off for four days",
    "story": "It was paused and nobody restarted it.",
    "at": "2026-10-19 08:10",
    "reached": "event",
    "harm": "ahrq1.moderate",
    "severity_actual": "va1.major",
    "severity_potential": "va1.catastrophic",
    "probability": "va1.uncommon",
}


@pytest.fixture
def analysis(build, ward) -> int:
    with build._inside():
        return make_sheet(by=SYSTEM, kind="rca", unit_id=ward.id, title="Anticoagulant not restarted")


def written(build, sheet: int, **cells: str) -> None:
    event = next(row.id for row in rows(build, sheet).values() if row.section == "event")
    with build._inside():
        for column, value in cells.items():
            save_cell(by=SYSTEM, sheet_id=sheet, row_id=event, column=column, value=value, seen=0)


def branch(build, sheet: int) -> int:
    """Add a moment, and a root cause with a statement behind another cause; return the root cause."""
    a_row(build, sheet, "moment", text="Pause saved", at="2026-10-19 08:12", deviation="yes", expected="A last day")
    why = a_row(build, sheet, "why", text="No restart day on the chart", area="task")
    root = a_row(build, sheet, "why", why, text="A pause has no end", area="equipment", root="yes", evidence="Log")
    a_row(build, sheet, "statement", root, text="Poor design", effect="a chart without a day", event="it stayed off")
    return root


def test_a_filled_analysis_shows_event_codes_timeline_causes_statements_and_actions(build, nurse, ward, analysis):
    written(build, analysis, **EVENT)
    root = branch(build, analysis)
    owner = build.person("team_member", ward).id
    an_action(build, ward, owner, title="A pause must carry an end", answers=Ref("row", str(root)))
    told = words(nurse.get(f"/worksheets/{analysis}/print"))
    for part in (
        "Peer review · patient safety work product",
        "SAC 3",
        "Actual 2, potential 3.",
        "Moderate harm (AHRQ harm scale)",
        "19 Oct 2026 08:10",
        "◆ A last day",
        "◆ Root cause A A pause has no end",
        "Evidence: Log",
        "led to a chart without a day",
        "which increased the likelihood that it stayed off",
        "Rule 2",
        "A pause must carry an end",
        "no measure yet",
    ):
        assert part in told, part


def test_an_analysis_of_which_nothing_is_written_says_so(nurse, analysis):
    told = words(nurse.get(f"/worksheets/{analysis}/print"))
    for part in ("SAC –", "not said yet", "No moment is written down yet.", "No cause is written down yet.", "None is"):
        assert part in told, part


def test_hostile_text_is_only_text(build, nurse, analysis):
    written(build, analysis, text=HOSTILE, story=HOSTILE, expected=HOSTILE, place=HOSTILE)
    a_row(build, analysis, "moment", text=HOSTILE, source=HOSTILE)
    why = a_row(build, analysis, "why", text=HOSTILE, evidence=HOSTILE, area="task", root="yes")
    a_row(build, analysis, "statement", why, text=HOSTILE, effect=HOSTILE, event=HOSTILE)
    page = nurse.get(f"/worksheets/{analysis}/print")
    assert page.status_code == 200 and "<script>alert" not in page.text
    assert page.text.count("&lt;script&gt;alert(1)") >= 12


def test_a_longer_analysis_takes_no_more_statements(app, build, nurse, ward, analysis):
    def read():
        return nurse.get(f"/worksheets/{analysis}/print")

    owner = build.person("team_member", ward).id
    an_action(build, ward, owner, answers=Ref("row", str(branch(build, analysis))))
    read()
    short = statements(app, read)
    for _ in range(3):
        an_action(build, ward, owner, answers=Ref("row", str(branch(build, analysis))))
    assert statements(app, read) == short


def test_an_empty_analysis_has_matrix_scales_areas_rules_and_lines(nurse):
    page = nurse.get("/worksheets/blank/rca")
    told = words(page)
    for part in (
        "VA safety assessment code, 3 is the worst",
        "Remote: once in 5 to 30 years",
        "☐ Moderate harm",
        "NCC MERP",
        "Policies and procedures",
        "Something not done is a cause only where it was somebody's duty.",
        "which increased the likelihood that",
        "Stronger:",
    ):
        assert part in told, part
