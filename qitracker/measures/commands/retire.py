"""Take a measure out of use and back. Its results stay readable."""

from datetime import date

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say
from qitracker.measures import events
from qitracker.measures.commands.checks import change_row, definable, must_be_in_use
from qitracker.measures.texts import tidy_line


def retire_measure(*, by: Actor, measure_id: int, reason: str, row_version: int, today: date) -> None:
    """Take a measure out of use from today on, for a reason.

    Raises:
        NotFound, NotAllowed: as for every change of a measure.
        Invalid: no reason is given, or it is retired already.
        Conflict: somebody else changed it meanwhile.
    """
    measured, place = definable(by, measure_id)
    must_be_in_use(measured)
    why = tidy_line(reason, "reason")
    if not why:
        raise Invalid(say("Say why it is no longer collected."), field="reason")
    with atomic():
        change_row(measured, row_version, retired_on=today, retired_reason=why)
        told = {"title": measured.title, "reason": why, "retired_on": today}
        record(events.RETIRED, by=by, subject=("measure", measure_id), unit=place, after=told)


def restore_measure(*, by: Actor, measure_id: int, row_version: int) -> None:
    """Take a retired measure back into use, in the units that collected it.

    Raises:
        NotFound, NotAllowed: as for every change of a measure.
        Invalid: it is in use.
        Conflict: somebody else changed it meanwhile.
    """
    measured, place = definable(by, measure_id)
    if measured.retired_on is None:
        raise Invalid(say("{title} is in use already.", title=measured.title))
    with atomic():
        change_row(measured, row_version, retired_on=None, retired_reason="")
        before = {"retired_on": measured.retired_on, "reason": measured.retired_reason}
        told = {"title": measured.title}
        record(events.RESTORED, by=by, subject=("measure", measure_id), unit=place, before=before, after=told)
