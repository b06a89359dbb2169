"""Benchmarks: none without source and date, each where and as long as it holds."""

from dataclasses import replace
from datetime import date

import pytest

from qitracker.audit.queries import story
from qitracker.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from qitracker.measures import commands, queries
from qitracker.measures.benchmark_rules import BenchmarkKind, Statistic
from qitracker.measures.queries.compared import visible_benchmarks
from qitracker.measures.queries.detail import benchmark_page
from tests.builders.measures import a_benchmark, a_measure, a_target
from tests.builders.people import SYSTEM

TODAY = date(2026, 6, 15)


@pytest.fixture
def ward(build):
    return build.unit("Ward 1")


@pytest.fixture
def measured(build, ward):
    return a_measure(build, build.organisation(), [ward])


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"source": "  "}, "source"),
        ({"effective_from": None}, "effective_from"),
        ({"value": None}, "value"),
        ({"value": 101.0}, "value"),
        ({"effective_to": date(2025, 1, 1)}, "effective_to"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source": "x" * 10_000}, "source"),
    ],
)
def test_a_benchmark_that_cannot_be_is_refused_beside_its_field_and_not_stored(measured, missing, field):
    with pytest.raises(Invalid) as refusal:
        commands.add_benchmark(by=SYSTEM, measure_id=measured.id, benchmark=a_target(**missing))
    assert field in refusal.value.fields
    assert queries.benchmarks_of(measured.id) == ()


def test_the_most_specific_benchmark_comes_first(build, measured, ward):
    everywhere, here = a_target(90.0), a_target(95.0, unit_id=ward.id)
    a_benchmark(build, measured, everywhere)
    a_benchmark(build, measured, here)
    a_benchmark(build, measured, a_target(80.0, unit_id=build.unit().id))
    assert queries.benchmarks_of(measured.id, ward.lineage) == (here, everywhere)
    assert len(queries.benchmarks_of_all([measured.id])[measured.id]) == 3


def test_the_same_benchmark_sent_twice_is_stored_once(build, measured):
    a_benchmark(build, measured, a_target())
    with pytest.raises(Invalid) as refusal:
        a_benchmark(build, measured, a_target())
    assert "there already" in str(refusal.value)
    assert len(queries.benchmarks_of(measured.id)) == 1


def test_a_benchmark_corrected_on_an_old_page_is_refused(build, measured):
    benchmark_id = a_benchmark(build, measured, a_target())
    arguments = {"by": SYSTEM, "measure_id": measured.id, "benchmark_id": benchmark_id, "version": 1}
    commands.change_benchmark(**arguments, benchmark=a_target(92.0))
    with pytest.raises(Conflict):
        commands.change_benchmark(**arguments, benchmark=a_target(93.0))
    assert queries.benchmarks_of(measured.id)[0].value == 92.0


def test_a_benchmark_taken_away_is_gone_and_the_trail_keeps_it(build, measured):
    benchmark_id = a_benchmark(build, measured, a_target())
    commands.retire_benchmark(by=SYSTEM, measure_id=measured.id, benchmark_id=benchmark_id, version=1)
    assert queries.benchmarks_of(measured.id) == ()
    told = str(story([("measure", measured.id)])[0].sentence)
    assert told == "a test took away a benchmark of Pain assessed: 90.0\u00a0%, from Board plan 2026."
    with pytest.raises(NotFound):
        commands.retire_benchmark(by=SYSTEM, measure_id=measured.id, benchmark_id=benchmark_id, version=2)


def test_a_benchmark_of_another_measure_is_not_found_under_this_one(build, measured, ward):
    other = a_measure(build, ward, [ward], title="Other")
    benchmark_id = a_benchmark(build, other, a_target())
    with pytest.raises(NotFound):
        commands.change_benchmark(
            by=SYSTEM, measure_id=measured.id, benchmark_id=benchmark_id, benchmark=a_target(50.0), version=1
        )


def test_an_officer_of_a_ward_sets_its_own_target_and_not_that_of_all(build, measured, ward):
    officer = build.officer(ward)
    commands.add_benchmark(by=officer, measure_id=measured.id, benchmark=a_target(95.0, unit_id=ward.id))
    with pytest.raises(NotAllowed):
        commands.add_benchmark(by=officer, measure_id=measured.id, benchmark=a_target(95.0))
    with pytest.raises(NotFound):
        commands.add_benchmark(by=officer, measure_id=measured.id, benchmark=a_target(unit_id=build.unit().id))


def test_a_reader_sees_the_targets_of_their_unit_and_of_all_and_none_of_another_ward(build, measured, ward):
    other = build.unit()
    for unit_id in (None, ward.id, other.id):
        a_benchmark(build, measured, a_target(unit_id=unit_id))
    seen = visible_benchmarks(measured.id, by=build.actor("leader", ward))
    assert [one.stored.benchmark.unit_id for one in seen] == [None, ward.id]


def test_the_page_flags_what_has_expired_and_names_the_target_of_today(build, measured):
    steps = ((date(2026, 1, 1), 80.0), (date(2026, 6, 1), 85.0), (date(2026, 9, 1), 90.0))
    a_benchmark(build, measured, a_target(value=None, trajectory=steps))
    peers = replace(a_target(78.0, effective_to=date(2026, 5, 31)), kind=BenchmarkKind.PEER, statistic=Statistic.MEAN)
    a_benchmark(build, measured, peers)
    page = benchmark_page(by=SYSTEM, slug=measured.slug, today=TODAY)
    assert [(line.state, line.value_today) for line in page.lines] == [("in force", 85.0), ("expired", None)]
    assert str(page.headline) == "Pain assessed: the target is 85.0\u00a0% now."
