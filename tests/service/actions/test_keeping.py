"""Actions are added, changed and moved: what is stored, linked and told, and what is refused with both versions."""

from datetime import date

from pytest import fixture, raises
from sqlalchemy import func, select

from qitracker.actions import commands, queries
from qitracker.actions.models import Action
from qitracker.actions.rules import ActionState, Move
from qitracker.audit.queries import story
from qitracker.foundation.db import store
from qitracker.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from qitracker.foundation.permissions import Role
from qitracker.links.queries import threads_of
from qitracker.links.rules import Ref
from qitracker.people.commands import remove_person
from qitracker.results.models import episode
from tests.builders.actions import DUE, an_action, moved, plan_of, the_action
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM
from tests.builders.results import TODAY, a_series, key_of

LOW = [*[(78, 100), (82, 100)] * 9, *[(66, 100)] * 7]


@fixture
def north(build):
    return build.site("North")


@fixture
def ward(build, north):
    return build.unit("Ward", below=north)


@fixture
def owner(build, ward):
    return build.person(Role.TEAM_MEMBER, ward, name="Ada Hill")


@fixture
def officer(build, north):
    return build.person(Role.QUALITY_OFFICER, north, name="Ben Moor").actor


@fixture
def measured(build, ward):
    return a_measure(build, build.organisation(), [ward], begins=date(2016, 1, 1))


@fixture
def signal(build, ward, measured):
    """A series with a signal, and the episode that it opened."""
    key = a_series(build, ward, measured, LOW, first=date(2024, 3, 1))
    number = store.scalar(select(episode.c.id).where(episode.c.unit_id == ward.id))
    return key, Ref("episode", str(number))


def told(action_id):
    return [str(entry.sentence) for entry in story([("action", action_id)])]


def test_an_action_is_kept_with_its_owner_linked_and_told(build, ward, owner, officer, signal):
    key, source = signal
    action_id = commands.add_action(
        by=officer, unit_id=ward.id, **plan_of(owner.id, detail="With\nthe key", judged_by=key), answers=source
    )
    line = the_action(build, action_id)
    assert (line.title, line.owner_name, line.due, line.detail) == ("Lock the drawer", "Ada Hill", DUE, "With\nthe key")
    assert (line.state, line.version, line.judged_by, line.made_by_name) == (ActionState.PLANNED, 1, key, "Ben Moor")
    hops = threads_of([line.ref], officer)[line.ref]
    assert {(hop.role, hop.linked.kind, hop.forward) for hop in hops} == {
        ("answers", "episode", True),
        ("judged_by", "series", True),
    }
    assert told(action_id) == ["Ben Moor added the action “Lock the drawer”: Ada Hill, due 1 Jul 2026."]


def test_an_action_stands_at_the_other_end_of_what_it_answers(ward, owner, officer, signal):
    key, source = signal
    action_id = commands.add_action(by=officer, unit_id=ward.id, **plan_of(owner.id, judged_by=key), answers=source)
    series = Ref(*key.subject)
    hops = threads_of([source, series], officer)
    assert [(hop.linked.kind, hop.linked.id, hop.role) for hop in hops[source]] == [
        ("action", str(action_id), "answers")
    ]
    (judged,) = hops[series]
    assert (judged.linked.title, judged.linked.url, judged.linked.state) == (
        "Lock the drawer",
        f"/actions/{action_id}",
        "planned",
    )
    assert str(judged.linked.words) == "Ada Hill, planned, due 1 Jul 2026"


def test_every_field_that_cannot_be_is_told_at_once_and_nothing_is_stored(build, ward, officer, measured):
    stranger = build.person(Role.TEAM_MEMBER, build.unit("Elsewhere"))
    with raises(Invalid) as refused:
        commands.add_action(
            by=officer,
            unit_id=ward.id,
            title=" ",
            type="prayer",
            owner_id=stranger.id,
            due=date(1, 1, 1),
            detail="x" * 4001,
            judged_by=key_of(ward, measured),  # it has no results
        )
    assert set(refused.value.fields) == {"title", "type", "owner_id", "due", "detail", "judged_by"}
    assert store.scalar(select(func.count()).select_from(Action)) == 0


def test_a_measure_of_the_unit_or_above_it_may_judge_and_none_from_beside(build, north, ward, owner, officer):
    beside = build.unit("Beside", below=north)
    shared = a_measure(build, build.organisation(), [ward, beside], begins=date(2016, 1, 1))
    for unit in (ward, beside):
        a_series(build, unit, shared, LOW, first=date(2024, 3, 1))
    for place in (ward, north):
        assert an_action(build, ward, owner.id, judged_by=key_of(place, shared))
    with raises(Invalid, match="in Ward or above it"):
        commands.add_action(by=officer, unit_id=ward.id, **plan_of(owner.id, judged_by=key_of(beside, shared)))
    top = key_of(build.organisation(), shared)
    with raises(Invalid, match="in Ward or above it"):  # an officer of the North reads no sums of the whole
        commands.add_action(by=officer, unit_id=ward.id, **plan_of(owner.id, judged_by=top))


def test_what_is_not_there_or_not_for_the_reader_cannot_be_answered(ward, owner, officer):
    for source in (Ref("episode", "999"), Ref("row", "x"), Ref("nothing", "1")):
        with raises(Invalid) as refused:
            commands.add_action(by=officer, unit_id=ward.id, **plan_of(owner.id), answers=source)
        assert set(refused.value.fields) == {"answers"}


