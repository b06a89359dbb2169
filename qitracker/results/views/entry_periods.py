"""Deeds on a whole period of a unit: submit, check, lock, reopen. Each answers with the sheet again."""

from collections.abc import Callable
from datetime import date

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Conflict, Invalid, NotFound
from qitracker.foundation.words import Sentence, say
from qitracker.people.local_day import today_in
from qitracker.people.queries import visible_place
from qitracker.results.commands.periods import (
    WorkPeriod,
    check_period,
    lock_period,
    reopen_period,
    submit_period,
)
from qitracker.results.queries.grid import IN_A_SHEET
from qitracker.results.views.entry import bp, sheet_address
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.installation import settings
from qitracker.web.sent import version_seen


@bp.post("/<unit>/periods/<frequency>/<start>/submit")
def submit(unit: str, frequency: str, start: str) -> ResponseReturnValue:
    """Say that the period is complete, or why something is missing."""
    return _do(unit, frequency, start, _submit, say("{period} is submitted. Thank you."))


@bp.post("/<unit>/periods/<frequency>/<start>/check")
def check(unit: str, frequency: str, start: str) -> ResponseReturnValue:
    """Say that a second person has looked at it."""
    return _do(
        unit,
        frequency,
        start,
        lambda period, seen: check_period(by=current_actor(), period=period, seen=seen),
        say("{period} is checked."),
    )


@bp.post("/<unit>/periods/<frequency>/<start>/lock")
def lock(unit: str, frequency: str, start: str) -> ResponseReturnValue:
    """Close the period."""
    return _do(
        unit,
        frequency,
        start,
        lambda period, seen: lock_period(
            by=current_actor(), period=period, seen=seen, reason=request.form.get("reason", "")
        ),
        say("{period} is locked. Nothing in it changes until it is reopened."),
    )


@bp.post("/<unit>/periods/<frequency>/<start>/reopen")
def reopen(unit: str, frequency: str, start: str) -> ResponseReturnValue:
    """Open the period again, for a reason."""
    return _do(
        unit,
        frequency,
        start,
        lambda period, seen: reopen_period(
            by=current_actor(), period=period, seen=seen, reason=request.form.get("reason", "")
        ),
        say("{period} is open again."),
    )


def _submit(period: WorkPeriod, seen: int) -> None:
    submit_period(
        by=current_actor(),
        period=period,
        seen=seen,
        reason=request.form.get("reason", ""),
        today=today_in(period.unit_id),
        fiscal_start=settings().fiscal_year_starts,
    )


def _do(
    unit: str, frequency: str, start: str, deed: Callable[[WorkPeriod, int], None], done: Sentence
) -> ResponseReturnValue:
    period = _period(unit, frequency, start)
    back = sheet_address(unit, frequency, _last_shown(period.start))
    try:
        deed(period, _seen())
    except (Invalid, Conflict) as problem:
        flash(reader().say(problem.words), "warn" if isinstance(problem, Conflict) else "danger")
    else:
        flash(reader().translate(done.text).format(period=reader().period(period.start, frequency)), "ok")
    return redirect(back, code=303)


def _period(unit: str, frequency: str, start: str) -> WorkPeriod:
    place = visible_place(unit, by=current_actor())
    try:
        day = date.fromisoformat(start)
    except ValueError:
        raise NotFound from None
    if frequency not in IN_A_SHEET:
        raise NotFound
    return WorkPeriod(place.id, frequency, day)


def _seen() -> int:
    return version_seen(request.form.get("seen"))


def _last_shown(start: date) -> date:
    """Return the newest period of the sheet from which the deed came, so that the same sheet shows again."""
    try:
        return max(start, date.fromisoformat(request.form.get("to", "")))
    except ValueError:
        return start
