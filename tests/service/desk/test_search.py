"""A search finds everything the reader may read, by any part of a word, and nothing else: on both databases."""

import time

import pytest

from qitracker.desk.search.pages import SHOWN, search_page
from qitracker.foundation.db import atomic, store
from qitracker.foundation.permissions import Role
from qitracker.worksheets.commands import make_sheet, remove_row
from qitracker.worksheets.models import CellRow, SheetRowRow
from tests.builders.actions import an_action
from tests.builders.measures import a_measure, a_retired_measure
from tests.builders.people import SYSTEM
from tests.builders.reports import a_report, a_reported_measure
from tests.builders.results import TODAY
from tests.builders.worksheets import a_row, a_sheet
from tests.service.people.test_statements import counted

pytestmark = pytest.mark.both_databases


@pytest.fixture
def north(build):
    return build.site("North")


@pytest.fixture
def ward(build, north):
    return build.unit("Ward", below=north)


@pytest.fixture
def south_ward(build):
    return build.unit("South ward", below=build.site("South"))


def titles(by, typed, **more) -> dict[str, list[str]]:
    """Return what was found, by kind."""
    page = search_page(by=by, typed=typed, today=TODAY, **more)
    return {group.code: ["".join(piece.text for piece in row.title) for row in group.rows] for group in page.groups}


def test_each_kind_is_found_by_the_words_in_it(build, ward):
    person = build.person(Role.TEAM_MEMBER, ward)
    a_measure(build, build.organisation(), [ward], title="Insulin events with harm")
    sheet = a_sheet(build, ward, title="Insulin FMEA")
    a_row(build, sheet, "step", text="Write the insulin chart")
    an_action(build, ward, person.id, title="Move the insulin chart to the screen")
    found = titles(build.officer(), "INSUL")
    assert found["measure"] == ["Insulin events with harm"]
    assert found["sheet"] == ["Insulin FMEA"]
    assert found["action"] == ["Move the insulin chart to the screen"]
    assert titles(build.officer(), "ward")["unit"] == ["Ward"]


def test_reports_are_found_by_title_number_and_headline(build, ward):
    officer = build.officer()
    measured = a_reported_measure(build, build.organisation(), [ward], title="Reconciled in time")
    a_report(build, officer, ward, [measured], number=41)
    page = search_page(by=officer, typed="41 ward", today=TODAY)
    assert [row.url for group in page.groups if group.code == "report" for row in group.rows] == ["/reports/1"]


@pytest.mark.parametrize("typed", ["resume", "RÉSUMÉ", "ésum", "straße", "STRASSE", "100%", "a_b", "c\\d", "o'clock"])
def test_any_part_of_a_word_is_found_without_regard_to_capitals_and_accents(build, ward, typed):
    sheet = a_sheet(build, ward, title="Discharge")
    a_row(build, sheet, "step", text="Send the Résumé to Hauptstraße, 100% by a_b or c\\d at six o'clock")
    assert titles(build.officer(), typed)["sheet"] == ["Discharge"]


@pytest.mark.parametrize(
    "typed", ["%", "_", "\\", "10_%", "a%b", "<script>", "{{ 7 * 7 }}", "\x00", "\ud800", "👩🏽‍⚕️", " "]
)
def test_signs_with_a_meaning_for_the_database_mean_nothing(build, ward, typed):
    sheet = a_sheet(build, ward, title="Discharge")
    a_row(build, sheet, "step", text="Plain words")
    assert titles(build.officer(), typed).get("sheet", []) == []


def test_all_words_must_be_found_and_title_unit_and_one_cell_may_share_them(build, ward):
    sheet = a_sheet(build, ward, title="Discharge")
    a_row(build, sheet, "step", text="Hand over the list")
    a_row(build, sheet, "step", text="Call the pharmacy")
    by = build.officer()
    assert titles(by, "list discharge ward fmea")["sheet"] == ["Discharge"]
    assert "sheet" not in titles(by, "list elsewhere")
    assert "sheet" not in titles(by, "list pharmacy")  # they stand in two cells that say nothing together


def test_the_place_of_a_hit_is_named_with_the_words_around_it(build, ward):
    sheet = a_sheet(build, ward, title="Discharge")
    row = a_row(build, sheet, "step", text="Before " * 30 + "the needle stays " + "after " * 30)
    page = search_page(by=build.officer(), typed="needle", today=TODAY)
    (place,) = page.groups[0].rows[0].places
    assert (str(place.label), place.url) == ("Step", f"/worksheets/{sheet}#row-{row}")
    shown = "".join(piece.text for piece in place.pieces)
    assert shown.startswith("… ") and "the needle stays" in shown and len(shown) < 200


def test_what_was_taken_away_or_holds_only_codes_is_not_found(build, ward):
    by = build.officer()
    sheet = a_sheet(build, ward, title="Discharge")
    row = a_row(build, sheet, "step", text="Sharps bin")
    a_row(build, sheet, "effect", a_row(build, sheet, "mode", row, text="x"), text="y", on="patient")
    assert "sheet" not in titles(by, "patient")  # the code of a choice
    assert titles(by, "sharps")["sheet"] == ["Discharge"]
    remove_row(by=SYSTEM, sheet_id=sheet, row_id=row)
    assert "sheet" not in titles(by, "sharps")


