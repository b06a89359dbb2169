"""Refusals and faults become pages (or JSON) here, once. Never a stack trace, always a next step."""

from dataclasses import dataclass

import structlog
from flask import Flask, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from qitracker.foundation.db import store
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
}


def init_errors(app: Flask) -> None:
    """Register one handler for each sort of refusal and fault."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    store.rollback()
    code = next((status for kind, status in STATUS.items() if isinstance(refusal, kind)), 422)
    return _answer(code, body=refusal.words if refusal.words and code != 404 else None)


def _stale_form(_fault: CSRFError) -> ResponseReturnValue:
    return _answer(400, title=say("This page was open for too long, or you signed out in another tab."))


def _http(fault: HTTPException) -> ResponseReturnValue:
    if fault.code is None or fault.code < 400:
        return fault.get_response()
    answer = _answer(fault.code)
    return answer


def _broken(fault: Exception) -> ResponseReturnValue:
    structlog.get_logger("web").error("fault", exc_info=fault)
    store.rollback()
    return _answer(500)


def _answer(code: int, *, title: Sentence | None = None, body: Sentence | str | None = None) -> ResponseReturnValue:
    said_title, said_body = _SAID.get(code, _SAID[500 if code >= 500 else 400])
    words = body or said_body
    if wants_json():
        return jsonify(error=reader().say(title or said_title), detail=reader().say(words), request=request_id()), code
    page = ErrorPage(
        code=code,
        title=title or said_title,
        body=words if isinstance(words, Sentence) else say(words.replace("{", "{{").replace("}", "}}")),
        request_id=request_id() or "",
        next_url=url_for("desk.home"),
        next_words=say("Go to the home page"),
    )
    return render_template("errors/error.html", page=page), code


def wants_json() -> bool:
    """Say whether the caller is a script of ours that reads JSON, not a person's browser."""
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]
