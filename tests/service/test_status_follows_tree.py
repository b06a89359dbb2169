"""Whatever is done to units and measures, the kept status rows are those a rebuild would make."""

from datetime import date

import pytest
from sqlalchemy import select

from qitracker.foundation.db import store
from qitracker.measures.commands import retire_measure, set_collecting_units
from qitracker.people.commands import close_unit, merge_units, move_unit
from qitracker.results.commands.rebuild import rebuild_status
from qitracker.results.models import status
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM
from tests.builders.results import FIRST, a_series

DAY = date(2026, 5, 31)


@pytest.fixture
def inside(app):
    with app.app_context():
        yield


@pytest.fixture
def scene(build, inside):
    """Two sites with a ward each; both wards collect one measure and have a year of it."""
    north, south = build.site("North"), build.site("South")
    ward, other = build.unit("Ward", below=north), build.unit("Other", below=south)
    measured = a_measure(build, build.organisation(), [ward, other], begins=FIRST)
    for at, unit in enumerate((ward, other)):
        a_series(build, unit, measured, [(float(30 + at + month % 5), 50.0) for month in range(12)])
    return {"north": north, "south": south, "ward": ward, "other": other, "measured": measured}


def kept() -> dict[tuple[int, int, int], dict]:
    rows = store.execute(select(status)).mappings()
    return {
        (row["unit_id"], row["measure_id"], row["stratum_id"]): {k: v for k, v in row.items() if k != "refreshed_at"}
        for row in rows
    }


def same_as_rebuilt() -> bool:
    before = kept()
    rebuild_status()
    after = kept()
    assert before == after
    return True


def test_a_unit_that_moves_takes_its_numbers_to_its_new_parents(scene):
    move_unit(by=SYSTEM, unit_id=scene["ward"].id, parent_id=scene["south"].id, seen=1)
    assert same_as_rebuilt()


def test_a_unit_that_closes_leaves_no_stale_status(scene):
    close_unit(by=SYSTEM, unit_id=scene["ward"].id, seen=1, last_day=DAY)
    assert same_as_rebuilt()


def test_a_merged_unit_leaves_no_stale_status(scene):
    merge_units(by=SYSTEM, source_id=scene["ward"].id, target_id=scene["other"].id, seen=1, last_day=DAY)
    assert same_as_rebuilt()


def test_a_unit_that_collects_no_longer_leaves_no_stale_status(scene):
    measured = scene["measured"]
    set_collecting_units(
        by=SYSTEM, measure_id=measured.id, unit_ids=[scene["other"].id], day=date(2023, 6, 1), row_version=1
    )
    assert same_as_rebuilt()


def test_a_retired_measure_keeps_its_status(scene):
    retire_measure(by=SYSTEM, measure_id=scene["measured"].id, reason="Replaced", row_version=1, today=DAY)
    assert same_as_rebuilt()
