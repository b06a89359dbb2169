"""What capabilities above do and answer when the tree changes: results sum anew, and say what lies after a last day."""

from collections.abc import Callable, Sequence
from datetime import date

UnitMoved = Callable[[int, Sequence[int]], None]
RecordedAfter = Callable[[Sequence[int], date], int]

_on_moved: list[UnitMoved] = []
_recorded_after: list[RecordedAfter] = []


def on_unit_moved(callback: UnitMoved) -> UnitMoved:
    """Have `callback(unit_id, left)` done in the transaction that moves a unit; `left` are those no longer above."""
    if callback not in _on_moved:
        _on_moved.append(callback)
    return callback


def unit_moved(unit_id: int, left: Sequence[int]) -> None:
    """Tell all who asked. Belongs inside `atomic()`, after the closure of the tree is true again."""
    for callback in _on_moved:
        callback(unit_id, left)


def answers_recorded_after(callback: RecordedAfter) -> RecordedAfter:
    """Let `callback(unit_ids, day)` say how much is recorded in these units for the time after that day."""
    if callback not in _recorded_after:
        _recorded_after.append(callback)
    return callback


def recorded_after(unit_ids: Sequence[int], day: date) -> int:
    """Return how many results these units hold for the time after that day."""
    return sum(answer(unit_ids, day) for answer in _recorded_after)
