"""Who is signed in, for how long without a click, and where strangers are sent."""

import time

from flask import Flask, Response, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue, RouteCallable
from flask_login import current_user
from flask_security.utils import logout_user
from werkzeug.exceptions import Unauthorized

from qitracker.foundation.actor import STRANGER, Actor
from qitracker.foundation.config import Settings
from qitracker.foundation.words import say
from qitracker.people.passwords import new_token
from qitracker.people.queries.rights import actor_of
from qitracker.people.sign_in import KEY, may_be_here
from qitracker.web.errors import wants_json
from qitracker.web.filters import reader

LAST_ACTION = "last_action"
RENEW_AFTER = 20  # seconds: the cookie is not written anew by every click


def open_to_strangers(view: RouteCallable) -> RouteCallable:
    """Mark a view that needs no sign-in."""
    view.open_to_strangers = True  # type: ignore[attr-defined]
    return view


def load_actor() -> Actor:
    """Return the signed-in person as an actor; a stranger when nobody is signed in."""
    return actor_of(current_user._get_current_object()) if current_user.is_authenticated else STRANGER


def chosen_language() -> str | None:
    """Return the language the signed-in person chose, if any."""
    return current_user.language if current_user and current_user.is_authenticated else None


def init_session(app: Flask, settings: Settings, *, open_blueprints: frozenset[str]) -> None:
    """Have every request asked: signed in, not idle for too long, allowed from where it comes?"""

    @app.before_request
    def _guard() -> ResponseReturnValue | None:
        if _is_open(open_blueprints):
            return None
        if not current_user.is_authenticated:
            return _send_to_sign_in()
        if not may_be_here(current_user, settings):
            logout_user()
            return _send_to_sign_in()
        if _is_idle(settings):
            logout_user()
            flash(
                reader().say(
                    say(
                        "You were signed out after {minutes} minutes without a click. What you saved is kept.",
                        minutes=settings.session_minutes,
                    )
                ),
                "neutral",
            )
            return _send_to_sign_in()
        _renew()
        return None


def _is_open(open_blueprints: frozenset[str]) -> bool:
    if request.endpoint is None:  # no such address: the error page
        return True
    view = current_app.view_functions.get(request.endpoint)
    return (
        request.endpoint == "static"
        or request.blueprint in open_blueprints
        or getattr(view, "open_to_strangers", False)
    )


def _send_to_sign_in() -> Response:
    """Answer a stranger: 401 for scripts and polling, the sign-in page for people."""
    if wants_json() or is_poll():
        raise Unauthorized
    back = request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
    return redirect(url_for("security.login", next=back), code=303)  # type: ignore[return-value]


def is_poll() -> bool:
    """Say whether a script asks by itself, again and again: that is not a sign of life."""
    return request.headers.get("X-Poll") == "1"


def _is_idle(settings: Settings) -> bool:
    last = session.get(LAST_ACTION)
    return KEY not in session or not isinstance(last, int | float) or time.time() - last > settings.session_minutes * 60


def _renew() -> None:
    if not is_poll() and time.time() - session[LAST_ACTION] > RENEW_AFTER:
        session[LAST_ACTION] = int(time.time())


def begin() -> None:
    """Give the session its key and start its idle clock, at sign-in."""
    session[KEY] = new_token()
    session[LAST_ACTION] = int(time.time())


def end() -> str | None:
    """Take the key out of the session and return it."""
    key: str | None = session.pop(KEY, None)
    return key
