"""What home and board do themselves: end the collections that have been silent for long."""

from datetime import date

from qitracker.foundation.actor import Actor
from qitracker.foundation.errors import Invalid, NotAllowed
from qitracker.foundation.periods import period_of
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures.commands import set_collecting_units
from qitracker.measures.queries import visible_measure, who_collects
from qitracker.results.queries.silent import silent_units


def end_silent_collections(*, by: Actor, slug: str, today: date, fiscal_start: int = 1) -> None:
    """End the collection of a measure, before the running period, in the units where it has been silent for long.

    Their results stay. Units in which `by` may not define measures go on.

    Raises:
        NotFound: no measure that `by` may know of.
        NotAllowed: `by` may define measures in none of its units.
        Invalid: no unit would be left, or none is silent any more.
        Conflict: somebody else changed the measure meanwhile.
    """
    measured = visible_measure(slug, by=by)
    if not by.may_anywhere(Permission.MEASURE_DEFINE):
        raise NotAllowed(say("Your role does not include this. Ask an administrator for the right."))
    silent = silent_units(by=by, measure_id=measured.id, today=today)
    first = period_of(today, measured.definition.frequency, fiscal_start=fiscal_start)
    going_on = {one.unit_id for one in who_collects(measured.id) if one.ends is None or one.ends >= first}
    if not silent:
        raise Invalid(say("No unit has been without results of {title} for long.", title=measured.title))
    if not going_on - silent:
        raise Invalid(say("No unit collects {title} any more: retire the measure instead.", title=measured.title))
    set_collecting_units(
        by=by,
        measure_id=measured.id,
        unit_ids=going_on - silent,
        day=today,
        row_version=measured.row_version,
        fiscal_start=fiscal_start,
    )
