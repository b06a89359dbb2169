"""Status rows: true after every deed, summed for parents, equal on both roads."""

from datetime import date

from pytest import approx, fixture
from sqlalchemy import select

from qitracker.foundation.db import atomic, store
from qitracker.measures.commands import change_definition
from qitracker.results.commands import annotate
from qitracker.results.commands.rebuild import rebuild_status
from qitracker.results.commands.refresh import refresh_status
from qitracker.results.keys import SeriesKey
from qitracker.results.models import point, status
from qitracker.spc.analysis import Direction, State
from tests.builders.measures import a_definition, a_measure, the_strata
from tests.builders.results import TODAY, a_series, an_entry, recorded

GOOD, BAD = [(40, 100), (42, 100)], [(70, 100), (72, 100)]


@fixture(autouse=True)
def inside(app):
    with app.app_context():
        yield


@fixture
def places(build):
    site = build.site("North")
    return [build.unit(f"Ward {n}", below=site) for n in "ABC"], site


def row_of(unit, measured):
    return store.execute(
        select(status).where(status.c.unit_id == unit.id, status.c.measure_id == measured.id, status.c.stratum_id == 0)
    ).one_or_none()


def test_a_shift_shows_in_the_status_with_its_rule_and_its_beginning(build, places):
    (ward, *_), _ = places
    measured = a_measure(build, build.organisation(), [ward], begins=date(2023, 1, 1), rule_set="mdc")
    a_series(build, ward, measured, GOOD * 8 + BAD * 5)
    row = row_of(ward, measured)
    assert row.reading == "b" and row.signal_rule in ("outside", "shift", "two_of_three")
    assert row.signal_side == "above" and row.signal_since >= date(2024, 5, 1).toordinal()
    assert row.numerator_12 == approx(40 + 42 + 5 * 142)


def test_a_parent_is_the_sum_of_its_units_and_says_how_many_reported(build, places):
    wards, site = places
    measured = a_measure(build, build.organisation(), wards, begins=date(2023, 1, 1))
    a_series(build, wards[0], measured, [(1, 10), (2, 10)])
    a_series(build, wards[1], measured, [(3, 30), None])
    for parent in (site, build.organisation()):
        row = row_of(parent, measured)
        assert (row.last_numerator, row.last_denominator) == (2, 10)
        assert (row.units_reporting, row.units_expected) == (1, 3)
        assert row.numerator_12 == 6 and row.denominator_12 == 50


def test_a_part_awaits_the_units_that_have_ever_recorded_it_and_the_total_awaits_all(build, places):
    wards, site = places
    measured = a_measure(build, build.organisation(), wards, begins=date(2023, 1, 1), strata=("Major", "Minor"))
    major, minor = (one.id for one in the_strata(build, measured))
    a_series(build, wards[0], measured, [(1, 10), (2, 10)], stratum_id=major)
    a_series(build, wards[1], measured, [(3, 30), None], stratum_id=major)
    a_series(build, wards[2], measured, [(4, 40), (5, 50)], stratum_id=minor)
    a_series(build, wards[2], measured, [(4, 40), (5, 50)])
    assert coverage_of(site, measured, major) == (1, 2)
    assert coverage_of(site, measured, minor) == (1, 1)
    assert coverage_of(site, measured) == (1, 3)
    a_series(build, wards[0], measured, [None, (6, 60)], stratum_id=minor)
    assert coverage_of(build.organisation(), measured, minor) == (2, 2)


def coverage_of(unit, measured, stratum_id=0):
    row = store.execute(
        select(status.c.units_reporting, status.c.units_expected).where(
            status.c.unit_id == unit.id, status.c.measure_id == measured.id, status.c.stratum_id == stratum_id
        )
    ).one()
    return tuple(row)


def test_a_suppressed_unit_stays_out_of_the_sum_of_its_parent(build, places):
    wards, site = places
    measured = a_measure(build, build.organisation(), wards, begins=date(2023, 1, 1))
    a_series(build, wards[0], measured, [(4, 10)])
    a_series(build, wards[1], measured, [State.SUPPRESSED])
    row = row_of(site, measured)
    assert (row.last_numerator, row.last_denominator, row.units_reporting, row.units_expected) == (4, 10, 1, 3)


