"""Measures are taken into use: from the library, or of one's own."""

from datetime import date

import pytest
from sqlalchemy import func, select

from qitracker.audit.queries import story
from qitracker.foundation.db import store
from qitracker.foundation.errors import Invalid, NotAllowed, NotFound
from qitracker.measures import commands, queries
from qitracker.measures.library import library
from qitracker.measures.models import BenchmarkRow, Measure
from tests.builders.measures import a_definition, a_measure, an_adopted_measure
from tests.builders.people import SYSTEM

MARCH = date(2026, 3, 17)


@pytest.mark.parametrize("ready", library(), ids=lambda ready: ready.code)
def test_every_measure_of_the_library_can_be_adopted_with_its_benchmarks_and_strata(build, ready):
    ward = build.unit()
    measured = an_adopted_measure(build, ready.code, build.organisation(), [ward])
    assert measured.definition == ready.definition
    assert measured.domain == ready.domain
    assert len(queries.benchmarks_of(measured.id)) == len(ready.benchmarks)
    assert tuple(stratum.title for stratum in queries.strata_of(measured.id)) == ready.definition.strata


def test_collection_begins_with_the_period_that_holds_the_day(build):
    ward = build.unit()
    measured = an_adopted_measure(build, "hand-hygiene", ward, [ward], begins=MARCH)
    (collecting,) = queries.collections(SYSTEM, measure_ids=[measured.id])
    assert (collecting.begins, measured.versions[0].effective_from) == (date(2026, 3, 1), date(2026, 3, 1))


def test_a_measure_is_adopted_once_in_a_place_and_may_be_adopted_elsewhere(build):
    north, south = build.site(), build.site()
    an_adopted_measure(build, "hand-hygiene", north, [north])
    with pytest.raises(Invalid) as refusal:
        an_adopted_measure(build, "hand-hygiene", north, [north])
    other = an_adopted_measure(build, "hand-hygiene", south, [south])
    assert "uses it already" in str(refusal.value.fields["at"])
    assert other.slug == "hand-hygiene-2"


def test_a_measure_that_was_retired_is_taken_back_rather_than_adopted_again(build):
    ward = build.unit()
    measured = an_adopted_measure(build, "hand-hygiene", ward, [ward])
    commands.retire_measure(by=SYSTEM, measure_id=measured.id, reason="Enough", row_version=1, today=MARCH)
    with pytest.raises(Invalid) as refusal:
        an_adopted_measure(build, "hand-hygiene", ward, [ward])
    assert "Take it back into use instead" in str(refusal.value)


def test_a_unit_outside_the_place_is_refused_and_nothing_is_stored(build):
    north, south = build.site(), build.site()
    with pytest.raises(Invalid) as refusal:
        an_adopted_measure(build, "hand-hygiene", north, [north, south])
    assert "units" in refusal.value.fields
    assert store.scalar(select(func.count()).select_from(Measure)) == 0
    assert store.scalar(select(func.count()).select_from(BenchmarkRow)) == 0


def test_a_unit_and_the_one_above_it_do_not_both_collect_what_is_added_up(build):
    site = build.site()
    ward = build.unit(below=site)
    with pytest.raises(Invalid) as refusal:
        an_adopted_measure(build, "hand-hygiene", site, [site, ward])
    assert "added up" in str(refusal.value.fields["units"])


def test_a_median_is_collected_at_both_because_medians_are_not_added_up(build):
    site = build.site()
    ward = build.unit(below=site)
    measured = an_adopted_measure(build, "door-to-needle", site, [site, ward])
    assert len(queries.who_collects(measured.id)) == 2


def test_a_closed_unit_cannot_begin_to_collect(build):
    site = build.site()
    closed = build.closed_unit("Old ward", below=site, last_day=date(2025, 12, 31))
    with pytest.raises(Invalid) as refusal:
        an_adopted_measure(build, "hand-hygiene", site, [closed])
    assert str(refusal.value.fields["units"]) == "Old ward is closed since 31 Dec 2025. Leave it out."


def test_a_measure_may_be_there_before_its_units_for_an_import_may_bring_them(build):
    measured = an_adopted_measure(build, "hand-hygiene", build.organisation(), [])
    assert queries.collections(SYSTEM, measure_ids=[measured.id]) == ()


def test_an_officer_of_one_site_adopts_there_and_neither_above_nor_beside(build):
    north, south = build.site(), build.site()
    officer = build.officer(north)
    arguments = {"by": officer, "code": "hand-hygiene", "begins": MARCH}
    commands.adopt_measure(unit_id=north.id, collecting_unit_ids=[north.id], **arguments)
    with pytest.raises(NotFound):
        commands.adopt_measure(unit_id=south.id, collecting_unit_ids=[south.id], **arguments)
    with pytest.raises(NotFound):
        commands.adopt_measure(unit_id=build.organisation().id, collecting_unit_ids=[north.id], **arguments)


def test_a_leader_does_not_define(build):
    ward = build.unit()
    with pytest.raises(NotAllowed):
        commands.define_measure(
            by=build.actor("leader", ward),
            unit_id=ward.id,
            domain="Safety",
            definition=a_definition(),
            collecting_unit_ids=[ward.id],
            begins=MARCH,
        )


def test_two_measures_of_one_place_have_different_titles_and_addresses_that_pages_do_not_use(build):
    ward = build.unit()
    measured = a_measure(build, ward, [ward], title="New")
    with pytest.raises(Invalid) as refusal:
        a_measure(build, ward, [ward], title=" new ")
    assert measured.slug == "new-2"
    assert "title" in refusal.value.fields


def test_a_title_of_emoji_gets_an_address_and_a_title_with_a_nul_loses_it(build):
    ward = build.unit()
    measured = a_measure(build, ward, [ward], title="😀\x00😀")
    assert (measured.slug, measured.title) == ("measure", "😀😀")


def test_an_owner_without_a_role_there_is_refused(build):
    north, south = build.site(), build.site()
    stranger = build.person("leader", south)
    with pytest.raises(Invalid) as refusal:
        commands.adopt_measure(
            by=SYSTEM,
            code="hand-hygiene",
            unit_id=north.id,
            collecting_unit_ids=[north.id],
            begins=MARCH,
            owner_id=stranger.id,
        )
    assert "owner" in refusal.value.fields


def test_the_trail_tells_an_adoption_in_a_sentence(build):
    ward = build.unit("Ward 9")
    measured = an_adopted_measure(build, "hand-hygiene", ward, [ward])
    (told,) = story([("measure", measured.id)])
    assert str(told.sentence) == "a test adopted Hand hygiene from the library for Ward 9."
