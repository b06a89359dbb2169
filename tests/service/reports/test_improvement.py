"""The improvement report: measures, risks, root causes and actions of a unit from one moment, in the right hands."""

import re
from datetime import date

import pytest
from flask import current_app
from pytest import raises

from qitracker.actions.rules import ActionState
from qitracker.foundation.db import atomic
from qitracker.foundation.errors import Invalid, NotAllowed
from qitracker.foundation.permissions import Role
from qitracker.links.rules import Ref
from qitracker.reports import queries
from qitracker.reports.jobs import make_report
from qitracker.reports.kinds.improvement import ImprovementReport
from qitracker.reports.kinds.measures import MeasuresReport
from qitracker.reports.rendering.pages import pages_of, to_pdf
from qitracker.results.keys import SeriesKey
from qitracker.worksheets.commands import make_sheet, move_sheet, save_cell
from qitracker.worksheets.rules.states import SheetState
from tests.builders.actions import an_action, moved
from tests.builders.people import SYSTEM
from tests.builders.reports import Worker, a_reported_measure, asked
from tests.builders.worksheets import a_cause, a_row, a_sheet, rows

HOSTILE = '"><img src="file:///etc/hostname"><link rel=attachment href="http://127.0.0.1:9/x"> 🩺 \u202eمرحبا &<b>'


class Ward:
    """A ward with a measure, an FMEA at work with two causes, an analysis at work with a root cause."""

    def __init__(self, build, words: str = "") -> None:
        self.build = build
        self.place = build.unit("Ward", below=build.site("North"))
        self.measured = a_reported_measure(build, build.organisation(), [self.place], title=f"Pain assessed {words}")
        self.by = build.officer(self.place)
        self.owner = build.person("team_member", self.place, name=f"Nora Ferndale {words}".strip()[:80]).id
        self.fmea = a_sheet(build, self.place, title=f"Admission {words}")
        self.risk = a_cause(build, self.fmea, scores=(9, 6, 7))
        self.second = a_row(build, self.fmea, "cause", self.risk["mode"], text=f"Too few people {words}", occurrence=2)
        a_row(build, self.fmea, "control", self.second, text="Seen by chance", kind="detection", detection=3)
        with build._inside():
            self.rca = make_sheet(by=SYSTEM, kind="rca", unit_id=self.place.id, title=f"Dose missed {words}")
            event = next(row.id for row in rows(build, self.rca).values() if row.section == "event")
            told = {"text": f"A dose was missed {words}", "harm": "ahrq1.mild", "severity_potential": "va1.major",
                    "probability": "va1.frequent"}  # fmt: skip
            for column, value in told.items():
                save_cell(by=SYSTEM, sheet_id=self.rca, row_id=event, column=column, value=value, seen=0)
        self.root = a_row(build, self.rca, "why", text=f"No end date {words}", root="yes", area="task")
        a_row(build, self.rca, "statement", self.root, text=f"A form {words}", effect="a gap", event="a missed dose")
        for sheet in (self.fmea, self.rca):
            with build._inside():
                move_sheet(by=SYSTEM, sheet_id=sheet, state=SheetState.ANALYSIS, seen=1)

    def action(self, row: int, title: str, **changes) -> int:
        """Add an action that answers a row."""
        return an_action(self.build, self.place, self.owner, title=title, answers=Ref("row", str(row)), **changes)

    def made(self, **changes) -> ImprovementReport:
        """Make the report as the worker does, and read what was stored."""
        wish = asked(self.place, [self.measured], kind="improvement", **changes)
        report_id = make_report(Worker(), self.by, **wish)["report_id"]
        return ImprovementReport.from_json(queries.snapshot_of(report_id))


def test_risks_root_causes_and_actions_stand_in_it_as_they_were(build):
    ward = Ward(build)
    ward.action(ward.root, "A pause carries an end", due=date(2020, 1, 1))
    made = ward.made()
    assert [(one.cause, one.severity, one.occurrence, one.detection, one.priority) for one in made.risks] == [
        ("The patient is tired", 9, 6, 7, "H"),
        ("Too few people", 9, 2, 3, "L"),
    ]
    assert made.risks_headline == "2 risks that need action first have neither an action nor a reason"
    (analysis,) = made.analyses
    assert analysis.facts == "Mild harm (AHRQ harm scale) · SAC 3 (VA safety assessment code, 3 is the worst)"
    assert analysis.roots[0].statements == ("A form led to a gap, which increased the likelihood that a missed dose.",)
    assert "A pause carries an end" in analysis.roots[0].answers[0]
    assert made.actions[0].days_late > 2000 and made.actions_headline == "One action is open, and it is overdue"


def test_decisions_name_what_only_a_leader_can_decide_and_go_when_it_is_done(build):
    ward = Ward(build)
    before = " ".join(ward.made().decisions)
    assert "Who takes on “The patient is tired”" in before and "Who takes on root cause A" in before
    for row in (ward.risk["cause"], ward.second):
        with build._inside():
            save_cell(by=SYSTEM, sheet_id=ward.fmea, row_id=row, column="reason", value="Accepted", seen=0)
    ward.action(ward.root, "A pause carries an end", due=date(2099, 1, 1))
    with build._inside():
        wish = asked(ward.place, [ward.measured], kind="improvement")
        after = make_report(Worker(13), ward.by, **wish)["report_id"]
        assert ImprovementReport.from_json(queries.snapshot_of(after)).decisions == ()


