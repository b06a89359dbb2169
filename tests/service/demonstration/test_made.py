"""A demonstration in a database: what is made, that it is made once, and that it says what its stories say."""

import stat
from datetime import date

import pytest
from sqlalchemy import func, select

from qitracker.demonstration.draw import draw
from qitracker.demonstration.make import make_demonstration
from qitracker.demonstration.plans import PLANS, plan_of
from qitracker.demonstration.sign_in import FILE_NAME, kept, lines_of
from qitracker.foundation.actor import system
from qitracker.foundation.db import store
from qitracker.foundation.errors import Invalid
from qitracker.foundation.permissions import Role
from qitracker.measures.models import BenchmarkRow, Collection, Measure, MeasureVersion
from qitracker.measures.queries import measure_by_id
from qitracker.people.models import GrantRow, Unit
from qitracker.people.queries import place_by_slug
from qitracker.results.keys import day_number
from qitracker.results.models import STATE_CODES, PeriodState, PointHistory, point, status
from qitracker.results.queries.board import board
from qitracker.results.queries.due import due_items
from qitracker.results.queries.measure_page import measure_page, page_facts
from qitracker.spc.wording import short_reading

TODAY = date(2026, 11, 24)

pytestmark = pytest.mark.slow


@pytest.fixture
def made(settings):
    return make_demonstration(settings, today=TODAY)


def unit_id(code: str) -> int:
    return store.scalar(select(Unit.id).where(Unit.code == code))


def measure_id(code: str) -> int:
    return store.scalar(select(Measure.id).where(Measure.library_code == code))


def status_of(code: str, unit: str):
    here = (status.c.unit_id == unit_id(unit)) & (status.c.measure_id == measure_id(code)) & (status.c.stratum_id == 0)
    return store.execute(select(status).where(here)).one()


def counted(column) -> dict:
    return dict(store.execute(select(column, func.count()).group_by(column)).all())


def test_the_group_its_measures_and_their_stories_are_there(made, settings):
    kinds = counted(Unit.kind)
    assert (kinds["site"], kinds["unit"] >= 12) == (3, True)
    assert set(store.scalars(select(GrantRow.role))) == set(Role)
    assert store.scalar(select(func.count()).select_from(Measure)) == len(PLANS) >= 25
    assert None not in set(store.scalars(select(Collection.responsible_id)))
    assert {"bundle": status_of("clabsi-rate", "0102").reading, "moved": status_of("falls-all", "0204").reading} == {
        "bundle": "b",
        "moved": "w",
    }
    assert {status_of(*chance).reading for chance in (("recommend", "0104"), ("readmission-30", "0103"))} == {"u"}
    hygiene = status_of("hand-hygiene", "000")
    assert (hygiene.units_reporting, hygiene.units_expected) == (7, 9)
    assert measure_by_id(measure_id("med-rec-24")).newest.number == 2
    assert store.scalar(select(func.count()).select_from(MeasureVersion)) == len(PLANS) + 1
    assert set(counted(PeriodState.state)) == {"submitted", "checked", "locked"}
    assert store.scalar(select(PointHistory.reason)).startswith("One digit was missing")
    due = due_items(by=system("a test"), today=TODAY)
    assert any(item.is_late for item in due) and len(due) < 60
    invented = {
        source for source in store.scalars(select(BenchmarkRow.source)) if "example" in source or "nvented" in source
    }
    assert len(invented) == 2


def test_the_stored_numbers_are_the_drawn_ones_corrections_included(made):
    for code in ("hand-hygiene", "clabsi-rate", "med-rec-24"):
        plan = plan_of(code)
        definition = measure_by_id(measure_id(code)).definition
        for course in plan.courses:
            rows = store.execute(
                select(point.c.start, point.c.state, point.c.numerator, point.c.denominator)
                .where(point.c.unit_id == unit_id(course.unit), point.c.measure_id == measure_id(code))
                .where(point.c.stratum_id == 0)
                .order_by(point.c.start)
            ).all()
            drawn = draw(plan, course, definition, today=TODAY).total
            assert [tuple(row) for row in rows] == [
                (day_number(e.start), STATE_CODES[e.state], e.numerator, e.denominator) for e in drawn
            ]


def test_it_is_made_once_and_keeps_its_sign_ins_for_the_owner_of_the_installation(made, settings):
    assert [line.split("  ")[1] for line in made] == [
        "administrator",
        "quality officer",
        "facilitator",
        "team member",
        "leader",
    ]
    path = settings.instance / FILE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept(settings.instance) == made
    with pytest.raises(Invalid, match="in use already"):
        make_demonstration(settings, today=TODAY)
    assert kept(settings.instance) == made


def test_nothing_is_left_behind_when_the_sign_ins_cannot_be_kept(settings, monkeypatch):
    (settings.instance / FILE_NAME).mkdir()
    monkeypatch.setattr("qitracker.demonstration.make.PLANS", PLANS[:1])
    with pytest.raises(OSError):
        make_demonstration(settings, today=TODAY)
    assert store.scalar(select(func.count()).select_from(Unit)) == 0
    assert lines_of(()) == ()


def test_board_and_measure_page_say_the_same_of_every_chart(made):
    reader = system("a test")
    for unit in ("thistledown-health", "care-of-older-people", "intensive-care", "emergency-department"):
        page = board(by=reader, unit=unit, wanted="all", today=TODAY)
        for row in (row for group in page.groups for row in group.rows):
            facts = page_facts(by=reader, place=place_by_slug(unit), measure=row.measured.slug, unit=unit, today=TODAY)
            whole = measure_page(facts).reported
            shown = row.definition
            said = short_reading(whole.analysis, unit=shown.unit, decimals=shown.decimals)
            assert (str(row.words), row.assurance) == (str(said), whole.assurance), (unit, row.measured.slug)
