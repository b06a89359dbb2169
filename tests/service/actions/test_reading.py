"""The register reads what is in reach: overdue first, narrowed, counted, with sources and judges, in few statements."""

from datetime import date

from pytest import fixture, raises
from sqlalchemy import event, select

from qitracker.actions import queries
from qitracker.actions.hierarchy import Strength
from qitracker.actions.queries.register import A_PAGE, Wanted
from qitracker.actions.rules import ActionState
from qitracker.actions.table_file import register_file
from qitracker.foundation.db import db, store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Role
from qitracker.links.rules import Ref
from qitracker.results.models import episode
from tests.builders.actions import an_action, moved
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM
from tests.builders.results import a_series, key_of

LOW = [*[(78, 100), (82, 100)] * 9, *[(66, 100)] * 7]
DAY = date(2026, 6, 15)


@fixture
def places(build):
    north, south = build.site("North"), build.site("South")
    return {
        "north": north,
        "ward": build.unit("Ward", below=north),
        "beside": build.unit("Beside", below=north),
        "south ward": build.unit("South ward", below=south),
    }


@fixture
def owner(build):
    return build.person(Role.QUALITY_OFFICER, name="Ada Hill")


@fixture
def five(build, places, owner):
    """Two overdue, one in time, one done and one dropped in the North; one in the South."""
    other = build.person(Role.LEADER).id
    kept = {
        "late": an_action(build, places["ward"], owner.id, title="Late", due=date(2026, 6, 1), type="training"),
        "later": an_action(build, places["beside"], other, title="Later", due=date(2026, 5, 1), type="double_check"),
        "in time": an_action(build, places["ward"], other, title="In time", due=DAY),
        "done": an_action(build, places["ward"], owner.id, title="Done", due=date(2026, 1, 1), type="redundancy"),
        "dropped": an_action(build, places["north"], owner.id, title="Dropped", due=date(2026, 2, 1), type="training"),
        "south": an_action(build, places["south ward"], owner.id, title="South", due=date(2026, 4, 1)),
    }
    moved(build, kept["done"], ActionState.DONE, done_on=date(2026, 1, 1))
    moved(build, kept["dropped"], ActionState.DROPPED, reason="No use")
    return kept


def read(by, **wanted):
    return queries.register(by=by, wanted=Wanted(**wanted), today=DAY)


def titles(page):
    return [row.line.title for row in page.rows]


def test_the_most_overdue_leads_and_what_is_closed_follows(build, places, five):
    officer = build.officer(places["north"])
    assert titles(read(officer)) == ["Later", "Late", "In time"]
    assert titles(read(officer, state="all")) == ["Later", "Late", "In time", "Done", "Dropped"]
    assert [row.line.days_late(DAY) for row in read(officer).rows] == [45, 14, 0]


def test_the_address_narrows_by_unit_state_strength_and_owner(build, places, five, owner):
    assert titles(read(SYSTEM, unit="ward")) == ["Late", "In time"]
    assert titles(read(SYSTEM, unit="north", state="overdue")) == ["Later", "Late"]
    assert titles(read(SYSTEM, state="done")) == ["Done"]
    assert titles(read(SYSTEM, strength=Strength.WEAKER)) == ["Later", "Late"]
    assert titles(read(owner.actor, mine=True)) == ["South", "Late"]
    assert titles(read(owner.actor, mine=True, state="all", strength=Strength.WEAKER, unit="north")) == [
        "Late",
        "Dropped",
    ]


def test_the_counts_are_those_that_the_other_filters_leave(build, places, five, owner):
    page = read(owner.actor, unit="north", strength=Strength.WEAKER, state="done")
    counted = {state: page.counts.of(state) for state in ("open", "overdue", "planned", "done", "dropped", "all")}
    assert counted == {"open": 2, "overdue": 2, "planned": 2, "done": 0, "dropped": 1, "all": 3}
    assert page.anywhere == 6
    assert str(page.headline) == "2 actions are open, and 2 are overdue."


def test_the_mix_leaves_out_what_was_dropped_and_does_not_follow_the_filters(build, places, five):
    page = read(build.officer(places["north"]), strength=Strength.STRONGER)
    assert page.mix.counts == {Strength.STRONGER: 1, Strength.INTERMEDIATE: 1, Strength.WEAKER: 2}
    assert not page.tells_shares


def test_nothing_of_another_branch_is_read_counted_or_exported(build, places, five):
    officer = build.officer(places["north"])
    assert "South" not in titles(read(officer, state="all"))
    assert read(officer).anywhere == 5
    assert all(row.line.title != "South" for row in queries.all_rows(by=officer, wanted=Wanted(state="all"), today=DAY))
    with raises(NotFound):
        read(officer, unit="south-ward")
    with raises(NotFound):
        queries.known_action(five["south"], by=officer)
    assert queries.actions_by_id([five["south"], five["late"]], by=officer)[0].title == "Late"


