"""The invented worksheets and actions hang together: rows, people, days and steps that can be."""

import pytest

from qitracker.actions.hierarchy import TYPES
from qitracker.actions.rules import MOVES as ACTION_MOVES
from qitracker.actions.rules import ActionState, needs_reason
from qitracker.demonstration.plans import PLANS
from qitracker.demonstration.stories import ALONE, STORIES
from qitracker.people.demonstration import PEOPLE
from qitracker.worksheets.kinds import KINDS
from qitracker.worksheets.rules.states import MOVES, SheetState
from tests.unit.demonstration.stories import TODAY

DISCIPLINES = {name: discipline for _, name, discipline, _ in PEOPLE}
DEEDS = [*ALONE, *(deed for story in STORIES for deed in story.deeds)]
SERIES = {(plan.code, course.unit) for plan in PLANS for course in plan.courses}
of_every_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)


def walked(rows):
    for row in rows:
        yield row
        yield from walked(row.below)


@of_every_story
def test_every_cell_belongs_to_a_column_and_can_stand_there(story):
    kind = KINDS.get(story.kind)
    for row in walked(story.rows):
        for column, value in row.written(TODAY).items():
            assert kind.section(row.section).column(column).parse(value) == value


@of_every_story
def test_every_row_that_an_action_answers_is_told_once(story):
    keys = [row.key for row in walked(story.rows) if row.key]
    assert len(set(keys)) == len(keys)
    assert {deed.answers for deed in story.deeds if deed.answers} <= set(keys)


@of_every_story
def test_the_team_holds_its_leader_and_writers_and_several_disciplines(story):
    assert {story.leader, *story.writers} <= set(story.team) <= DISCIPLINES.keys()
    assert len({DISCIPLINES[name] for name in story.team}) >= 3


@of_every_story
def test_the_days_of_a_worksheet_follow_each_other_and_its_states_can(story):
    assert story.made > story.sittings[0] and list(story.sittings) == sorted(story.sittings, reverse=True)
    state, back = SheetState.DRAFT, story.made
    for turn in story.turns:
        assert turn.back <= back and SheetState(turn.state) in MOVES[state]
        state, back = SheetState(turn.state), turn.back


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.title)
def test_an_action_is_made_by_known_people_moves_as_it_can_and_says_why(deed):
    assert {deed.owner, deed.by} <= DISCIPLINES.keys() and deed.type in TYPES
    state, back = ActionState.PLANNED, deed.made
    for turn in deed.turns:
        after = ActionState(turn.state)
        assert turn.back < back and after in ACTION_MOVES[state]
        assert turn.reason or not needs_reason(state, after)
        state, back = after, turn.back


def test_what_judges_and_what_is_answered_is_collected():
    named = [one for deed in DEEDS for one in (deed.signal, deed.judged_by) if one]
    named += [story.signal for story in STORIES if story.signal]
    assert {(one.code, one.unit) for one in named} <= SERIES


def test_actions_stand_in_every_state_and_some_are_overdue():
    states = {deed.turns[-1].state if deed.turns else "planned" for deed in DEEDS}
    assert states == set(ActionState)
    assert sum(deed.due > 0 for deed in DEEDS if not deed.turns or deed.turns[-1].state == "running") >= 2
