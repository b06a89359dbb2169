"""The headers that keep pages safe: nothing runs or loads that is not ours."""

from flask import Flask, Response, request

from qitracker.foundation.config import Settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def init_headers(app: Flask, settings: Settings) -> None:
    """Set the headers on every answer."""

    @app.after_request
    def _set(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if settings.https_only:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.blueprint == "security":  # Flask-Security writes directives that no browser knows
            response.headers["Cache-Control"] = "no-store"
        if request.endpoint not in {"static", "assets.font"}:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
