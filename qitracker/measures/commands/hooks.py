"""What the layers above answer and do: results say where and how far they go, and refresh when a meaning changed."""

from collections.abc import Callable
from datetime import date

from qitracker.foundation.actor import Actor

DefinitionChanged = Callable[[int], None]
LastRecorded = Callable[[int, int], date | None]
UnitToOpen = Callable[[Actor, int], int | None]

_on_changed: list[DefinitionChanged] = []
_last_recorded: list[LastRecorded] = []
_unit_to_open: list[UnitToOpen] = []


def on_definition_changed(callback: DefinitionChanged) -> DefinitionChanged:
    """Have `callback(measure_id)` done inside the transaction that changes what is made of a measure's numbers."""
    if callback not in _on_changed:
        _on_changed.append(callback)
    return callback


def answers_last_recorded(callback: LastRecorded) -> LastRecorded:
    """Let `callback(measure_id, version)` say where the last result under a version begins; None: there is none."""
    if callback not in _last_recorded:
        _last_recorded.append(callback)
    return callback


def answers_unit_to_open(callback: UnitToOpen) -> UnitToOpen:
    """Let `callback(by, measure_id)` name the unit whose results `by` looks at first; None: there are none to see."""
    if callback not in _unit_to_open:
        _unit_to_open.append(callback)
    return callback


def definition_changed(measure_id: int) -> None:
    """Tell all who asked. Belongs inside `atomic()`."""
    for callback in _on_changed:
        callback(measure_id)


def last_recorded(measure_id: int, version: int) -> date | None:
    """Return the first day of the last period recorded under that version, in any unit; None when there is none."""
    days = [day for callback in _last_recorded if (day := callback(measure_id, version)) is not None]
    return max(days, default=None)


def unit_to_open(by: Actor, measure_id: int) -> int | None:
    """Return the id of the unit whose results `by` looks at first; None when there are none to see."""
    return next((found for callback in _unit_to_open if (found := callback(by, measure_id)) is not None), None)


def answers_are_known() -> bool:
    """Say whether anybody can tell how far results go. Where nobody can, every version counts as used."""
    return bool(_last_recorded)
