"""What the layers above do when an action is added, changed or moved: sheets show it to those who have them open."""

from collections.abc import Callable, Collection

from qitracker.links.queries import edges_of
from qitracker.links.rules import Ref, Role

ActionChanged = Callable[[Collection[Ref]], None]

_on_changed: list[ActionChanged] = []


def on_action_changed(callback: ActionChanged) -> ActionChanged:
    """Have `callback(answered)` done in the transaction that changes an action; `answered` is what it answers."""
    if callback not in _on_changed:
        _on_changed.append(callback)
    return callback


def action_changed(here: Ref) -> None:
    """Tell all who asked. Belongs inside `atomic()`, after the action and its links are written. One statement."""
    answered = [edge.end for edge in edges_of([here]) if edge.start == here and edge.role == Role.ANSWERS]
    if not answered:
        return
    for callback in _on_changed:
        callback(answered)
