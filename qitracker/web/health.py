"""For machines: is the process alive, and is it ready to serve?"""

from collections.abc import Callable

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

bp = Blueprint("health", __name__)

_checks: dict[str, Callable[[], str]] = {}


def ready_when(name: str, check: Callable[[], str]) -> None:
    """Register a check: it returns "" when all is well, else a sentence that says what is not."""
    _checks[name] = check


def findings() -> dict[str, str]:
    """Run every check and return what each says; a check that breaks says how."""
    said = {}
    for name, check in _checks.items():
        try:
            said[name] = check()
        except Exception as fault:  # a broken check is a finding, not a fault of the page
            said[name] = f"{type(fault).__name__}: the check itself failed."
    return said


@bp.get("/healthz")
def live() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """Database reachable, migrations at head, queue served; 503 and the reasons otherwise."""
    said = findings()
    well = not any(said.values())
    return jsonify(
        status="ready" if well else "not ready", checks={k: v or "ok" for k, v in said.items()}
    ), 200 if well else 503
