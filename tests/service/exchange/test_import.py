"""A file becomes results: all of it or the good part, once, with sums, status and trail."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from qitracker.audit.models import AuditEntry
from qitracker.exchange import commands
from qitracker.exchange.commands.opening import opened
from qitracker.exchange.queries.batches import refused_rows, visible_batch
from qitracker.exchange.queries.suggested import suggested_mapping
from qitracker.foundation.actor import Grant
from qitracker.foundation.db import store
from qitracker.foundation.errors import Conflict, Invalid, NotFound
from qitracker.foundation.permissions import Role
from qitracker.jobs.registry import Cancelled
from qitracker.measures.commands import change_definition
from qitracker.measures.queries import measure_by_id
from qitracker.measures.rules import Scoring
from qitracker.people.queries import units_by_code
from qitracker.results.models import PointComment, PointHistory, point, status
from qitracker.results.queries.recorded import recorded as already_recorded
from tests.builders.imports import DAY, WARDS, a_file, checked, imported, instance, sent
from tests.builders.measures import a_definition, a_measure
from tests.builders.results import an_entry, recorded

HEART = ("001,2026-01,41,50,", "001,2026-02,45,50,a busy month", "002,2026-01,30,40,")


@pytest.fixture
def ward(build):
    return build.unit("Heart", code="001")


@pytest.fixture
def beside(build):
    return build.unit("Lung", code="002")


@pytest.fixture
def officer(build):
    return build.officer()


@pytest.fixture
def measured(build, ward, beside):
    return a_measure(build, build.organisation(), [ward, beside])


def points() -> list[tuple]:
    return [tuple(row) for row in store.execute(select(*point.c).order_by(point.c.unit_id, point.c.start))]


def words_of(batch_id: int, by) -> list[str]:
    return [str(row.reasons[0].words) for row in refused_rows(visible_batch(batch_id, by=by))]


def test_each_row_becomes_a_point_that_carries_its_batch(build, officer, measured, ward, beside):
    batch_id = sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured)
    summary = imported(build, officer, batch_id)
    assert (summary.rows, summary.new, summary.refused) == (3, 3, 0)
    january, february = date(2026, 1, 1).toordinal(), date(2026, 2, 1).toordinal()
    assert points() == [
        (ward.id, measured.id, 0, january, 0, 41, 50, None, 1, 1, batch_id),
        (ward.id, measured.id, 0, february, 0, 45, 50, None, 1, 1, batch_id),
        (beside.id, measured.id, 0, january, 0, 30, 40, None, 1, 1, batch_id),
    ]
    assert store.scalars(select(PointComment.text)).all() == ["a busy month"]


def test_sums_before_and_after_are_told_and_agree(build, officer, measured):
    batch_id = sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured)
    before = checked(build, officer, batch_id).measures[0]
    after = imported(build, officer, batch_id).measures[0]
    assert before.read == before.taken == after.read == after.taken == after.stored
    assert (after.read.rows, after.read.numerator, after.read.denominator) == (3, 116, 140)


def test_a_check_changes_no_result(build, officer, measured):
    batch_id = sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured)
    assert checked(build, officer, batch_id).new == 3
    assert points() == [] and visible_batch(batch_id, by=officer).state == "checked"


def test_status_is_fresh_for_the_units_and_what_stands_above_them(build, officer, measured, ward):
    imported(build, officer, sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured))
    rows = {row.unit_id: row for row in store.execute(select(status))}
    assert (rows[ward.id].points, rows[ward.id].last_numerator) == (2, 45)
    whole = rows[build.organisation().id]
    assert (whole.numerator_12, whole.denominator_12) == (116, 140)


def test_the_same_file_twice_adds_nothing(build, officer, measured):
    once = sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured)
    imported(build, officer, once)
    before = points()
    again = imported(build, officer, sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured))
    assert (again.new, again.same, again.refused) == (0, 3, 0)
    assert again.measures[0].read == again.measures[0].taken
    assert points() == before


def test_an_import_that_is_done_is_not_done_again(build, officer, measured):
    batch_id = sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured)
    assert imported(build, officer, batch_id) == imported(build, officer, batch_id)
    assert len(points()) == 3


def test_one_entry_tells_the_trail_of_the_whole_batch(build, officer, measured):
    batch_id = sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured)
    imported(build, officer, batch_id)
    (entry,) = store.scalars(select(AuditEntry).where(AuditEntry.event == "exchange.batch.imported"))
    assert (entry.after["file"], entry.after["new"], len(entry.after["fingerprint"])) == ("wards.csv", 3, 64)
    assert entry.after["sums"][measured.slug] == {"rows": 3, "numerator": "116", "denominator": "140"}


def test_the_good_rows_are_kept_and_the_others_told_with_their_reason(build, officer, measured):
    rows = (*HEART, "009,2026-01,1,2,", "001,2026-03,9,8,")
    batch_id = sent(build, officer, a_file(*rows), unit=build.organisation(), measured=measured)
    summary = imported(build, officer, batch_id)
    assert (summary.new, summary.refused) == (3, 2)
    assert words_of(batch_id, officer) == [
        "Unknown unit 009, or one you do not reach here. Check the code.",
        "9 of 8: the count is larger than “out of”. Check both numbers; they may be swapped.",
    ]


def test_all_or_nothing_stores_nothing_when_one_row_is_refused(build, officer, measured):
    rows = (*HEART, "009,2026-01,1,2,")
    batch_id = sent(build, officer, a_file(*rows), unit=build.organisation(), measured=measured, whole=True)
    assert imported(build, officer, batch_id).refused == 1
    assert points() == [] and visible_batch(batch_id, by=officer).state == "held"


def test_another_units_code_is_refused_like_an_unknown_one(build, measured, ward, beside):
    here = build.officer(ward)
    batch_id = sent(build, here, a_file(*HEART), unit=ward, measured=measured)
    assert imported(build, here, batch_id).new == 2
    assert words_of(batch_id, here) == ["Unknown unit 002, or one you do not reach here. Check the code."]


def test_nobody_imports_into_a_unit_they_do_not_reach(build, measured, ward, beside):
    with pytest.raises(NotFound):
        sent(build, build.officer(beside), a_file(*HEART), unit=ward, measured=measured)


def test_what_is_recorded_and_differs_stays_unless_it_is_to_be_corrected(build, officer, measured, ward):
    recorded(build, ward, measured, an_entry(date(2026, 1, 1), 40, 50))
    batch_id = sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured)
    summary = imported(build, officer, batch_id)
    assert (summary.new, summary.different, summary.refused) == (2, 1, 1)
    assert words_of(batch_id, officer) == [
        "January 2026 is recorded already, with other numbers. They stay as they are."
    ]


def test_a_correction_keeps_what_stood_there_with_its_reason(build, officer, measured, ward):
    recorded(build, ward, measured, an_entry(date(2026, 1, 1), 40, 50))
    batch_id = sent(
        build, officer, a_file(*HEART), unit=build.organisation(), measured=measured, correct=True, reason="Recounted"
    )
    summary = imported(build, officer, batch_id)
    assert (summary.new, summary.corrected, summary.refused) == (2, 1, 0)
    assert points()[0][5:10] == (41, 50, None, 1, 2)
    (kept,) = store.scalars(select(PointHistory))
    assert (kept.before["numerator"], kept.after["numerator"], kept.reason) == (40, 41, "Recounted")


def test_a_correction_needs_a_reason(build, officer, measured):
    with pytest.raises(Invalid) as refused:
        sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured, correct=True)
    assert set(refused.value.fields) == {"reason"}


def test_a_unit_that_is_added_up_takes_no_rows_of_its_own(build, officer, measured):
    batch_id = sent(build, officer, a_file("ORG,2026-01,1,2,"), unit=build.organisation(), measured=measured)
    assert imported(build, officer, batch_id).new == 0
    assert words_of(batch_id, officer) == [
        "Alder Health is added up from the units below it. Import the results of those."
    ]


def test_missing_units_are_made_by_those_who_may(build, measured):
    both = build.person(Role.QUALITY_OFFICER)
    actor = build.grant(both, Role.ADMINISTRATOR, build.organisation()).actor
    site = build.site("Northern")
    rows = a_file(*HEART, "RQM01,2026-01,1,2,", "RQM02,2026-02,1,2,")
    batch_id = sent(
        build, actor, rows, unit=build.organisation(), measured=measured, units_below=site.id, collections=True
    )
    plan = checked(build, actor, batch_id)
    assert (plan.new_units, plan.new_collections, plan.new) == (("RQM01", "RQM02"), 2, 5)
    summary = imported(build, actor, batch_id)
    assert (summary.new, summary.refused) == (5, 0)
    whole = store.execute(select(status).where(status.c.unit_id == site.id)).one()
    assert (whole.numerator_12, whole.denominator_12) == (2, 4)


def test_units_that_are_made_have_the_name_that_the_file_gives(build, measured):
    actor = build.grant(build.person(Role.QUALITY_OFFICER), Role.ADMINISTRATOR, build.organisation()).actor
    mapping = WARDS.__class__(**{**WARDS.__dict__, "unit_name": "called", "unit_width": 3})
    rows = (
        "001,2026-01,1,2,,Never renamed",
        "7,2026-01,1,2,,",
        "007,2026-02,1,2,,  Day   surgery",
        "8,2026-01,1,2,,  ",
    )
    content = a_file(*rows, head="ward,month,met,all,comment,called")
    root = build.organisation()
    batch_id = sent(
        build, actor, content, unit=root, measured=measured, mapping=mapping, units_below=root.id, collections=True
    )
    assert checked(build, actor, batch_id).new_units == ("Day surgery (007)", "008")
    imported(build, actor, batch_id)
    named = {code: one.name for code, one in units_by_code(["001", "007", "008"]).items()}
    assert named == {"001": "Heart", "007": "Day surgery", "008": "008"}
    long = sent(
        build,
        actor,
        a_file(f"9,2026-01,1,2,,{'Ward ' * 40}", head="ward,month,met,all,comment,called"),
        unit=root,
        measured=measured,
        mapping=mapping,
        units_below=root.id,
        collections=True,
    )
    imported(build, actor, long)
    name = units_by_code(["009"])["009"].name
    assert name.startswith("Ward Ward") and name.endswith("…") and len(name) <= 120


def test_missing_strata_are_added_while_a_measure_holds_no_results(build, officer, measured):
    mapping = WARDS.__class__(**{**WARDS.__dict__, "strata": ("part",)})
    content = a_file("001,2026-01,1,2,,Day", "001,2026-01,3,4,,Night", head="ward,month,met,all,comment,part")
    held = sent(build, officer, content, unit=build.organisation(), measured=measured, mapping=mapping)
    assert imported(build, officer, held).refused == 2
    again = sent(build, officer, content, unit=build.organisation(), measured=measured, mapping=mapping, strata=True)
    summary = imported(build, officer, again)
    assert (summary.new, summary.new_strata) == (2, ("Day", "Night"))
    assert len({row[2] for row in points()} - {0}) == 2


SPLIT = "ward,month,met,all,comment,part"


def by_part(build, officer, measured, *rows: str, **choices):
    """Import rows that name a part in their last column; return the import and what came of it."""
    mapping = replace(WARDS, strata=("part",))
    content = a_file(*rows, head=SPLIT)
    batch_id = sent(build, officer, content, unit=build.organisation(), measured=measured, mapping=mapping, **choices)
    return batch_id, imported(build, officer, batch_id)


def test_a_part_named_by_a_bare_number_or_letter_takes_the_name_of_its_column_and_is_found_again(build, officer, ward):
    measured = a_measure(build, build.organisation(), [ward])
    rows = ("001,2026-01,3,4,,1", "001,2026-01,5,6,,a", "001,2026-01,7,8,,other")
    _, summary = by_part(build, officer, measured, *rows, strata=True)
    assert (summary.new, summary.new_strata) == (3, ("other", "part 1", "part a"))
    _, again = by_part(build, officer, measured, *rows, "001,2026-02,3,4,,part 1")
    assert (again.new, again.same, again.refused) == (1, 3, 0)


def test_a_stratum_is_added_beside_others_though_they_hold_results(build, officer, ward):
    measured = a_measure(build, build.organisation(), [ward], strata=("Day", "Night"))
    by_part(build, officer, measured, "001,2026-01,1,2,,Day")
    _, summary = by_part(build, officer, measured, "001,2026-01,3,4,,Evening", strata=True)
    assert (summary.new, summary.refused, summary.new_strata) == (1, 0, ("Evening",))
    now = measure_by_id(measured.id)
    assert (len(now.versions), now.definition.strata) == (1, ("Day", "Night", "Evening"))
    assert [row[5:9] for row in points()] == [(1, 2, None, 1), (3, 4, None, 1)]
    (entry,) = store.scalars(select(AuditEntry).where(AuditEntry.event == "measures.strata.added"))
    assert entry.after["strata"] == "Evening"


def test_a_measure_that_is_recorded_as_a_whole_is_not_split_on_the_way(build, officer, measured):
    imported(build, officer, sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured))
    batch_id, summary = by_part(build, officer, measured, "001,2026-03,1,2,,Day", strata=True)
    assert (summary.new, summary.refused, summary.new_strata) == (0, 1, ())
    (words,) = words_of(batch_id, officer)
    assert "“Day” cannot be added." in words and "is recorded as a whole so far" in words
    assert "Begin a new version with strata on its page" in words


def test_strata_are_added_by_those_who_define_the_measure(build, measured, ward):
    here = build.officer(ward)
    mapping = replace(WARDS, strata=("part",))
    content = a_file("001,2026-01,1,2,,Day", head=SPLIT)
    batch_id = sent(build, here, content, unit=ward, measured=measured, mapping=mapping, strata=True)
    assert imported(build, here, batch_id).refused == 1
    assert "Only those who define" in words_of(batch_id, here)[0]


def test_rows_are_judged_again_when_a_definition_changes_after_they_were_read(build, officer, measured):
    """41 of 50 is a share; from the version that began meanwhile only cases count, and 50 has no place."""
    batch_id = sent(build, officer, a_file("001,2026-06,41,50,"), unit=build.organisation(), measured=measured)
    counted = a_definition(scoring=Scoring.COUNT, denominator="", unit="", multiplier=1, chart="c")
    told = []

    def change_meanwhile(done: int, total: int, words: str = "") -> None:
        told.append(words)
        if told == ["Reading rows", "Storing results"]:
            change_definition(by=officer, measure_id=measured.id, definition=counted, row_version=1, today=DAY.today)

    summary = commands.run_import(by=officer, batch_id=batch_id, instance=instance(), day=DAY, tell=change_meanwhile)
    assert told == ["Reading rows", "Storing results"] * 2
    assert (summary.new, summary.refused, points()) == (0, 1, [])


def test_an_import_is_taken_back_but_for_what_was_changed_since(build, officer, measured, ward):
    batch_id = sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured)
    imported(build, officer, batch_id)
    store.execute(point.update().where(point.c.numerator == 41).values(version=2, batch_id=0))
    store.commit()
    taken = commands.undo_import(by=officer, batch_id=batch_id)
    assert (taken.removed, [row[5] for row in points()]) == (2, [41])
    assert visible_batch(batch_id, by=officer).state == "undone"
    with pytest.raises(Conflict):
        commands.undo_import(by=officer, batch_id=batch_id)


def test_a_mapping_is_remembered_for_files_of_the_same_shape(build, officer, measured):
    from_before = sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured)
    later = sent(build, officer, a_file("002,2026-05,1,2,"), unit=build.organisation())
    mapping, remembered = suggestion(later, officer)
    assert remembered and mapping == visible_batch(from_before, by=officer).mapping


def suggestion(batch_id, by):
    batch = visible_batch(batch_id, by=by)
    return suggested_mapping(batch, opened(batch, instance()), by=by, fiscal_start=1)


def test_a_right_that_was_taken_away_meanwhile_stops_the_import(build, measured, ward):
    officer = build.officer(ward)
    batch_id = sent(build, officer, a_file(*HEART), unit=ward, measured=measured)
    gone = officer.__class__(officer.user_id, officer.name, (Grant(Role.LEADER, ward.id),))
    with pytest.raises(NotFound):
        imported(build, gone, batch_id)
    assert points() == []


def test_an_import_that_is_called_off_while_it_reads_stores_nothing(build, officer, measured):
    batch_id = sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured)

    def call_off(done: int, total: int, words: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        commands.run_import(by=officer, batch_id=batch_id, instance=instance(), day=DAY, tell=call_off)
    assert points() == [] and visible_batch(batch_id, by=officer).state == "new"


def test_somebody_who_stores_the_same_period_meanwhile_is_seen_at_a_second_look(
    build, officer, measured, ward, monkeypatch
):
    batch_id = sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured)
    recorded(build, ward, measured, an_entry(date(2026, 1, 1), 41, 50))
    looks = []

    def too_early(measure_id, unit_ids):
        looks.append(measure_id)
        return {} if len(looks) == 1 else already_recorded(measure_id, unit_ids)

    monkeypatch.setattr("qitracker.exchange.commands.examine.recorded", too_early)
    summary = imported(build, officer, batch_id)
    assert (len(looks), summary.new, summary.same) == (2, 2, 1)
    assert len(points()) == 3


def test_a_measure_whose_scoring_has_changed_is_judged_by_the_definition_of_the_period(build, officer, measured, ward):
    imported(build, officer, sent(build, officer, a_file(*HEART), unit=build.organisation(), measured=measured))
    counted = a_definition(scoring=Scoring.COUNT, denominator="", unit="", multiplier=1, chart="c")
    change_definition(
        by=officer,
        measure_id=measured.id,
        definition=counted,
        row_version=1,
        today=DAY.today,
        reason="Only cases count now",
        effective_from=date(2026, 6, 1),
    )
    content = a_file("001,2026-05,60,50,", "001,2026-06,60,1,")
    batch_id = sent(build, officer, content, unit=build.organisation(), measured=measured)
    summary = imported(build, officer, batch_id)
    assert (summary.new, summary.refused) == (1, 1)
    assert "60 of 50" in words_of(batch_id, officer)[0]
    stored = {row[3]: row[8] for row in points() if row[0] == ward.id}
    assert stored[date(2026, 6, 1).toordinal()] == 2 and stored[date(2026, 1, 1).toordinal()] == 1


def test_unknown_units_are_told_by_all_their_codes_not_by_that_of_the_first_row(build, officer, measured):
    rows = tuple(f"X{number:02},2026-0{month},1,2," for number in range(12) for month in (1, 2))
    summary = checked(build, officer, sent(build, officer, a_file(*rows), unit=build.organisation(), measured=measured))
    codes = ", ".join(f"X{number:02}" for number in range(10))
    assert [(one.rows, str(one.words)) for one in summary.reasons] == [
        (24, f"12 unknown units: {codes}, … and 2 more. Check the codes, or let them be made.")
    ]
    few = checked(build, officer, sent(build, officer, a_file(*rows[:4]), unit=build.organisation(), measured=measured))
    assert str(few.reasons[0].words).startswith("2 unknown units: X00, X01. ")
    one = checked(build, officer, sent(build, officer, a_file(rows[0]), unit=build.organisation(), measured=measured))
    assert str(one.reasons[0].words) == "Unknown unit X00, or one you do not reach here. Check the code."
