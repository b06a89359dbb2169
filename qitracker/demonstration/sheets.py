"""Write the invented worksheets as their teams did: row by row, cell by cell, in several sittings."""

from collections.abc import Iterator
from functools import partial
from itertools import cycle

from qitracker.demonstration.diary import Entry
from qitracker.demonstration.scene import Scene
from qitracker.demonstration.stories.outline import Story, Told
from qitracker.worksheets.commands import add_row, make_sheet, move_sheet, save_cell, set_team
from qitracker.worksheets.kinds import KINDS
from qitracker.worksheets.queries.page import rows_of
from qitracker.worksheets.rules.states import SheetState

FOR_A_CELL = 25  # seconds
BEFORE_THE_SITTING = 600
AFTER_THE_SITTING = 3 * 3600


class Sheet:
    """One worksheet while its story is told: the numbers that its rows have by now."""

    def __init__(self, scene: Scene, story: Story) -> None:
        self.scene, self.story = scene, story
        self.id = 0
        self.rows: dict[str, int] = {}  # by key
        self._version = 1
        self._ids: dict[int, int] = {}  # by id() of what was told

    def entries(self) -> Iterator[Entry]:
        """Give every deed of the story but its actions."""
        yield Entry(self.story.made, 0, self._make)
        yield Entry(self.story.made, FOR_A_CELL, self._gather)
        yield from self._sittings()
        for turn in self.story.turns:
            yield Entry(turn.back, AFTER_THE_SITTING, partial(self._move, SheetState(turn.state)))

    def _make(self) -> None:
        story, scene = self.story, self.scene
        answers = scene.episode(story.signal) if story.signal else None
        unit_id = scene.places[story.unit].id
        self.id = make_sheet(
            by=scene.actor(story.by), kind=story.kind, unit_id=unit_id, title=story.title, answers=answers
        )

    def _gather(self) -> None:
        people = {self.scene.ids[name] for name in self.story.team}
        leader = self.scene.ids[self.story.leader]
        set_team(by=self.scene.actor(self.story.by), sheet_id=self.id, user_ids=people, leader_id=leader)

    def _move(self, state: SheetState) -> None:
        move_sheet(by=self.scene.actor(self.story.by), sheet_id=self.id, state=state, seen=self._version)
        self._version += 1

    def _sittings(self) -> Iterator[Entry]:
        """Share the rows out over the sittings; each top row with all below it is written by one person."""
        whole, done = sum(told.size for told in self.story.rows), 0
        writers, spent = cycle(self.story.writers), dict.fromkeys(self.story.sittings, BEFORE_THE_SITTING)
        for told in self.story.rows:
            back = self.story.sittings[done * len(self.story.sittings) // whole]
            writer = next(writers)
            for row, above in _walk(told, None):
                yield Entry(back, spent[back], partial(self._write, writer, row, above))
                spent[back] += FOR_A_CELL * len(row.cells)
            done += told.size

    def _write(self, writer: str, told: Told, above: Told | None) -> None:
        by = self.scene.actor(writer)
        parent_id = self._ids[id(above)] if above else None
        row_id = self._made_with_it(told.section) or add_row(
            by=by, sheet_id=self.id, section=told.section, parent_id=parent_id
        )
        self._ids[id(told)] = row_id
        if told.key:
            self.rows[told.key] = row_id
        for column, value in told.written(self.scene.today).items():
            save_cell(by=by, sheet_id=self.id, row_id=row_id, column=column, value=value, seen=0)

    def _made_with_it(self, section: str) -> int | None:
        """Return the row of a section that every sheet is made with, None for all other sections."""
        if not KINDS.get(self.story.kind).section(section).single:
            return None
        return next(row.id for row in rows_of(self.id) if row.section == section)


def _walk(told: Told, above: Told | None) -> Iterator[tuple[Told, Told | None]]:
    yield told, above
    for one in told.below:
        yield from _walk(one, told)
