"""Wording is changed in place; a changed meaning is a new version with its reason and first day."""

from dataclasses import replace
from datetime import date

import pytest

from qitracker.audit.queries import story
from qitracker.foundation.errors import Conflict, Invalid, NotFound
from qitracker.measures import commands, queries
from qitracker.measures.commands import hooks
from qitracker.measures.queries import definition_at
from tests.builders.measures import a_measure, as_it_stands, the_strata
from tests.builders.people import SYSTEM

TODAY = date(2026, 6, 15)
JULY = date(2026, 7, 1)
REASON = "The ward now also counts day patients."


@pytest.fixture
def measured(build):
    ward = build.unit("Ward 1")
    return a_measure(build, ward, [ward], strata=("Day", "Night"))


@pytest.fixture
def recorded_to(monkeypatch):
    """Say up to which period results are recorded under version 1."""

    def set_last(day):
        monkeypatch.setattr(hooks, "_last_recorded", [lambda _measure, version: day if version == 1 else None])

    set_last(date(2026, 5, 1))
    return set_last


def change(measured, **values):
    arguments = {"row_version": measured.row_version, "today": TODAY}
    arguments |= {
        name: values.pop(name) for name in ("reason", "effective_from", "row_version", "by") if name in values
    }
    definition = replace(measured.newest.definition, **values)
    return commands.change_definition(**{"by": SYSTEM, **arguments}, measure_id=measured.id, definition=definition)


def test_changed_wording_stays_in_its_version_and_asks_for_no_reason(build, measured, recorded_to):
    assert change(measured, rationale="Pain delays recovery.", decimals=0) == 1
    now = as_it_stands(build, measured)
    assert (len(now.versions), now.definition.rationale) == (1, "Pain delays recovery.")


def test_a_changed_meaning_needs_a_reason_and_a_first_day(measured, recorded_to):
    with pytest.raises(Invalid) as refusal:
        change(measured, exclusions="Day patients.")
    assert set(refusal.value.fields) == {"reason", "effective_from"}


def test_a_changed_meaning_begins_a_version_and_leaves_the_old_one_as_it_was(build, measured, recorded_to):
    assert change(measured, exclusions="Day patients.", reason=REASON, effective_from=JULY) == 2
    now = as_it_stands(build, measured)
    assert [(one.number, one.effective_from, one.reason) for one in now.versions] == [
        (1, date(2026, 1, 1), ""),
        (2, JULY, REASON),
    ]
    assert definition_at(now, date(2026, 6, 30)) == measured.definition
    assert definition_at(now, JULY).exclusions == "Day patients."
    assert definition_at(now, date(2019, 1, 1)).version == 1


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 7, 2), "is not the first day of a period"),
        (date(2026, 1, 1), "The version before begins on 1 Jan 2026"),
        (date(2026, 5, 1), "May 2026 is recorded with the old meaning"),
        (date(2028, 1, 1), "more than a year ahead"),
    ],
)
def test_a_first_day_that_would_change_recorded_results_or_means_none_is_refused(measured, recorded_to, day, words):
    with pytest.raises(Invalid) as refusal:
        change(measured, exclusions="Day patients.", reason=REASON, effective_from=day)
    assert words in str(refusal.value.fields["effective_from"])


def test_before_the_first_result_everything_can_still_be_corrected(build, measured, recorded_to):
    recorded_to(None)
    assert change(measured, exclusions="Day patients.") == 1
    assert as_it_stands(build, measured).definition.exclusions == "Day patients."


def test_where_nobody_can_say_how_far_results_go_every_version_counts_as_used(measured, monkeypatch):
    monkeypatch.setattr(hooks, "_last_recorded", [])
    with pytest.raises(Invalid) as refusal:
        change(measured, exclusions="Day patients.")
    assert "reason" in refusal.value.fields


def test_a_change_on_an_old_page_is_refused_and_overwrites_nothing(build, measured, recorded_to):
    change(measured, rationale="First.")
    with pytest.raises(Conflict):
        change(measured, rationale="Second.")
    assert as_it_stands(build, measured).definition.rationale == "First."


