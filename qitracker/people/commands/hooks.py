"""What capabilities above do when the tree changes: results sum anew what now stands below other parents."""

from collections.abc import Callable, Sequence

UnitMoved = Callable[[int, Sequence[int]], None]

_on_moved: list[UnitMoved] = []


def on_unit_moved(callback: UnitMoved) -> UnitMoved:
    """Have `callback(unit_id, left)` done in the transaction that moves a unit; `left` are those no longer above."""
    if callback not in _on_moved:
        _on_moved.append(callback)
    return callback


def unit_moved(unit_id: int, left: Sequence[int]) -> None:
    """Tell all who asked. Belongs inside `atomic()`, after the closure of the tree is true again."""
    for callback in _on_moved:
        callback(unit_id, left)