def test_every_number_of_its_sentences_is_counted_from_its_tables(build):
    ward = Ward(build)
    for at in range(3):
        ward.action(ward.root, f"Action {at}", due=date(2020, 1, 1 + at))
    ward.action(ward.root, "In time", due=date(2099, 1, 1))
    made = ward.made()
    late = sum(bool(one.days_late) for one in made.actions)
    assert [int(one) for one in re.findall(r"\d+", made.actions_headline)] == [late, len(made.actions)]
    opened = sum(one.is_open for one in made.risks)
    assert [int(one) for one in re.findall(r"\d+", made.risks_headline)] == [opened]
    assert [one.number for one in made.figures] == ["0", str(opened), str(late)]
    assert f"{late} actions are overdue" in made.lead and f"{opened} risks" in made.lead


def test_a_finished_action_is_told_with_its_measure_and_what_can_be_said(build):
    ward = Ward(build)
    judge = SeriesKey(ward.place.id, ward.measured.id, 0)
    done = ward.action(ward.root, "A pause carries an end", judged_by=judge)
    moved(build, done, ActionState.DONE, done_on=date(2025, 11, 3))
    (told,) = ward.made().finished
    assert told.effect == "Too early" and "Pain assessed" in told.judge


def test_an_empty_unit_says_of_each_part_why_it_is_empty(build):
    place = build.unit("Quiet", below=build.site("North"))
    measured = a_reported_measure(build, build.organisation(), [place], title="Falls")
    wish = asked(place, [measured], kind="improvement", first="2030-01-01", last="2039-12-31")
    made = ImprovementReport.from_json(
        queries.snapshot_of(make_report(Worker(), build.officer(place), **wish)["report_id"])
    )
    pages = pages_of(made, templates=current_app.jinja_env).html
    for words in (
        "No FMEA is kept in this unit.",
        "No root cause analysis is kept in this unit.",
        "Nobody has an open action in this unit.",
        "Nothing waits for a decision",
        "Falls: no results in this period.",
    ):
        assert words in pages


def test_drafts_are_not_told_and_it_says_so(build):
    ward = Ward(build)
    with build._inside():
        move_sheet(by=SYSTEM, sheet_id=ward.fmea, state=SheetState.DRAFT, seen=2)
    made = ward.made()
    assert made.risks == () and "drafts" in made.why("risks")


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_planted_references_in_every_text_are_text_and_nothing_is_fetched(build, paper, monkeypatch):
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *_a, **_k: pytest.fail("something was fetched"))
    ward = Ward(build, HOSTILE[:70])
    ward.action(ward.root, HOSTILE[:150])
    made = ward.made(paper=paper)
    html = pages_of(made, templates=current_app.jinja_env).html
    assert '<img src="file:' not in html and "<link rel=attachment" not in html
    assert to_pdf(made, templates=current_app.jinja_env).startswith(b"%PDF-")


def test_the_same_snapshot_gives_the_same_bytes_and_another_kind_cannot_read_it(build):
    made = Ward(build).made()
    assert ImprovementReport.from_json(made.to_json()) == made
    first, second = (to_pdf(made, templates=current_app.jinja_env) for _ in range(2))
    assert first == second
    with raises(Invalid):
        MeasuresReport.from_json(made.to_json())


def test_it_is_made_by_those_who_may_read_what_is_in_it(build):
    ward = Ward(build)
    wish = asked(ward.place, [ward.measured], kind="improvement")
    with raises(NotAllowed):
        make_report(Worker(), build.actor(Role.TEAM_MEMBER, ward.place), **wish)


def test_the_work_of_another_unit_is_not_in_it(build):
    ward = Ward(build)
    other = build.unit("Other", below=build.site("South"))
    a_cause(build, a_sheet(build, other, title="Elsewhere"), scores=(10, 10, 10))
    an_action(build, other, build.person("team_member", other).id, title="Done elsewhere")
    text = ward.made().to_json()
    assert "Elsewhere" not in text and "Done elsewhere" not in text


def test_a_unit_tells_the_work_of_the_units_below_it(build):
    ward = Ward(build)
    top = build.organisation()
    wish = asked(top, [ward.measured], kind="improvement")
    with atomic():
        report_id = make_report(Worker(), build.officer(top), **wish)["report_id"]
    made = ImprovementReport.from_json(queries.snapshot_of(report_id))
    assert {one.cause for one in made.risks} >= {"The patient is tired"}


def test_an_action_names_the_measure_that_judges_it_also_where_it_answers_nothing(build):
    ward = Ward(build)
    judge = SeriesKey(ward.place.id, ward.measured.id, 0)
    an_action(build, ward.place, ward.owner, title="By itself", judged_by=judge)
    (told,) = ward.made().actions
    assert told.judge == "Pain assessed, Ward"


def test_the_grid_of_risks_is_told_by_its_sentence_and_each_place_in_it(build):
    made = Ward(build).made()
    html = pages_of(made, templates=current_app.jinja_env).html
    assert f'alt="{made.risks_headline}. Grid' in html and "1: severity 9, occurrence 6; 2: severity 9" in html
