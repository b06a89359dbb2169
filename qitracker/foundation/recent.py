"""A few finished things kept in memory, the one not asked for longest goes first. Safe for threads."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


class Recent(Generic[Key, Thing]):
    """At most `most` things by key. What is kept belongs to all who ask: it is read, not changed."""

    def __init__(self, most: int) -> None:
        """Start with none."""
        self._most = most
        self._things: OrderedDict[Key, Thing] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Thing | None:
        """Return what is kept under `key`, None where nothing is."""
        with self._lock:
            found = self._things.get(key)
            if found is not None:
                self._things.move_to_end(key)
        return found

    def keep(self, key: Key, thing: Thing) -> None:
        """Keep a thing, and let go of the one not asked for longest."""
        with self._lock:
            self._things[key] = thing
            self._things.move_to_end(key)
            while len(self._things) > self._most:
                self._things.popitem(last=False)

    def __len__(self) -> int:
        """Return how many things are kept."""
        return len(self._things)
