"""A changed meaning starts a new version and a phase, and never rewrites what was recorded before it."""

from dataclasses import replace
from datetime import date

from pytest import fixture
from sqlalchemy import select

from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.measures.commands import change_definition
from qitracker.measures.queries import strata_of
from qitracker.people.queries import visible_units
from qitracker.results.commands.cells import Line, save_cell
from qitracker.results.models import point, status
from qitracker.results.queries.grid import sheet
from qitracker.results.queries.reported import View, report_series
from tests.builders.measures import a_measure, as_it_stands
from tests.builders.results import a_series, an_entry, key_of

JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)
NOW = date(2026, 8, 20)


@fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@fixture
def changed(build, ward):
    """Record 18 months, then count other patients from July 2026 on, and record July and August."""
    officer = build.officer()
    measured = a_measure(build, build.organisation(), [ward], begins=date(2025, 1, 1))
    a_series(build, ward, measured, [(40, 50), (42, 50)] * 9, first=date(2025, 1, 1))
    change_definition(
        by=officer,
        measure_id=measured.id,
        definition=replace(measured.definition, denominator="All patients who stayed a night."),
        row_version=measured.row_version,
        today=date(2026, 7, 1),
        reason="Day cases are counted elsewhere now",
        effective_from=JULY,
    )
    for start, numerator in ((JULY, 20), (AUGUST, 21)):
        line = Line(key_of(ward, measured), start, an_entry(start, numerator, 30), 0)
        save_cell(by=officer, line=line, today=NOW)
    return as_it_stands(build, measured)


def stored(ward, measured) -> list[tuple[date, int, float]]:
    rows = store.execute(
        select(point.c.start, point.c.definition, point.c.numerator)
        .where(point.c.unit_id == ward.id, point.c.measure_id == measured.id)
        .order_by(point.c.start)
    )
    return [(date.fromordinal(start), version, numerator) for start, version, numerator in rows]


def test_old_points_keep_their_version_and_numbers_and_new_ones_carry_the_new(ward, changed):
    rows = stored(ward, changed)
    assert [version for start, version, _ in rows if start < JULY] == [1] * 18
    assert [version for start, version, _ in rows if start >= JULY] == [2, 2]
    assert [numerator for *_, numerator in rows[:4]] == [40.0, 42.0, 40.0, 42.0]


def test_correcting_an_old_period_keeps_it_under_its_own_version(build, ward, changed):
    line = Line(key_of(ward, changed), date(2026, 5, 1), an_entry(numerator=45), 1)
    save_cell(by=build.officer(), line=line, today=NOW)
    assert dict((start, version) for start, version, _ in stored(ward, changed))[date(2026, 5, 1)] == 1


def test_the_chart_has_a_phase_with_the_reason_and_its_limits_use_new_points_only(ward, changed):
    reported = report_series(place=ward, measured=changed, strata=strata_of(changed.id), view=View(), today=NOW)
    assert [(phase.start, phase.reason) for phase in reported.phases] == [(JULY, "Day cases are counted elsewhere now")]
    phases = {row.start: row.phase for row in reported.analysis.points}
    assert phases[date(2026, 6, 1)] == 0 and phases[JULY] == phases[AUGUST] == 1
    assert reported.analysis.points[0].centre != reported.analysis.points[-1].centre
    assert {one.start: one.value for one in reported.analysis.points}[date(2025, 1, 1)] == 80.0


def test_the_status_row_follows_the_new_version(ward, changed):
    row = store.execute(
        select(status.c.definition, status.c.points, status.c.last_value).where(
            status.c.unit_id == ward.id, status.c.measure_id == changed.id, status.c.stratum_id == 0
        )
    ).one()
    assert (row.definition, row.points, round(row.last_value, 6)) == (2, 20, 70.0)


def test_each_column_of_the_sheet_is_typed_under_the_definition_of_its_month(build, ward, changed):
    officer = build.officer()
    units = visible_units(officer, Permission.RESULT_RECORD, on=NOW)
    unit = next(one for one in units if one.id == ward.id)
    page = sheet(by=officer, unit=unit, units=units, today=NOW, last=AUGUST)
    assert [slot.definition.version for slot in page.rows[0].slots] == [1, 2, 2]