def test_the_same_new_version_sent_twice_begins_once(build, measured, recorded_to):
    change(measured, exclusions="Day patients.", reason=REASON, effective_from=JULY)
    with pytest.raises(Conflict):
        change(measured, exclusions="Day patients.", reason=REASON, effective_from=JULY)
    assert len(as_it_stands(build, measured).versions) == 2


def test_those_above_are_told_when_direction_chart_or_meaning_change_and_not_for_wording(measured, monkeypatch):
    told = []
    monkeypatch.setattr(hooks, "_on_changed", [told.append])
    change(measured, rationale="Words.")
    assert told == []
    change(queries.measure_by_id(measured.id), chart="i")
    assert told == [measured.id]


def test_a_refusal_of_those_above_takes_the_change_back(build, measured, monkeypatch):
    def broken(_measure_id):
        raise RuntimeError("no room")

    monkeypatch.setattr(hooks, "_on_changed", [broken])
    with pytest.raises(RuntimeError):
        change(measured, chart="i")
    assert as_it_stands(build, measured).definition.chart == "p"
    assert len(story([("measure", measured.id)])) == 1


def test_a_dropped_stratum_keeps_its_number_and_comes_back_with_it(build, measured, recorded_to):
    recorded_to(None)
    before = the_strata(build, measured)
    change(measured, strata=("Day",))
    assert [one.is_collected for one in the_strata(build, measured)] == [True, False]
    change(as_it_stands(build, measured), strata=("Day", "Night", "Evening"))
    after = the_strata(build, measured)
    assert after[:2] == before
    assert after[2].title == "Evening"


def test_a_renamed_stratum_keeps_its_number_and_begins_no_version(build, measured, recorded_to):
    night = the_strata(build, measured)[1]
    commands.rename_stratum(by=SYSTEM, measure_id=measured.id, stratum_id=night.id, title="By night", row_version=1)
    now = as_it_stands(build, measured)
    assert the_strata(build, measured)[1] == replace(night, title="By night")
    assert (now.definition.strata, len(now.versions)) == (("Day", "By night"), 1)


def test_a_stratum_takes_no_name_of_another_and_none_of_another_measure(build, measured):
    day, night = the_strata(build, measured)
    with pytest.raises(Invalid):
        commands.rename_stratum(by=SYSTEM, measure_id=measured.id, stratum_id=day.id, title="Night", row_version=1)
    ward = build.unit()
    theirs = the_strata(build, a_measure(build, ward, [ward], strata=("Early",)))[0]
    with pytest.raises(NotFound):
        commands.rename_stratum(by=SYSTEM, measure_id=measured.id, stratum_id=theirs.id, title="A", row_version=1)
    assert night in the_strata(build, measured)


def test_an_added_stratum_is_a_new_version_once_results_are_recorded(build, measured, recorded_to):
    arguments = {"by": SYSTEM, "measure_id": measured.id, "title": "Evening", "row_version": 1, "today": TODAY}
    with pytest.raises(Invalid):
        commands.add_stratum(**arguments)
    assert commands.add_stratum(**arguments, reason="A third shift", effective_from=JULY) == 2


def test_a_retired_measure_is_left_alone_until_it_is_taken_back(build, measured):
    commands.retire_measure(by=SYSTEM, measure_id=measured.id, reason="Replaced", row_version=1, today=TODAY)
    retired = as_it_stands(build, measured)
    assert (retired.retired_on, retired.retired_reason) == (TODAY, "Replaced")
    with pytest.raises(Invalid):
        change(retired, rationale="New words.")
    commands.restore_measure(by=SYSTEM, measure_id=measured.id, row_version=2)
    assert as_it_stands(build, measured).retired_on is None


def test_a_measure_is_not_retired_without_a_reason(measured):
    with pytest.raises(Invalid) as refusal:
        commands.retire_measure(by=SYSTEM, measure_id=measured.id, reason="  ", row_version=1, today=TODAY)
    assert "reason" in refusal.value.fields
