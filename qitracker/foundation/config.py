"""The settings of an installation: `instance/config.toml`, then the environment (QI_…), then defaults.

A setting that is unknown or wrong stops the start with one sentence that names it.
"""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from qitracker.foundation.errors import Refusal

FILE_NAME = "config.toml"


class WrongSetting(Refusal):
    """A setting that cannot be used; the sentence names it and says what is expected."""


def _setting(default: Any, help: str, check: str = "") -> Any:
    return field(default=default, metadata={"help": help, "check": check})


@dataclass(frozen=True)
class Settings:
    """Everything an administrator can set. The metadata of each field is its documentation."""

    instance: Path = _setting(Path("instance"), "Folder of the running installation: database, queue, uploads, cache.")
    environment: str = _setting(
        "production",
        "production; demonstration (invented data, passwords for loopback only); development (and the gallery).",
        "one of: production demonstration development",
    )
    secret_key: str = _setting("", "Signs cookies. Made once and kept in the instance folder when empty.", "secret")
    database: str = _setting("", "SQLAlchemy URL; empty means SQLite in the instance folder.", "database")
    queue: str = _setting(
        "", "Where workers are woken: empty (SQLite in the instance folder), postgresql://… or redis://….", "queue"
    )
    host: str = _setting("127.0.0.1", "Address the server listens on.")
    port: int = _setting(8000, "Port the server listens on.", "1 to 65535")
    web_processes: int = _setting(2, "Server processes.", "1 to 64")
    web_threads: int = _setting(16, "Threads in each server process.", "1 to 256")
    worker_processes: int = _setting(1, "Processes that do the jobs (imports, PDFs).", "1 to 16")
    trusted_proxies: int = _setting(0, "How many proxies in front set X-Forwarded-For; 0 trusts none.", "0 to 10")
    public_url: str = _setting("", "Address people use, for links in mail; empty means http://host:port.")
    https_only: bool = _setting(False, "Send cookies over HTTPS only, and tell browsers to stay on HTTPS.")
    name: str = _setting("qitracker", "Name of this installation, shown beside the logo and in reports.")
    language: str = _setting("en", "Language of people who chose none.")
    timezone: str = _setting("UTC", "Time zone of units that have none of their own.", "timezone")
    fiscal_year_starts: int = _setting(1, "Month in which the fiscal year starts.", "1 to 12")
    session_minutes: int = _setting(60, "Minutes without a click after which a person is signed out.", "1 to 1440")
    lockout_attempts: int = _setting(5, "Failed sign-ins of one name before it is locked for a while.", "1 to 100")
    lockout_minutes: int = _setting(15, "How long a locked name stays locked.", "1 to 1440")
    invitation_days: int = _setting(7, "Days an invitation can be taken up.", "1 to 90")
    upload_megabytes: int = _setting(64, "Largest file that can be imported.", "1 to 2048")
    mail_server: str = _setting(
        "", "SMTP server for invitations and password links; empty shows links to the administrator instead."
    )
    mail_port: int = _setting(25, "Port of the SMTP server.", "1 to 65535")
    mail_user: str = _setting("", "User at the SMTP server; empty for none.")
    mail_password: str = _setting("", "Password at the SMTP server.")
    mail_starttls: bool = _setting(False, "Encrypt the connection to the SMTP server.")
    mail_from: str = _setting("qitracker@localhost", "Sender of mail.")
    job_lease_seconds: int = _setting(60, "A job whose worker was silent for longer is given to another.", "5 to 3600")
    job_attempts: int = _setting(3, "How often a job is tried before it counts as failed.", "1 to 10")
    log_level: str = _setting("info", "Least important message that is logged.", "one of: debug info warning error")
    log_format: str = _setting(
        "auto",
        "json (one object a line) or text, on standard error; auto: json, but a demonstration at a terminal keeps it "
        "in qitracker.log of the instance folder and shows warnings alone.",
        "one of: auto json text",
    )

    @property
    def database_url(self) -> str:
        """Return the URL of the database, with the driver the product uses."""
        if not self.database:
            return f"sqlite:///{self.instance.resolve() / 'qitracker.db'}"
        for prefix in ("postgres://", "postgresql://"):
            if self.database.startswith(prefix):
                return "postgresql+psycopg://" + self.database.removeprefix(prefix)
        return self.database

    @property
    def address(self) -> str:
        """Return the address people use, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def is_demonstration(self) -> bool:
        """Say whether invented data and demonstration passwords are in use."""
        return self.environment in {"demonstration", "development"}


def load_settings(instance: Path, environment: Mapping[str, str]) -> Settings:
    """Return the settings of the installation in `instance`.

    Raises:
        WrongSetting: a name nobody knows, or a value that cannot be used.
    """
    known = {f.name: f for f in fields(Settings) if f.name != "instance"}
    values: dict[str, Any] = {}
    for name, value in _from_file(instance / FILE_NAME).items():
        _must_be_known(name, known, where=f"{FILE_NAME}")
        values[name] = _typed(name, value, known[name].default, where=FILE_NAME)
    for variable, text in environment.items():
        if variable.startswith("QI_") and variable not in _NOT_SETTINGS:
            name = variable.removeprefix("QI_").lower()
            _must_be_known(name, known, where=f"the environment ({variable})")
            values[name] = _typed(name, _parsed(text, known[name].default), known[name].default, where=variable)
    for name, value in values.items():
        _check(name, value, known[name].metadata["check"])
    return Settings(instance=instance, **values)


_NOT_SETTINGS = frozenset(
    {"QI_INSTANCE", "QI_REFERENCE", "QI_TEST_PG", "QI_CHROMIUM", "QI_VERAPDF", "QI_DEMO", "QI_PYTHON", "QI_SUPERVISED"}
)


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise WrongSetting(f"{FILE_NAME} cannot be read: {fault}. Mend that line, or remove the file.") from None


def _must_be_known(name: str, known: Mapping[str, Any], *, where: str) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else " The README lists all settings."
        raise WrongSetting(f"There is no setting {name!r} in {where}.{hint}")


def _parsed(text: str, default: Any) -> Any:
    if isinstance(default, bool):
        return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(
            text.strip().lower(), text
        )
    if isinstance(default, int):
        return int(text) if text.strip().lstrip("-").isdigit() else text
    return text


def _typed(name: str, value: Any, default: Any, *, where: str) -> Any:
    expected = type(default)
    if type(value) is not expected:
        words = {bool: "true or false", int: "a whole number", str: "text in quotes"}[expected]
        raise WrongSetting(f"The setting {name!r} ({where}) must be {words}, not {value!r}.")
    return value


def _check(name: str, value: Any, rule: str) -> None:
    problem = None
    match rule.split():
        case ["one", "of:", *allowed] if value not in allowed:
            problem = f"must be one of {', '.join(allowed)}, not {value!r}"
        case [low, "to", high] if not int(low) <= value <= int(high):
            problem = f"must lie between {low} and {high}, not {value}"
        case ["timezone"] if value not in available_timezones():
            problem = f"must be a time zone such as Europe/London, not {value!r}"
        case ["database"] if value and not value.startswith(
            ("sqlite:", "postgres:", "postgresql:", "postgresql+psycopg:")
        ):
            problem = "must be a sqlite:// or postgresql:// address"
        case ["queue"] if value and not value.startswith(("sqlite:", "postgres:", "postgresql:", "redis:", "rediss:")):
            problem = "must be a sqlite://, postgresql:// or redis:// address"
        case ["secret"] if value and len(value) < 32:
            problem = "must have at least 32 characters; leave it empty to have one made"
    if problem:
        raise WrongSetting(f"The setting {name!r} {problem}.")
