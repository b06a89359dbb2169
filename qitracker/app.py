"""The application factory: the only place that puts all parts together."""

import secrets
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, request
from flask_babel import Babel
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from qitracker.audit.commands import use_request_id
from qitracker.capabilities import CAPABILITIES, entries
from qitracker.foundation.config import Settings
from qitracker.foundation.db import connect, db
from qitracker.jobs.queries import queue_is_served
from qitracker.jobs.queue import init_queue
from qitracker.jobs.worker import use_actor_source
from qitracker.people.queries import actor_by_id
from qitracker.people.security import init_security
from qitracker.people.session import chosen_language, load_actor
from qitracker.web import assets, gallery, health
from qitracker.web.actors import use_actor_loader
from qitracker.web.addresses import init_addresses
from qitracker.web.errors import init_errors
from qitracker.web.filters import init_filters
from qitracker.web.headers import init_headers
from qitracker.web.logs import init_logs
from qitracker.web.requests import init_request_ids, request_id
from qitracker.web.shell import init_shell

PACKAGE = Path(__file__).parent
MIGRATIONS = PACKAGE / "migrations"


def create_app(settings: Settings) -> Flask:
    """Return the application for one installation."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    init_logs(settings)
    app = Flask(
        "qitracker",
        template_folder=_folder("templates"),
        static_folder=_folder("static"),
        instance_path=str(settings.instance.resolve()),
    )
    app.config.update(_flask_config(settings))
    app.extensions["settings"] = settings
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=1, x_host=1)  # type: ignore[method-assign]
    connect(app, database_url=settings.database_url)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    Babel(app, locale_selector=_language)
    init_request_ids(app)  # before anything that may refuse, so that every refusal has its number
    init_addresses(app)
    CSRFProtect(app)
    use_request_id(request_id)
    init_headers(app, settings)
    assets.init_assets(app)
    init_errors(app)
    init_filters(app)
    _init_people(app)
    init_shell(app, settings, entries())
    init_queue(app, settings)
    _init_health(app)
    for blueprint in (assets.bp, health.bp, *(capability.blueprint for capability in CAPABILITIES)):
        app.register_blueprint(blueprint)
    if settings.environment == "development":
        app.register_blueprint(gallery.bp)
    return app


def _init_people(app: Flask) -> None:
    """Sign-in and rights come from people; the layers below only know an Actor."""
    init_security(app)
    use_actor_loader(load_actor)
    use_actor_source(actor_by_id)


def _folder(name: str) -> str:
    """Find templates and static beside the checkout, or inside the package when installed."""
    beside = PACKAGE.parent / name
    return str(PACKAGE / name if (PACKAGE / name).is_dir() else beside)


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key or _kept_secret(settings.instance, "secret_key"),
        "SECURITY_PASSWORD_SALT": _kept_secret(settings.instance, "password_salt"),
        "MAX_CONTENT_LENGTH": settings.upload_megabytes * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,  # rows pasted from a spreadsheet
        "SESSION_COOKIE_SECURE": settings.https_only,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": settings.language,
        "BABEL_DEFAULT_TIMEZONE": settings.timezone,
        "BABEL_TRANSLATION_DIRECTORIES": str(PACKAGE / "translations"),
        "FONT_FOLDER": str(settings.instance.resolve() / "fonts"),
        "TEMPLATES_AUTO_RELOAD": settings.environment == "development",
    }


def _kept_secret(instance: Path, name: str) -> str:
    """Return a secret that is made once per installation; two processes starting at once agree on one."""
    path = instance / name
    try:
        with path.open("x", encoding="ascii") as new:
            path.chmod(0o600)
            new.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")


def _language() -> str | None:
    return (chosen_language() or request.accept_languages.best_match(["en"])) if request else None


def _init_health(app: Flask) -> None:
    def database() -> str:
        with db.engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
        return ""

    health.ready_when("database", database)
    health.ready_when("migrations", lambda: migration_gap())
    health.ready_when("queue", queue_is_served)


def migration_gap() -> str:
    """Return "" when the database is at the newest migration, else a sentence that says what to do."""
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    return (
        ""
        if current == head
        else f"The database is at migration {current}, the program needs {head}: run `qitracker migrate`."
    )
