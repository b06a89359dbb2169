"""Refusals and faults become pages (or JSON) here, once. Never a stack trace, always a next step."""

from dataclasses import dataclass

import structlog
from flask import Flask, current_app, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from qitracker.foundation.config import Settings
from qitracker.foundation.db import is_clash, is_unreachable, store
from qitracker.foundation.errors import Conflict, Invalid, NotAllowed, NotEnoughData, NotFound, Refusal
from qitracker.foundation.words import Sentence, say
from qitracker.web.filters import reader
from qitracker.web.requests import request_id

STATUS: dict[type[Refusal], int] = {NotFound: 404, NotAllowed: 403, Conflict: 409, Invalid: 422, NotEnoughData: 422}


@dataclass(frozen=True)
class ErrorPage:
    """What the error page says."""

    code: int
    title: Sentence
    body: Sentence
    request_id: str
    next_url: str
    next_words: Sentence


_SAID: dict[int, tuple[Sentence, Sentence]] = {
    400: (say("This request could not be read."), say("Go back, reload the page and try again. Nothing was changed.")),
    403: (say("You may not see or do this."), say("An administrator can give you the right.")),
    404: (
        say("There is nothing at this address."),
        say(
            "It may have been renamed or closed, or it belongs to a unit you do not reach. Its numbers are still kept."
        ),
    ),
    405: (say("This address does not take that kind of request."), say("Go back and use the buttons of the page.")),
    409: (say("Somebody else changed this meanwhile."), say("Reload the page to see both; nothing was overwritten.")),
    413: (
        say("This file is too large."),
        say("Split it into smaller files, or ask an administrator to raise the limit."),
    ),
    422: (say("This could not be saved."), say("Go back and correct what is marked. Nothing was changed.")),
    429: (say("Too many requests in a short time."), say("Wait a minute, then try again.")),
    500: (
        say("Something broke on our side."),
        say("Nothing you saved before is lost. Try again; if it happens twice, quote the number below."),
    ),
    503: (
        say("qitracker cannot reach its database."),
        say("What you saved before is kept. Wait a minute and try again; then tell an administrator the number below."),
    ),
}
SAVED_AT_ONCE = say(
    "Two people saved at the same moment and the other came first. Nothing of yours is stored: try again."
)
RETRY_SECONDS = "30"


def init_errors(app: Flask) -> None:
    """Register one handler for each sort of refusal and fault."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    store.rollback()
    code = next((status for kind, status in STATUS.items() if isinstance(refusal, kind)), 422)
    return _answer(code, body=refusal.words or None)


def _stale_form(_fault: CSRFError) -> ResponseReturnValue:
    return _answer(400, title=say("This page was open for too long, or you signed out in another tab."))


def _http(fault: HTTPException) -> ResponseReturnValue:
    if fault.code is None or fault.code < 400:
        return fault.get_response()
    return _answer(fault.code)


def _broken(fault: Exception) -> ResponseReturnValue:
    if is_clash(fault):
        structlog.get_logger("web").warning("clash", exc_info=fault)
        store.rollback()
        return _answer(409, body=SAVED_AT_ONCE)
    structlog.get_logger("web").error("fault", exc_info=fault)
    if is_unreachable(fault):
        return _plainly(503)
    store.rollback()
    return _answer(500)


def _answer(code: int, *, title: Sentence | None = None, body: Sentence | str | None = None) -> ResponseReturnValue:
    """Answer with the page in its frame; the frame asks the database who is signed in, so there is a plain one too."""
    try:
        return _in_its_frame(code, title, body)
    except Exception as fault:
        structlog.get_logger("web").error("error page", exc_info=fault)
        return _plainly(503 if is_unreachable(fault) else code)


def _in_its_frame(code: int, title: Sentence | None, body: Sentence | str | None) -> ResponseReturnValue:
    said_title, said_body = _said(code)
    words = body or said_body
    if wants_json():
        return jsonify(error=reader().say(title or said_title), detail=reader().say(words), request=request_id()), code
    return render_template("errors/error.html", page=_page(code, title or said_title, words)), code


def _plainly(code: int) -> ResponseReturnValue:
    """Answer without asking the database anything: in the language of the installation, without frame or person."""
    settings: Settings = current_app.extensions["settings"]
    title, body = _said(code)
    with force_locale(settings.language):
        if wants_json():
            return jsonify(error=str(title), detail=str(body), request=request_id()), code
        text = current_app.jinja_env.get_template("errors/plain.html").render(page=_page(code, title, body))
    answer = make_response(text, code)
    if code == 503:
        answer.headers["Retry-After"] = RETRY_SECONDS
    return answer


def _said(code: int) -> tuple[Sentence, Sentence]:
    return _SAID.get(code, _SAID[500 if code >= 500 else 400])


def _page(code: int, title: Sentence, words: Sentence | str) -> ErrorPage:
    return ErrorPage(
        code=code,
        title=title,
        body=words if isinstance(words, Sentence) else say(words.replace("{", "{{").replace("}", "}}")),
        request_id=request_id() or "",
        next_url=url_for("desk.home"),
        next_words=say("Go to the home page"),
    )


def wants_json() -> bool:
    """Say whether the caller is a script of ours that reads JSON, not a person's browser."""
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]
