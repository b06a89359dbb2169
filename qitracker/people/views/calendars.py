"""Pages of working calendars."""

from datetime import date

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say
from qitracker.people import commands
from qitracker.people.forms import CalendarForm, DayOffForm
from qitracker.people.queries.calendars import calendar_list, calendar_page
from qitracker.people.views.blueprints import units_bp
from qitracker.web.actors import current_actor
from qitracker.web.answers import answer, go_on, tell


@units_bp.route("/calendars", methods=["GET", "POST"])
def calendars() -> ResponseReturnValue:
    """List the calendars and add one."""
    by, form = current_actor(), CalendarForm()
    rows = calendar_list(by=by)

    def deed() -> None:
        commands.add_calendar(
            by=by, name=form.name.data, country=form.country.data or "", subdivision=form.subdivision.data or ""
        )

    return answer(
        form,
        deed=deed,
        then=lambda _: go_on(url_for("units.calendars"), say("The calendar {name} is added.", name=form.name.data)),
        page=lambda: render_template("people/calendars.html", form=form, rows=rows),
    )


@units_bp.route("/calendars/<int:calendar_id>", methods=["GET", "POST"])
def calendar(calendar_id: int) -> ResponseReturnValue:
    """Show one calendar with its own days off, and add one."""
    by, form = current_actor(), DayOffForm()
    page = calendar_page(by=by, calendar_id=calendar_id)
    return answer(
        form,
        deed=lambda: commands.add_day_off(by=by, calendar_id=calendar_id, day=form.day.data, name=form.name.data),
        then=lambda _: go_on(
            url_for("units.calendar", calendar_id=calendar_id), say("{name} is a day off now.", name=form.name.data)
        ),
        page=lambda: render_template("people/calendar.html", form=form, page=page),
    )


@units_bp.post("/calendars/<int:calendar_id>/days/<day>/remove")
def remove_day(calendar_id: int, day: str) -> ResponseReturnValue:
    """Take one day off out of a calendar."""
    try:
        named = date.fromisoformat(day)
    except ValueError:
        raise Invalid(say("“{day}” is not a date.", day=day)) from None
    commands.remove_day_off(by=current_actor(), calendar_id=calendar_id, day=named)
    tell(say("{day} is a working day again.", day=named))
    return redirect(url_for("units.calendar", calendar_id=calendar_id), code=303)
