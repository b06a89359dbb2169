"""What the invented teams made of their signals: worksheets, actions, links and reports in a database."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from qitracker.actions.hierarchy import Strength
from qitracker.actions.models import Action
from qitracker.actions.queries.lines import actions_answering, actions_by_id
from qitracker.audit.models import AuditEntry
from qitracker.demonstration.make import make_demonstration
from qitracker.demonstration.reports import ASKED
from qitracker.demonstration.stories import ALONE, STORIES
from qitracker.foundation.actor import system
from qitracker.foundation.db import store
from qitracker.jobs import worker
from qitracker.jobs.models import Job
from qitracker.links.models import Link
from qitracker.links.queries import threads_of
from qitracker.links.rules import Ref
from qitracker.reports.models import Report
from qitracker.worksheets.models import CellRow, Sheet, SheetMember, SheetRowRow

TODAY = date(2026, 11, 24)
READER = system("a test")

pytestmark = pytest.mark.slow


@pytest.fixture
def made(settings):
    return make_demonstration(settings, today=TODAY)


def counted(column) -> dict:
    return dict(store.execute(select(column, func.count()).group_by(column)).all())


def test_every_worksheet_and_action_is_written_once_on_its_day_by_its_people_with_its_links(made):
    assert counted(Sheet.kind) == {"fmea": 2, "rca": 2}
    assert set(counted(Sheet.state)) == {"draft", "analysis", "closed"}
    assert store.scalar(select(func.count()).select_from(SheetMember)) == sum(len(s.team) for s in STORIES)
    deeds = [*ALONE, *(deed for story in STORIES for deed in story.deeds)]
    lines = actions_by_id(store.scalars(select(Action.id)).all(), by=READER)
    assert {line.title for line in lines} == {deed.title for deed in deeds}
    assert {line.state for line in lines} == {"planned", "running", "done", "dropped"}
    assert {line.strength for line in lines} == set(Strength)
    assert sum(line.days_late(TODAY) > 0 for line in lines) >= 2
    links = counted(Link.role)
    assert links["judged_by"] == sum(deed.judged_by is not None for deed in deeds)
    answering = sum(bool(deed.answers or deed.signal) for deed in deeds) + sum(bool(s.signal) for s in STORIES)
    assert links["answers"] == answering
    assert {str(at.date()) for at in store.scalars(select(Sheet.made_at))} == {
        str(TODAY - timedelta(days=story.made)) for story in STORIES
    }
    query = select(AuditEntry.at, AuditEntry.actor_name).where(AuditEntry.event.like("worksheets.%"))
    told = store.execute(query.order_by(AuditEntry.id)).all()
    assert [row.at for row in told] == sorted(row.at for row in told) and len({row.actor_name for row in told}) > 4
    values = sorted(value for story in STORIES for row in walked(story.rows) for value in row.written(TODAY).values())
    assert sorted(store.scalars(select(CellRow.value))) == values
    assert set(store.scalars(select(CellRow.version))) == {1}
    assert "The demonstration" not in {row.actor_name for row in told} | set(store.scalars(select(CellRow.by_name)))


def test_one_thread_leads_from_a_signal_to_actions_that_are_done_and_to_a_better_measure(made):
    sheet = Ref("sheet", str(store.scalar(select(Sheet.id).where(Sheet.state == "closed"))))
    signal = next(hop.linked for hop in threads_of([sheet], READER)[sheet] if hop.role == "answers")
    assert (signal.kind, signal.state) == ("episode", "closed")
    rows = store.scalars(select(SheetRowRow.id).where(SheetRowRow.sheet_id == int(sheet.id))).all()
    answering = actions_answering([Ref("row", str(row)) for row in rows], READER).values()
    done = [line for lines in answering for line in lines if line.state == "done"]
    assert len(done) == 3
    judged = threads_of([line.ref for line in done], READER)
    verdicts = {hop.linked.state for hops in judged.values() for hop in hops if hop.role == "judged_by"}
    assert "better" in verdicts


def test_the_worker_finishes_the_reports_that_wait(made, app):
    jobs = worker.waiting()
    assert len(jobs) == len(ASKED)
    for job_id in jobs:
        worker.run(job_id)
    assert set(store.scalars(select(Job.state))) == {"done"}
    assert store.scalar(select(func.count()).select_from(Report)) == len(jobs)
    assert len(counted(Report.kind)) == len({kind for kind, *_ in ASKED}) == 2


def walked(rows):
    for row in rows:
        yield row
        yield from walked(row.below)
