"""Flask-Security with our accounts, rules and lockout. No registration; links by mail only when mail is set."""

from flask import Flask, current_app, request
from flask_login import user_logged_out
from flask_principal import Principal
from flask_security import Security
from flask_security.signals import user_authenticated

from qitracker.foundation.config import Settings
from qitracker.foundation.db import db
from qitracker.people import session
from qitracker.people.commands.sessions import begin_session, end_session
from qitracker.people.mail import SignInMail
from qitracker.people.models import SignInRole, User
from qitracker.people.passwords import SHORTEST, name_hash
from qitracker.people.queries.rights import actor_of
from qitracker.people.sign_in import NO_MATCH, Accounts, OwnPasswordRules, SignInForm

OPEN_BLUEPRINTS = frozenset({"security", "health", "assets", "gallery"})


def init_security(app: Flask) -> None:
    """Put sign-in into the application. CSRFProtect and the database come before, blueprints after."""
    settings: Settings = app.extensions["settings"]
    app.config.update(_config(settings))
    Security(
        app,
        Accounts(db, User, SignInRole),
        login_form=SignInForm,
        mail_util_cls=SignInMail,
        password_util_cls=OwnPasswordRules,
    )
    _leave_principal_out(app)
    user_authenticated.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)
    session.init_session(app, settings, open_blueprints=OPEN_BLUEPRINTS)


def _leave_principal_out(app: Flask) -> None:
    """Rights are grants here. Flask-Principal would read the person before every answer, style sheets included."""
    asked = app.before_request_funcs[None]
    app.before_request_funcs[None] = [
        each for each in asked if not isinstance(getattr(each, "__self__", None), Principal)
    ]


def _config(settings: Settings) -> dict[str, object]:
    """Return the settings of Flask-Security; SECRET_KEY and SECURITY_PASSWORD_SALT are made by the application."""
    mailed = bool(settings.mail_server)
    return {
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https_only,
        "SESSION_PROTECTION": None,  # an address changes on a hospital's network; the idle time protects
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_REGISTERABLE": False,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_RECOVERABLE": mailed,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": mailed,
        "SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL": mailed,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_MSG_GENERIC_AUTHN_FAILED": (str(NO_MATCH), "error"),
        "SECURITY_MSG_LOGIN": ("", "info"),
        "SECURITY_EMAIL_SENDER": settings.mail_from,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"test_environment": True},
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_POST_LOGIN_VIEW": "/",
        "SECURITY_POST_LOGOUT_VIEW": "/login",
        "SECURITY_POST_CHANGE_VIEW": "/me",
        "SECURITY_POST_RESET_VIEW": "/login",
    }


def _signed_in(app: Flask, user: User, authn_via: list[str] | None = None, **_more: object) -> None:
    """Start the idle clock; for a sign-in by password also forget failed attempts and tell the trail."""
    session.begin()
    if authn_via == ["password"] and request.method == "POST":
        begin_session(by=actor_of(user), name_hash=name_hash(user.email, current_app.secret_key))


def _signed_out(app: Flask, **_more: object) -> None:
    """End the session for good when its owner asked; one that ends by itself is too old to be used again anyway."""
    key = session.end()
    if key and request.endpoint == "security.logout":
        end_session(key=key)
