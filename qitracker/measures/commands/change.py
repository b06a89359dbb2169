"""Change what a measure is: wording in place; a changed meaning as a new version with its reason and first day."""

from collections.abc import Collection as Many
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from sqlalchemy import update

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import atomic, refuse_duplicate, store
from qitracker.foundation.errors import Invalid
from qitracker.foundation.periods import is_period_start, next_period, period_of
from qitracker.foundation.words import Period, Sentence, plain, say
from qitracker.measures import events
from qitracker.measures.commands.adopt import check_domain
from qitracker.measures.commands.checks import change_row, checked_definition, definable, must_be_in_use
from qitracker.measures.commands.hooks import answers_are_known, definition_changed, last_recorded
from qitracker.measures.commands.storing import store_strata, store_version, version_values
from qitracker.measures.differences import changed_fields, names_of_fields
from qitracker.measures.models import MeasureVersion, Stratum
from qitracker.measures.queries import Measured, strata_of
from qitracker.measures.rules import Definition, changes_meaning
from qitracker.measures.stored import to_body
from qitracker.measures.texts import tidy_line

DECIDES_STATUS = frozenset({"direction", "chart", "rule_set", "decimals", "unit", "interval"})
"""Fields that change what is made of the numbers, though not the numbers."""

FARTHEST_AHEAD = timedelta(days=366)
SAVED_TWICE = say("This change was saved a moment ago. Open the measure again to see it.")


@dataclass(frozen=True)
class Turn:
    """Where a new version begins, and why."""

    number: int
    effective_from: date
    reason: str


def is_in_use(measured: Measured) -> bool:
    """Say whether results are recorded under the newest version, so that its meaning must stand."""
    return not answers_are_known() or last_recorded(measured.id, measured.newest.number) is not None


def change_definition(
    *,
    by: Actor,
    measure_id: int,
    definition: Definition,
    row_version: int,
    today: date,
    domain: str | None = None,
    reason: str = "",
    effective_from: date | None = None,
    fiscal_start: int = 1,
) -> int:
    """Change a definition and return the number of the version it stands in now.

    Wording is changed in place. A changed meaning is a new version from the first day of a period, for a reason;
    points recorded before keep the version they were recorded under. While nothing is recorded under the newest
    version, that version itself is corrected.

    Raises:
        NotFound: no measure that `by` may know of.
        NotAllowed: known, but not theirs to change.
        Invalid: the definition cannot be, or a new version lacks its reason or first day.
        Conflict: somebody else changed it meanwhile.
    """
    measured, place = definable(by, measure_id)
    must_be_in_use(measured)
    heading = measured.domain if domain is None else check_domain(domain)
    old, number = measured.newest.definition, measured.newest.number
    new = replace(checked_definition(definition), version=old.version)
    meaning = changes_meaning(old, new)
    turn = None
    with refuse_duplicate("title", SAVED_TWICE), atomic():
        change_row(measured, row_version, domain=heading)  # first: nobody records while it is asked what is recorded
        if meaning and is_in_use(measured):
            turn = _checked_turn(measured, new, reason, effective_from, today, fiscal_start)
        if turn is None:
            store_in_place(measure_id, number, new)
        else:
            number = turn.number
            store_version(measure_id, number, new, turn.effective_from, turn.reason, by=by)
            _follow_strata(measure_id, new.strata)
        _tell(by, place, measured, new, meaning, turn)
        if meaning or DECIDES_STATUS & changed_fields(old, new):
            definition_changed(measure_id)
    return number


def earliest_turn(measured: Measured, frequency: str, *, today: date, fiscal_start: int = 1) -> date:
    """Return the first day on which a new version may begin: of this period, or of the first without results."""
    newest = measured.newest
    last = last_recorded(measured.id, newest.number)
    before = max(newest.effective_from, last or newest.effective_from)
    start = period_of(before, frequency, fiscal_start=fiscal_start)
    return max(next_period(start, frequency), period_of(today, frequency, fiscal_start=fiscal_start))


def _checked_turn(
    measured: Measured, new: Definition, reason: str, effective_from: date | None, today: date, fiscal_start: int
) -> Turn:
    """Return the turn to a new version, if its reason and first day can be."""
    faults: dict[str, Sentence | str] = {}
    why = ""
    try:
        why = tidy_line(reason, "reason")
        if not why:
            faults["reason"] = say("This changes what the numbers mean. Say why, for those who read the chart later.")
    except Invalid as fault:
        faults.update(fault.fields)
    wrong = _wrong_day(measured, new, effective_from, today, fiscal_start)
    if wrong:
        faults["effective_from"] = wrong
    if faults or effective_from is None:
        raise Invalid(fields=faults)
    return Turn(measured.newest.number + 1, effective_from, why)


def _wrong_day(
    measured: Measured, new: Definition, day: date | None, today: date, fiscal_start: int
) -> Sentence | None:
    """Return what is wrong with the first day of a new version; None when nothing is."""
    if day is None:
        return say("Say from which day the new meaning holds: the first day of a period.")
    if not is_period_start(day, new.frequency, fiscal_start=fiscal_start):
        return say("{day} is not the first day of a period. Choose the day on which one begins.", day=day)
    newest = measured.newest
    if day <= newest.effective_from:
        return say("The version before begins on {day}. Choose a later day.", day=newest.effective_from)
    last = last_recorded(measured.id, newest.number)
    if last is not None and day <= last:
        period = Period(last, str(newest.definition.frequency))
        return say(
            "{period} is recorded with the old meaning. Choose a later day; old results stay as they are.",
            period=period,
        )
    if day > today + FARTHEST_AHEAD:
        return say("{day} is more than a year ahead. Choose an earlier day.", day=day)
    return None


def store_in_place(measure_id: int, number: int, definition: Definition) -> None:
    """Write a version anew, and the strata it names. Belongs inside `atomic()`, after `change_row`."""
    store.execute(
        update(MeasureVersion)
        .where(MeasureVersion.measure_id == measure_id, MeasureVersion.number == number)
        .values(**version_values(definition))
    )
    _follow_strata(measure_id, definition.strata)


def _follow_strata(measure_id: int, titles: tuple[str, ...]) -> None:
    """Add the strata the definition names anew; keep those it dropped, for their history."""
    there = {_bare(stratum.title): stratum for stratum in strata_of(measure_id)}
    wanted = {_bare(title): title for title in titles}
    for key, stratum in there.items():
        if stratum.is_collected != (key in wanted) or wanted.get(key, stratum.title) != stratum.title:
            values = {"is_collected": key in wanted, "title": wanted.get(key, stratum.title)}
            store.execute(update(Stratum).where(Stratum.id == stratum.id).values(**values))
    new = [title for key, title in wanted.items() if key not in there]
    store_strata(measure_id, new, (stratum.code for stratum in there.values()))


def _bare(title: str) -> str:
    return " ".join(title.split())


def _tell(
    by: Actor,
    place: Place,
    measured: Measured,
    new: Definition,
    meaning: Many[str],
    turn: Turn | None,
) -> None:
    old = measured.newest.definition
    changed = changed_fields(old, new)
    after: dict[str, object] = {"title": new.title, "definition": to_body(new), "fields": names_of_fields(changed)}
    event = events.CORRECTED if meaning else events.WORDING_CHANGED
    if turn is not None:
        event = events.VERSION_BEGUN
        after |= {"fields": names_of_fields(meaning), **asdict(turn), "effective_from": plain(turn.effective_from)}
    if changed or meaning:
        before = {"title": old.title, "definition": to_body(old)}
        record(event, by=by, subject=("measure", measured.id), unit=place, before=before, after=after)