def test_many_series_at_once_give_the_rows_that_one_by_one_gives(build):
    site = build.site("Big")
    wards = [build.unit(below=site) for _ in range(14)]
    measured = a_measure(build, build.organisation(), wards, begins=date(2023, 1, 1))
    rows = [[((at * 7 + n * 3) % 60 + 20, 100) for at in range(12 + n)] for n in range(14)]
    for ward, cells in zip(wards, rows, strict=True):
        a_series(build, ward, measured, cells)
    alone = [tuple(row_of(ward, measured))[:-1] for ward in wards]
    with atomic():
        refresh_status(SeriesKey(ward.id, measured.id) for ward in wards)
    together = [tuple(row_of(ward, measured))[:-1] for ward in wards]
    for one, other in zip(alone, together, strict=True):
        assert [v for v in other if not isinstance(v, float)] == [v for v in one if not isinstance(v, float)]
        assert [v for v in other if isinstance(v, float)] == approx([v for v in one if isinstance(v, float)], rel=1e-12)


def test_new_limits_an_exclusion_and_their_taking_back_refresh_the_status(build, places):
    (ward, *_), _ = places
    measured = a_measure(build, build.organisation(), [ward], begins=date(2023, 1, 1))
    key = a_series(build, ward, measured, GOOD * 8 + BAD * 6)
    before = row_of(ward, measured)
    officer = build.officer()
    number = annotate.start_phase(by=officer, key=key, start=date(2024, 5, 1), reason="New checklist")
    after = row_of(ward, measured)
    assert after.reading == "u" and after.centre == approx(71)
    annotate.remove_phase(by=officer, key=key, phase_id=number)
    assert row_of(ward, measured).centre == approx(before.centre)


def test_a_changed_meaning_starts_a_phase_and_rewrites_no_old_point(build, places):
    (ward, *_), _ = places
    measured = a_measure(build, build.organisation(), [ward], begins=date(2023, 1, 1))
    a_series(build, ward, measured, GOOD * 8, first=date(2024, 1, 1))
    change_definition(
        by=build.officer(), measure_id=measured.id, row_version=measured.row_version, today=TODAY,
        definition=a_definition(numerator="Patients whose pain was assessed within an hour."),
        reason="Agreed with the wards", effective_from=date(2025, 5, 1),
    )  # fmt: skip
    recorded(build, ward, measured, an_entry(date(2025, 5, 1), 20, 100))
    versions = store.execute(select(point.c.start, point.c.definition).order_by(point.c.start)).all()
    assert [row.definition for row in versions] == [1] * 16 + [2]
    assert row_of(ward, measured).centre == approx(20)


def test_the_status_of_a_measure_is_refreshed_when_its_direction_changes(build, places):
    (ward, *_), _ = places
    measured = a_measure(build, build.organisation(), [ward], begins=date(2023, 1, 1))
    a_series(build, ward, measured, GOOD * 8 + BAD * 5)
    assert row_of(ward, measured).reading == "b"
    change_definition(
        by=build.officer(), measure_id=measured.id, row_version=measured.row_version, today=TODAY,
        definition=a_definition(direction=Direction.DOWN),
    )  # fmt: skip
    assert row_of(ward, measured).reading == "w"


def test_rebuilding_all_status_rows_gives_what_stood_there(build, places):
    wards, _ = places
    measured = a_measure(build, build.organisation(), wards, begins=date(2023, 1, 1))
    a_series(build, wards[0], measured, GOOD * 8 + BAD * 5)
    a_series(build, wards[1], measured, BAD * 6)
    before = [tuple(row)[:-1] for row in store.execute(select(status).order_by(status.c.unit_id))]
    assert rebuild_status() == len(before) == 4
    assert [tuple(row)[:-1] for row in store.execute(select(status).order_by(status.c.unit_id))] == before
