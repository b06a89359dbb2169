"""Where series stand, read from the database: the same as on the board, and what is due only of those that live."""

from datetime import date

from pytest import fixture

from qitracker.results.commands.annotate import exclude_point
from qitracker.results.queries.board import board
from qitracker.results.queries.due import due_items
from qitracker.results.queries.silent import silent_page, silent_units
from qitracker.results.queries.standings import own_series
from qitracker.results.standing import Standing
from qitracker.spc.analysis import State
from tests.builders.measures import a_measure, the_strata
from tests.builders.people import SYSTEM
from tests.builders.results import a_series, key_of

TODAY = date(2026, 6, 15)
CALM = [(78, 100), (82, 100)] * 10
WORSE = [*CALM, *[(66, 100)] * 8]
RECENT, LONG_AGO = date(2024, 2, 1), date(2016, 4, 1)  # 28 months from there end in May 2026, in July 2018


@fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@fixture
def measure(build, ward):
    def make(title, cells=(), *, first=RECENT, **changes):
        measured = a_measure(build, build.organisation(), [ward], begins=date(2016, 1, 1), title=title, **changes)
        if cells:
            a_series(build, ward, measured, cells, first=first)
        return measured

    return make


def stands(build):
    """Return where each measure stands, by its title."""
    with build._inside():
        return {one.measured.title: one.stands for one in own_series(SYSTEM, TODAY)}


def on_the_board(build):
    with build._inside():
        page = board(by=SYSTEM, unit="ward", wanted="all", today=TODAY)
    return {row.measured.title: row.stands for group in page.groups for row in group.rows if row.last_start}


def test_light_rows_and_the_board_agree_on_every_kind_of_series(build, ward, measure):
    measure("Pain", WORSE)
    measure("Old pain", WORSE, first=LONG_AGO)
    measure("Nine", CALM[:9], first=date(2025, 9, 1))
    measure("Holes", [*CALM[:9], *[State.NO_CASES] * 6, *CALM[:1]], first=date(2025, 2, 1))
    measure("Nearly nothing", [*CALM[:5], *[State.MISSING] * 23])
    ten = measure("Ten, one excluded", CALM[:10], first=date(2025, 8, 1))
    with build._inside():
        exclude_point(by=SYSTEM, key=key_of(ward, ten), start=date(2026, 1, 1), reason="Strike")
    found = stands(build)
    assert found == on_the_board(build)
    assert found == {
        "Pain": Standing.WORSE,
        "Old pain": Standing.SILENT,
        "Nine": Standing.EARLY,
        "Holes": Standing.USUAL,
        "Nearly nothing": Standing.EARLY,
        "Ten, one excluded": Standing.EARLY,
    }


def test_nothing_is_due_of_what_has_been_silent_for_long_until_a_result_comes(build, ward, measure):
    old = measure("Old pain", WORSE, first=LONG_AGO)
    measure("Lagging", CALM, first=date(2024, 8, 1))  # ends in March 2026
    measure("Never entered")

    def due():
        with build._inside():
            return {item.measured.title for item in due_items(by=SYSTEM, today=TODAY)}

    assert due() == {"Lagging", "Never entered"}
    a_series(build, ward, old, [(80, 100)], first=date(2026, 4, 1))
    assert due() == {"Lagging", "Never entered", "Old pain"}


def test_the_silent_are_told_by_measure_and_part_with_how_many_units_go_on(build, ward, measure):
    beside = build.unit("Beside", below=build.site("South"))
    measured = a_measure(
        build, build.organisation(), [ward, beside], begins=date(2016, 1, 1), title="By kind", strata=("Majors",)
    )
    (majors,) = the_strata(build, measured)
    a_series(build, ward, measured, CALM, first=LONG_AGO, stratum_id=majors.id)
    with build._inside():
        page = silent_page(by=SYSTEM, today=TODAY)
        (one,) = page.measures
        (unit,) = one.units
        assert (page.charts, page.since, one.still_kept) == (1, date(2017, 11, 1), 1)
        assert (unit.name, unit.slug, unit.stratum) == ("Ward", "ward", majors.code)
        assert silent_units(by=SYSTEM, measure_id=measured.id, today=TODAY) == {ward.id}