def test_nobody_finds_another_units_things_nor_learns_how_many_there_are(build, ward, south_ward):
    nurse = build.person(Role.TEAM_MEMBER, south_ward)
    sheet = a_sheet(build, ward, title="Zebra review")
    a_row(build, sheet, "step", text="Zebra crossing")
    make_sheet(by=SYSTEM, kind="rca", unit_id=ward.id, title="Zebra event")
    an_action(build, ward, build.person(Role.TEAM_MEMBER, ward).id, title="Paint the zebra")
    a_measure(build, ward, [ward], title="Zebra count")
    build.unit("Zebra ward", below=build.site("Zebra site"))
    build.person(Role.LEADER, ward, name="Zebra Person")
    page = search_page(by=nurse.actor, typed="zebra", today=TODAY)
    assert (page.count, page.groups, page.counts) == (0, (), ())
    page = search_page(by=build.administrator(), typed="zebra", today=TODAY)
    assert {code: count for code, _, count in page.counts} == {
        "measure": 1,
        "unit": 2,
        "sheet": 2,
        "action": 1,
        "person": 1,
    }


def test_people_are_found_by_those_who_manage_them_only(build, ward, south_ward):
    build.person(Role.TEAM_MEMBER, ward, name="Zoë Quince")
    assert titles(build.officer(), "zoe") == {}
    assert titles(build.administrator(ward), "zoe")["person"] == ["Zoë Quince"]
    assert "person" not in titles(build.administrator(south_ward), "zoe")


def test_the_best_come_first_and_the_rest_is_counted(build, ward, north):
    by = build.officer()
    for number in range(SHOWN + 4):
        a_sheet(build, ward, title=f"About falls {number}")
    a_sheet(build, ward, title="Falls")
    a_retired_measure(build, north, [ward], title="Falls with harm")
    a_measure(build, north, [ward], title="Falls without harm")
    page = search_page(by=by, typed="falls", today=TODAY)
    sheets = next(group for group in page.groups if group.code == "sheet")
    assert "".join(piece.text for piece in sheets.rows[0].title) == "Falls"
    assert (sheets.count, len(sheets.rows), sheets.left) == (SHOWN + 5, SHOWN, 5)
    assert titles(by, "falls")["measure"] == ["Falls without harm", "Falls with harm"]
    only = search_page(by=by, typed="falls", today=TODAY, wanted="sheet")
    assert [group.code for group in only.groups] == ["sheet"] and only.groups[0].left == 0
    assert len(only.counts) == len(page.counts)


def test_an_unknown_kind_shows_all_and_an_empty_box_asks_nothing_of_the_database(build, ward):
    by = build.officer()
    assert titles(by, "ward", wanted="nonsense") == titles(by, "ward")
    with counted() as none:
        assert search_page(by=by, typed=" \u200b ", today=TODAY).headline.text == "Find anything that you may read."
    assert none == []


def test_the_number_of_statements_does_not_grow(build, ward, north):
    by, person = build.administrator(), build.person(Role.TEAM_MEMBER, north)
    with counted() as few:
        search_page(by=by, typed="thing", today=TODAY)
    for number in range(4):
        unit = build.unit(f"Thing {number}", below=north)
        a_row(build, a_sheet(build, unit, title=f"Thing {number}"), "step", text="A thing")
        an_action(build, unit, person.id, title="A thing")
        a_measure(build, north, [unit], title=f"Thing {number}")
    with counted() as many:
        search_page(by=by, typed="thing", today=TODAY)
    assert len(many) == len(few) <= 14


def test_a_search_among_twenty_thousand_cells_stays_quick(build, ward):
    sheet = a_sheet(build, ward, title="Large")
    first = a_row(build, sheet, "step", text="The first")
    cell = store.get(CellRow, (first, "text"))
    kept = {"version": 1, "by_id": None, "by_name": "a test", "at": cell.at}
    with atomic():
        store.execute(
            SheetRowRow.__table__.insert(),
            [
                {"id": 10_000 + n, "sheet_id": sheet, "section": "step", "position": n, "changed_seq": 1}
                for n in range(20_000)
            ],
        )
        words = ("Überprüfung der Medikation bei der Aufnahme durch das Personal", "The drawer was left open overnight")
        store.execute(
            CellRow.__table__.insert(),
            [{"row_id": 10_000 + n, "column": "text", "value": f"{words[n % 2]} {n}", **kept} for n in range(20_000)],
        )
    by = build.officer()
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        assert titles(by, "19998 uberprufung")["sheet"] == ["Large"]
        took.append(time.perf_counter() - begun)
    print(f"among 20,000 cells: {min(took) * 1000:.0f} ms")
    assert min(took) < 1.0
