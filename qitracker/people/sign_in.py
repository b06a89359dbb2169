"""The sign-in form with its lockout, the password rules and the data store that Flask-Security is given."""

from datetime import datetime
from typing import Any

from flask import current_app, request, session
from flask_security import LoginForm, PasswordUtil, SQLAlchemyUserDatastore
from sqlalchemy import bindparam, exists, inspect, select, update

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor
from qitracker.foundation.config import Settings
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say
from qitracker.people import events
from qitracker.people.commands.attempts import Attempt, begin_attempt, fail_attempt
from qitracker.people.models import EndedSession, User
from qitracker.people.passwords import LONGEST, check_password, name_hash, token_hash
from qitracker.web.filters import reader

NO_MATCH = say(
    "This e-mail address and password do not belong together. Check both, or ask an administrator for a new link."
)
TOO_LONG = LONGEST + 1
KEY = "key"  # of a session, in its signed cookie: by it the session is known once it was signed out of
IN_SESSION = select(User).where(
    User.fs_uniquifier == bindparam("user_key"),
    ~exists().where(EndedSession.key_hash == bindparam("session")),
)
LOOPBACK = frozenset({"127.0.0.1", "::1"})


def is_local_request(settings: Settings) -> bool:
    """Say whether the browser runs on this machine. What a proxy passes on does not count as local."""
    forwarded = not settings.trusted_proxies and (
        "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    )
    return request.remote_addr in LOOPBACK and not forwarded


def may_be_here(user: User, settings: Settings) -> bool:
    """Say whether the account may be used here: demonstration people only in a demonstration, and locally."""
    return not user.is_demonstration or (settings.is_demonstration and is_local_request(settings))


class SignInForm(LoginForm):
    """Asks for address and password; says the same for every failure, and when to try again."""

    remember = None  # a session ends after a time without a click: see `session.py`

    def validate(self, **kwargs: Any) -> bool:
        """Judge the attempt, count it when it fails, refuse it when the name is locked."""
        settings: Settings = current_app.extensions["settings"]
        name, password = (self.email.data or "").strip(), (self.password.data or "")[:TOO_LONG]
        if not name or not password:
            return self._refuse(say("Enter your e-mail address and your password."))
        self.password.data = password
        limit, minutes = settings.lockout_attempts, settings.lockout_minutes
        attempt = begin_attempt(name_hash=name_hash(name, current_app.secret_key), limit=limit, minutes=minutes)
        if attempt.locked_until:
            return self._refuse(_locked(attempt.locked_until))
        if super().validate(**kwargs) and self.user is not None and may_be_here(self.user, settings):
            self.attempt: Attempt = attempt
            return True
        self.user_authenticated = False
        until = fail_attempt(attempt, limit=limit, minutes=minutes)
        return self._refuse(_locked(until) if until else NO_MATCH)

    def _refuse(self, words: Sentence) -> bool:
        for field in self:
            field.errors = []
        self.form_errors = [reader().say(words)]
        return False


def _locked(until: datetime) -> Sentence:
    return say("Too many attempts with this e-mail address. Try again after {until}.", until=until)


class OwnPasswordRules(PasswordUtil):
    """Flask-Security asks here; the answer is `passwords.check_password`, as for invitations."""

    def normalize(self, password: str) -> str:
        """Return the form that is hashed; one too long is cut where it still is too long, and so never right."""
        return super().normalize(password[:TOO_LONG])[:TOO_LONG]

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """Return (what is wrong, the password as it is hashed)."""
        user = kwargs.get("user")
        try:
            return None, check_password(password, email=user.email if user else "", name=user.name if user else "")
        except Invalid as problem:
            return [reader().say(problem.words)], password


class Accounts(SQLAlchemyUserDatastore):
    """Finds nobody by a session that was signed out of; writes what Flask-Security changes of a user as one deed."""

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> User | None:
        """Return the user; by the key that a session holds of them, only while that session lasts."""
        if "fs_uniquifier" not in kwargs:
            return super().find_user(case_insensitive=case_insensitive, **kwargs)
        values = {"user_key": kwargs["fs_uniquifier"], "session": token_hash(session.get(KEY, ""))}
        return store.scalar(IN_SESSION, values)

    def put(self, model: Any) -> Any:
        """Write changed columns of a known user by `atomic()`, so that SQLite never upgrades an open read."""
        state = inspect(model)
        if not isinstance(model, User) or not state.persistent:
            return super().put(model)
        changed = {
            column.key: state.dict[column.key]
            for column in state.mapper.column_attrs
            if state.attrs[column.key].history.has_changes()
        }
        if changed:
            user_id, name = model.id, model.name
            with atomic():
                store.execute(
                    update(User)
                    .where(User.id == user_id)
                    .values(**changed)
                    .execution_options(synchronize_session=False)
                )
                if {"password", "fs_uniquifier"} <= changed.keys():
                    record(events.PASSWORD_CHANGED, by=Actor(user_id, name), subject=("person", user_id))
            store.refresh(model)
        return model
