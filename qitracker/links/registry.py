"""What can be linked: each kind says in batch what it is called, where it is read, and what it is part of.

Ids that the reader may not see, or that stand no more, are absent from every answer.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from qitracker.foundation.actor import Actor
from qitracker.links.rules import Linked
from qitracker.web.sent import whole_number


class Describe(Protocol):
    """Say what things of one kind are, in a fixed number of statements."""

    def __call__(self, ids: Collection[str], by: Actor) -> dict[str, Linked]:
        """Return what each id is; without those that `by` may not see."""
        ...


Pairs = Callable[[Collection[str]], Collection[tuple[str, str]]]  # ids -> (id of the whole, id of its part)


@dataclass(frozen=True)
class Parts:
    """How things of one kind are parts of things of another: rows of a worksheet, episodes of a series."""

    whole: str
    part: str
    below: Pairs  # from ids of wholes
    above: Pairs  # from ids of parts


_kinds: Final[dict[str, Describe]] = {}
_parts: Final[dict[tuple[str, str], Parts]] = {}


def linkable(kind: str) -> Callable[[Describe], Describe]:
    """Register the function that describes things of `kind`."""

    def keep(describe: Describe) -> Describe:
        if kind in _kinds:
            raise RuntimeError(f"The linkable kind {kind!r} is registered twice.")
        _kinds[kind] = describe
        return describe

    return keep


def parts(*, whole: str, part: str, below: Pairs, above: Pairs) -> None:
    """Register that things of kind `part` belong to things of kind `whole`, so that a thread passes through."""
    if (whole, part) in _parts:
        raise RuntimeError(f"The parts {part!r} of {whole!r} are registered twice.")
    _parts[whole, part] = Parts(whole, part, below, above)


def described(kind: str, ids: Collection[str], by: Actor) -> Mapping[str, Linked]:
    """Return what things of one kind are; nothing for a kind whose capability is not installed."""
    return _kinds[kind](ids, by) if ids and kind in _kinds else {}


def row_ids(ids: Collection[str]) -> list[int]:
    """Return those of the ids that can be numbers of rows, for kinds that are named so."""
    return [number for one in ids if (number := whole_number(one)) is not None]


def registered_parts() -> tuple[Parts, ...]:
    """Return how kinds are parts of each other."""
    return tuple(_parts.values())
