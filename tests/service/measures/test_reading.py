"""Readings are scoped by what a person reaches, and take a known number of statements."""

from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event

from qitracker.foundation.actor import STRANGER
from qitracker.foundation.db import db
from qitracker.foundation.errors import NotFound
from qitracker.measures import queries
from qitracker.measures.queries.choosing import units_page
from qitracker.measures.queries.detail import definition_page
from qitracker.measures.queries.listing import Wanted, measure_list, shelf
from qitracker.measures.rules import Kind
from tests.builders.measures import a_benchmark, a_measure, a_retired_measure, a_target, an_adopted_measure
from tests.builders.people import SYSTEM

TODAY = date(2026, 6, 15)


@contextmanager
def counted():
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def places(build):
    """Two sites with a ward each, and a measure defined at the top, at both sites and in both wards."""
    north, south = build.site("North"), build.site("South")
    found = {"north": north, "south": south}
    found |= {"ward": build.unit("Ward", below=north), "far": build.unit("Far", below=south)}
    for title, at in (("Top", build.organisation()), *((name, place) for name, place in found.items())):
        below = [place for place in (found["ward"], found["far"]) if at.id in place.lineage]
        a_measure(build, at, below, title=title)
    return found


def titles(by):
    return {measured.title for measured in queries.visible_measures(by=by).values()}


def test_a_ward_knows_its_own_measures_and_those_defined_above_it(build, places):
    assert titles(build.actor("team_member", places["ward"])) == {"Top", "north", "ward"}


def test_a_site_knows_also_what_is_defined_below_it(build, places):
    assert titles(build.actor("leader", places["north"])) == {"Top", "north", "ward"}


def test_the_organisation_knows_all_and_a_stranger_none(build, places):
    assert titles(build.actor("leader")) == {"Top", "north", "south", "ward", "far"}
    assert titles(STRANGER) == set()


def test_a_measure_of_another_site_is_not_found(build, places):
    reader = build.actor("leader", places["north"])
    assert queries.visible_measure("north", by=reader).title == "north"
    for slug in ("south", "far", "nothing-like-it"):
        with pytest.raises(NotFound):
            queries.visible_measure(slug, by=reader)


def test_who_collects_is_read_for_the_units_a_person_reaches(build, places):
    top = queries.measure_by_slug("top")
    reader = build.actor("team_member", places["ward"])
    assert {one.unit_id for one in queries.collections(reader, measure_ids=[top.id])} == {places["ward"].id}
    assert {one.unit_id for one in queries.collections(SYSTEM, measure_ids=[top.id])} == {
        places["ward"].id,
        places["far"].id,
    }
    assert queries.collections(reader, [places["far"].id]) == ()


def test_what_a_unit_collects_is_told_for_a_day(build, places):
    reader = build.actor("team_member", places["ward"])
    assert queries.collected_in(places["ward"].id, by=reader, on=date(2025, 12, 31)) == ()
    found = queries.collected_in(places["ward"].id, by=reader, on=date(2026, 1, 1))
    assert {measured.title for measured in found} == {"Top", "north", "ward"}
    assert queries.collected_in(places["far"].id, by=reader) == ()


def test_the_list_counts_only_units_of_the_reader_and_keeps_retired_measures_apart(build, places):
    a_retired_measure(build, places["ward"], [places["ward"]])
    reader = build.actor("leader", places["north"])
    page = measure_list(by=reader, wanted=Wanted(), today=TODAY)
    (group,) = page.groups
    assert {row.measured.title: row.units for row in group.rows} == {"Top": 1, "north": 1, "ward": 1}
    assert str(page.headline) == "3 measures are in use."
    gone = measure_list(by=reader, wanted=Wanted(retired=True), today=TODAY)
    assert [row.measured.title for group in gone.groups for row in group.rows] == ["Given up"]


def test_the_list_is_narrowed_by_words_heading_kind_and_area(build):
    ward = build.unit()
    an_adopted_measure(build, "hand-hygiene", ward, [ward])
    an_adopted_measure(build, "falls-injury", ward, [ward])

    def found(**wanted):
        page = measure_list(by=SYSTEM, wanted=Wanted(**wanted), today=TODAY)
        return {row.measured.slug for group in page.groups for row in group.rows}

    assert found(search="HAND cleaned") == {"hand-hygiene"}
    assert found(domain="Infection") == {"hand-hygiene"}
    assert found(kind=Kind.OUTCOME) == {"falls-with-injury"}
    assert found(search="%") == set()


def test_the_shelf_says_where_a_measure_is_in_use_as_far_as_the_reader_knows(build):
    north, south = build.site("North"), build.site("South")
    an_adopted_measure(build, "hand-hygiene", south, [south])

    def places_of(by):
        rows = {row.ready.code: row for group in shelf(by=by, wanted=Wanted()).groups for row in group.rows}
        return [adopted.place for adopted in rows["hand-hygiene"].adopted]

    assert places_of(build.actor("leader", north)) == []
    assert places_of(build.actor("leader", south)) == ["South"]


def test_the_page_of_units_offers_those_the_reader_decides_about_and_counts_the_others(build, places):
    page = units_page(by=build.officer(places["north"]), slug="top", today=TODAY)
    assert [(row.unit.name, row.goes_on) for row in page.rows] == [("North", False), ("Ward", True)]
    assert page.elsewhere == 1


def test_readings_take_the_same_number_of_statements_for_few_and_for_many(build, places):
    ward = places["ward"]
    reader = build.officer(places["north"])
    top = queries.measure_by_slug("top")

    def counts():
        queries.measure_by_slug("top")  # opens the transaction
        found = []
        for read in (
            lambda: queries.measures([top.id]),
            lambda: queries.visible_measure("top", by=reader),
            lambda: queries.collected_in(ward.id, by=reader, on=TODAY),
            lambda: queries.benchmarks_of(top.id, ward.lineage),
            lambda: measure_list(by=reader, wanted=Wanted(), today=TODAY),
            lambda: shelf(by=reader, wanted=Wanted()),
            lambda: definition_page(by=reader, slug="top", today=TODAY),
            lambda: units_page(by=reader, slug="top", today=TODAY),
        ):
            with counted() as statements:
                read()
            found.append(len(statements))
        return found

    a_benchmark(build, top, a_target(unit_id=ward.id))
    few = counts()
    for number in range(6):
        a_measure(build, ward, [ward], title=f"More {number}")
        a_benchmark(build, top, a_target(50.0 + number, unit_id=ward.id))
    assert counts() == few
    assert few[:4] == [1, 1, 2, 1]
