"""Add the invented actions and move them as their owners did."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from qitracker.actions.commands import add_action, move_action
from qitracker.actions.rules import ActionState
from qitracker.demonstration.diary import Entry
from qitracker.demonstration.scene import Scene
from qitracker.demonstration.sheets import Sheet
from qitracker.demonstration.stories.outline import Deed, Turn
from qitracker.links.rules import Ref
from qitracker.results.keys import SeriesKey
from qitracker.worksheets.linked import ROW

AFTER_THE_SITTING = 4 * 3600
FOR_AN_ACTION = 90  # seconds


class Action:
    """One action while its story is told."""

    def __init__(self, scene: Scene, deed: Deed, place: int, sheet: Sheet | None = None) -> None:
        self.scene, self.deed, self.sheet = scene, deed, sheet
        self._seconds = AFTER_THE_SITTING + place * FOR_AN_ACTION
        self._id, self._version = 0, 1

    def entries(self) -> Iterator[Entry]:
        """Give every step of it."""
        yield Entry(self.deed.made, self._seconds, self._add)
        for turn in self.deed.turns:
            yield Entry(turn.back, self._seconds, partial(self._move, turn))

    def _add(self) -> None:
        deed, scene = self.deed, self.scene
        self._id = add_action(
            by=scene.actor(deed.by),
            unit_id=scene.places[deed.unit or self._sheet_unit].id,
            title=deed.title,
            type=deed.type,
            owner_id=scene.ids[deed.owner],
            due=scene.today - timedelta(days=deed.due),
            detail=deed.detail,
            answers=self._source(),
            judged_by=self._judge(),
        )

    @property
    def _sheet_unit(self) -> str:
        return self.sheet.story.unit if self.sheet else ""

    def _source(self) -> Ref | None:
        if self.sheet and self.deed.answers:
            return Ref(ROW, str(self.sheet.rows[self.deed.answers]))
        return self.scene.episode(self.deed.signal) if self.deed.signal else None

    def _judge(self) -> SeriesKey | None:
        return self.scene.series(self.deed.judged_by) if self.deed.judged_by else None

    def _move(self, turn: Turn) -> None:
        state, day = ActionState(turn.state), self.scene.today - timedelta(days=turn.back)
        move_action(
            by=self.scene.actor(self.deed.owner),
            action_id=self._id,
            seen=self._version,
            state=state,
            today=day,
            reason=turn.reason,
            done_on=day if state is ActionState.DONE else None,
        )
        self._version += 1
