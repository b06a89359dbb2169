"""What surrounds every page: navigation, the person, the theme."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, current_app, g, request, url_for
from flask_babel import get_locale

from qitracker.foundation.actor import Actor
from qitracker.foundation.config import Settings
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence
from qitracker.web.actors import current_actor

THEMES = ("auto", "light", "dark")


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation, as a capability declares it."""

    endpoint: str
    title: Sentence
    icon: str
    needs: Permission | None = None
    on_phone: bool = False


@dataclass(frozen=True)
class Item:
    """One entry of the navigation, as this reader sees it."""

    url: str
    title: Sentence
    icon: str
    is_current: bool
    count: int | None = None
    is_due: bool = False


@dataclass(frozen=True)
class Person:
    """The reader, for the menu."""

    name: str


@dataclass(frozen=True)
class Shell:
    """All that `base.html` reads besides the page itself."""

    installation: str
    navigation: tuple[Item, ...]
    tabs: tuple[Item, ...]
    person: Person | None
    theme: str
    language: str
    environment: str


def init_shell(app: Flask, settings: Settings, entries: Sequence[Entry]) -> None:
    """Hand every template its `shell`."""
    app.extensions["shell"] = lambda: _shell_for(current_actor(), settings, entries)

    @app.context_processor
    def _shell() -> dict[str, Shell]:
        return {"shell": current_shell()}


def current_shell() -> Shell:
    """Return what surrounds the page of this request, made once."""
    if "shell" not in g:
        g.shell = current_app.extensions["shell"]()
    return g.shell


def _shell_for(actor: Actor, settings: Settings, entries: Sequence[Entry]) -> Shell:
    seen = [entry for entry in entries if entry.needs is None or actor.may_anywhere(entry.needs)]
    signed_in = actor.user_id is not None
    theme = request.cookies.get("qi_theme", "auto")
    return Shell(
        installation=settings.name,
        navigation=tuple(_item(entry) for entry in seen) if signed_in else (),
        tabs=tuple(_item(entry) for entry in seen if entry.on_phone)[:5] if signed_in else (),
        person=Person(actor.name) if signed_in else None,
        theme=theme if theme in THEMES else "auto",
        language=str(get_locale()),
        environment=settings.environment,
    )


def _item(entry: Entry) -> Item:
    blueprint = entry.endpoint.split(".")[0]
    return Item(
        url=url_for(entry.endpoint),
        title=entry.title,
        icon=entry.icon,
        is_current=request.endpoint == entry.endpoint if blueprint == "desk" else request.blueprint == blueprint,
    )
