"""What the invented teams made of their signals: worksheets and actions, in the order of their days."""

from collections.abc import Iterator

from qitracker.demonstration.deeds import Action
from qitracker.demonstration.diary import Entry, live_through
from qitracker.demonstration.scene import Scene
from qitracker.demonstration.sheets import Sheet
from qitracker.demonstration.stories import ALONE, STORIES


def improve(scene: Scene) -> None:
    """Write every worksheet and bring every action as far as it is."""
    live_through(_entries(scene), scene.today)


def _entries(scene: Scene) -> Iterator[Entry]:
    for story in STORIES:
        sheet = Sheet(scene, story)
        yield from sheet.entries()
        for place, deed in enumerate(story.deeds):
            yield from Action(scene, deed, place, sheet).entries()
    for place, deed in enumerate(ALONE):
        yield from Action(scene, deed, place).entries()
