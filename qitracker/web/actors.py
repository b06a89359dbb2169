"""Who is asking: the actor of the current request. `app` hands in how a signed-in user becomes one."""

from collections.abc import Callable

from flask import g

from qitracker.foundation.actor import STRANGER, Actor

_loader: list[Callable[[], Actor]] = [lambda: STRANGER]


def use_actor_loader(loader: Callable[[], Actor]) -> None:
    """Let `loader` turn the signed-in user of this request into an actor."""
    _loader[0] = loader


def current_actor() -> Actor:
    """Return the actor of this request, loaded once."""
    if "actor" not in g:
        g.actor = _loader[0]()
    return g.actor