def test_my_actions_are_my_open_ones_the_most_overdue_first(build, five, owner):
    assert [line.title for line in queries.my_actions(owner.actor)] == ["South", "Late"]
    assert queries.my_actions(build.officer()) == ()
    assert queries.my_actions(SYSTEM) == ()


def test_a_row_shows_its_judge_in_the_words_of_the_board_and_what_it_answers(build, places, owner):
    measured = a_measure(build, build.organisation(), [places["ward"]], begins=date(2016, 1, 1))
    key = a_series(build, places["ward"], measured, LOW, first=date(2024, 5, 1))
    number = store.scalar(select(episode.c.id).where(episode.c.unit_id == places["ward"].id))
    source = Ref("episode", str(number))
    action_id = an_action(build, places["ward"], owner.id, judged_by=key, answers=source)
    (row,) = read(owner.actor).rows
    assert row.judge.row.last_value == 66
    assert str(row.judge.row.words).startswith("Lower since")
    assert len(row.judge.row.spark.values) == 24
    assert row.judge.unit_slug == "ward"
    assert [hop.linked.id for hop in row.answers] == [source.id]
    assert [line.id for line in queries.actions_answering([source], owner.actor)[source]] == [action_id]


def test_a_judge_beyond_reach_is_not_shown_but_said_to_be_there(build, places, owner):
    measured = a_measure(build, build.organisation(), [places["ward"]], begins=date(2016, 1, 1))
    a_series(build, places["ward"], measured, LOW, first=date(2024, 5, 1))
    an_action(build, places["ward"], owner.id, judged_by=key_of(build.organisation(), measured))
    (row,) = read(build.actor(Role.LEADER, places["ward"])).rows
    assert row.judge is None
    assert row.is_judged_elsewhere
    (whole,) = read(owner.actor).rows
    assert whole.judge.row.last_value == 66


def test_pages_of_the_register_hold_fifty_and_a_page_too_far_is_the_last(build, places, owner):
    for number in range(A_PAGE + 2):
        an_action(build, places["ward"], owner.id, title=f"Action {number}")
    first, last = read(owner.actor), read(owner.actor, page=99)
    assert (len(first.rows), len(last.rows), first.last) == (A_PAGE, 2, 2)
    assert {row.line.id for row in first.rows}.isdisjoint({row.line.id for row in last.rows})
    assert len(queries.all_rows(by=owner.actor, wanted=Wanted(), today=DAY)) == A_PAGE + 2


def test_the_table_to_take_away_holds_every_field(build, places, five, owner):
    found = queries.all_rows(by=owner.actor, wanted=Wanted(state="all", unit="north"), today=DAY)
    table = register_file(found, today=DAY, say_=str)
    by_title = {line[1]: dict(zip(table.header, line, strict=True)) for line in table.rows}
    assert by_title["Late"]["Days overdue"] == 14
    assert by_title["Done"]["Days overdue"] is None
    assert by_title["Done"]["Done on"] == date(2026, 1, 1)
    assert by_title["Dropped"]["Reason"] == "No use"
    assert (by_title["Late"]["Strength"], by_title["Late"]["Kind"]) == ("Weaker", "Training")
    assert (by_title["Late"]["Owner"], by_title["Late"]["Unit"]) == ("Ada Hill", "Ward")


def counted(deed) -> int:
    """Return how many statements a reading takes."""
    seen = []

    def note(_connection, _cursor, statement, *_more):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        deed()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len([one for one in seen if not one.startswith(("BEGIN", "PRAGMA"))])


def test_many_actions_take_no_more_statements_than_one(build, places, owner):
    measured = a_measure(build, build.organisation(), [places["ward"], places["beside"]], begins=date(2016, 1, 1))
    keys = [a_series(build, places[name], measured, LOW, first=date(2024, 5, 1)) for name in ("ward", "beside")]
    sources = [Ref("episode", str(number)) for number in store.scalars(select(episode.c.id).order_by(episode.c.id))]
    an_action(build, places["ward"], owner.id, judged_by=keys[0], answers=sources[0])
    one = counted(lambda: read(owner.actor))
    for _ in range(8):
        an_action(build, places["ward"], owner.id, judged_by=keys[0], answers=sources[0])
        an_action(build, places["beside"], owner.id, judged_by=keys[1], answers=sources[1])
    assert counted(lambda: read(owner.actor)) == one
    assert one <= 26