def test_a_change_is_told_field_by_field_and_moves_the_link_of_the_judge(build, ward, owner, officer, signal):
    key, _source = signal
    action_id = an_action(build, ward, owner.id)
    plan = plan_of(officer.user_id, title="Lock it", due=date(2026, 8, 1), type="training", judged_by=key)
    commands.change_action(by=officer, action_id=action_id, seen=1, **plan)
    line = the_action(build, action_id)
    assert (line.title, line.owner_name, line.version, line.judged_by) == ("Lock it", "Ben Moor", 2, key)
    assert told(action_id)[0] == (
        "Ben Moor changed the action “Lock it”: title, was “Lock the drawer”, type from “Make the wrong step "
        "impossible: interlock or forcing function” to “Training”, owner from Ada Hill to Ben Moor, "
        "due day from 1 Jul 2026 to 1 Aug 2026, the measure that judges it."
    )
    assert [hop.role for hop in threads_of([line.ref], officer)[line.ref]] == ["judged_by"]
    commands.change_action(by=officer, action_id=action_id, seen=2, **plan | {"judged_by": None})
    assert threads_of([line.ref], officer)[line.ref] == ()


def test_the_same_again_is_no_change(build, ward, owner, officer):
    action_id = an_action(build, ward, owner.id)
    commands.change_action(by=officer, action_id=action_id, seen=1, **plan_of(owner.id))
    assert the_action(build, action_id).version == 1
    assert len(told(action_id)) == 1


def test_who_changes_what_somebody_changed_meanwhile_gets_both_versions(build, ward, owner, officer):
    action_id = an_action(build, ward, owner.id)
    commands.change_action(by=officer, action_id=action_id, seen=1, **plan_of(owner.id, title="Lock the cupboard"))
    with raises(Conflict) as clash:
        commands.change_action(by=officer, action_id=action_id, seen=1, **plan_of(owner.id, title="Lock the room"))
    assert (clash.value.theirs.title, clash.value.mine.title) == ("Lock the cupboard", "Lock the room")
    assert the_action(build, action_id).title == "Lock the cupboard"
    assert len(told(action_id)) == 2


def test_an_action_is_begun_done_taken_up_again_and_dropped_and_each_step_is_told(build, ward, owner):
    action_id = an_action(build, ward, owner.id)
    moved(build, action_id, ActionState.RUNNING)
    moved(build, action_id, ActionState.DONE, done_on=date(2026, 6, 1))
    line = the_action(build, action_id)
    assert (line.state, line.done_on, line.version) == (ActionState.DONE, date(2026, 6, 1), 3)
    moved(build, action_id, ActionState.RUNNING, reason="The lock broke")
    assert the_action(build, action_id).done_on is None
    moved(build, action_id, ActionState.PLANNED, reason="No locksmith")
    moved(build, action_id, ActionState.DROPPED, reason="Room closed")
    moved(build, action_id, ActionState.PLANNED, reason="Room opened")
    assert told(action_id)[-2::-1] == [
        "a test began “Lock the drawer”.",
        "a test marked “Lock the drawer” as done on 1 Jun 2026.",
        "a test took “Lock the drawer” up again. Reason: The lock broke",
        "a test set “Lock the drawer” back to planned. Reason: No locksmith",
        "a test dropped “Lock the drawer”. Reason: Room closed",
        "a test took “Lock the drawer” up again. Reason: Room opened",
    ]


def test_a_step_that_is_refused_stores_and_tells_nothing(build, ward, owner):
    action_id = an_action(build, ward, owner.id)
    for state, more in ((ActionState.DROPPED, {}), (ActionState.DONE, {"done_on": date(2026, 6, 16)})):
        with raises(Invalid):
            moved(build, action_id, state, **more)
    assert the_action(build, action_id).state is ActionState.PLANNED
    assert len(told(action_id)) == 1


def test_two_who_move_an_action_at_once_do_not_overwrite_each_other(build, ward, owner, officer):
    action_id = an_action(build, ward, owner.id)
    moved(build, action_id, ActionState.RUNNING)
    with raises(Conflict) as clash:
        commands.move_action(
            by=officer, action_id=action_id, seen=1, state=ActionState.DROPPED, today=TODAY, reason="x"
        )
    assert clash.value.theirs.state is ActionState.RUNNING
    assert clash.value.mine == Move(ActionState.DROPPED, "x")


def test_the_owner_moves_an_action_but_does_not_change_what_it_says(build, ward, owner):
    action_id = an_action(build, ward, owner.id)
    commands.move_action(by=owner.actor, action_id=action_id, seen=1, state=ActionState.RUNNING, today=TODAY)
    assert the_action(build, action_id).state is ActionState.RUNNING
    with raises(NotAllowed):
        commands.change_action(by=owner.actor, action_id=action_id, seen=2, **plan_of(owner.id, title="Easier"))


def test_an_owner_who_lost_every_role_there_does_not_know_the_action_any_more(build, ward):
    elsewhere = build.unit("Elsewhere")
    gone = build.person(Role.TEAM_MEMBER, elsewhere)
    action_id = an_action(build, elsewhere, gone.id)
    moved_away = build.person(Role.TEAM_MEMBER, ward).actor
    with raises(NotFound):
        commands.move_action(by=moved_away, action_id=action_id, seen=1, state=ActionState.RUNNING, today=TODAY)


def test_an_owner_who_left_keeps_the_action_until_somebody_else_is_named(build, ward, owner, officer):
    action_id = an_action(build, ward, owner.id)
    administrator = build.administrator()
    remove_person(by=administrator, user_id=owner.id)
    commands.change_action(by=officer, action_id=action_id, seen=1, **plan_of(owner.id, title="Lock it"))
    assert the_action(build, action_id).owner_name == "Ada Hill"
    page = queries.action_page(queries.known_action(action_id, by=SYSTEM), by=SYSTEM, today=TODAY)
    assert not page.owner_is_here
