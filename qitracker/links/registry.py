"""What can be linked: each kind says in batch what it is called and where it is read.

Ids that the reader may not see, or that stand no more, are absent from every answer.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Final, Protocol

from qitracker.foundation.actor import Actor
from qitracker.links.rules import Linked
from qitracker.web.sent import whole_number


class Describe(Protocol):
    """Say what things of one kind are, in a fixed number of statements."""

    def __call__(self, ids: Collection[str], by: Actor) -> dict[str, Linked]:
        """Return what each id is; without those that `by` may not see."""
        ...


_kinds: Final[dict[str, Describe]] = {}


def linkable(kind: str) -> Callable[[Describe], Describe]:
    """Register the function that describes things of `kind`."""

    def keep(describe: Describe) -> Describe:
        if kind in _kinds:
            raise RuntimeError(f"The linkable kind {kind!r} is registered twice.")
        _kinds[kind] = describe
        return describe

    return keep


def described(kind: str, ids: Collection[str], by: Actor) -> Mapping[str, Linked]:
    """Return what things of one kind are; nothing for a kind whose capability is not installed."""
    return _kinds[kind](ids, by) if ids and kind in _kinds else {}


def row_ids(ids: Collection[str]) -> list[int]:
    """Return those of the ids that can be numbers of rows, for kinds that are named so."""
    return [number for one in ids if (number := whole_number(one)) is not None]
