"""The id of a request: in every log line, in every audit entry, and on the error page to quote."""

import secrets

import structlog
from flask import Flask, Response, g, has_request_context, request

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def request_id() -> str | None:
    """Return the id of the request being served; None outside one."""
    return g.get("request_id") if has_request_context() else None


def _path() -> str:
    """Return the path as it may be logged: a one-time link opens an account, so its token is left out."""
    token = (request.view_args or {}).get("token")
    return request.path.replace(token, "…") if token else request.path


def init_request_ids(app: Flask) -> None:
    """Give each request an id that a person can read out over the telephone (7F3A-21KM)."""

    @app.before_request
    def _begin() -> None:
        letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
        g.request_id = f"{letters[:4]}-{letters[4:]}"
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=g.request_id, method=request.method, path=_path())

    @app.after_request
    def _end(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id", "")
        if request.endpoint not in {"static", "assets.font", "health.live"}:
            structlog.get_logger("web").info("request", status=response.status_code)
        return response
