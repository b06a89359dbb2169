"""The register as a table to take away: one line for each action."""

from collections.abc import Callable, Iterable
from datetime import date

from qitracker.actions.hierarchy import STRENGTH_WORDS
from qitracker.actions.queries.register import RegisterRow
from qitracker.actions.rules import STATE_WORDS
from qitracker.foundation.locale import round_half_up
from qitracker.foundation.words import Sentence, say
from qitracker.web.downloads.table import Line, TableFile

Say = Callable[[Sentence | str], str]
HEADS = (
    say("Number"),
    say("Action"),
    say("Unit"),
    say("Kind"),
    say("Strength"),
    say("Owner"),
    say("Due"),
    say("State"),
    say("Days overdue"),
    say("Done on"),
    say("Reason"),
    say("Answers"),
    say("Judged by"),
    say("In words"),
    say("Latest value"),
    say("Details"),
    say("Added on"),
    say("Added by"),
)


def register_file(found: Iterable[RegisterRow], *, today: date, say_: Say) -> TableFile:
    """Return the register, one line for each action."""
    return TableFile(
        name="actions",
        sheet=say_(say("Actions")),
        header=tuple(say_(head) for head in HEADS),
        rows=tuple(_row(row, today, say_) for row in found),
    )


def _row(row: RegisterRow, today: date, say_: Say) -> Line:
    line = row.line
    return (
        line.id,
        line.title,
        line.unit.name,
        say_(line.type.title),
        say_(STRENGTH_WORDS[line.strength]),
        line.owner_name,
        line.due,
        say_(STATE_WORDS[line.state]),
        line.days_late(today) or None,
        line.done_on,
        line.reason,
        "; ".join(say_(hop.linked.title) for hop in row.answers),
        *_judged(row, say_),
        line.detail,
        line.made_at.date(),
        line.made_by_name,
    )


def _judged(row: RegisterRow, say_: Say) -> Line:
    if row.judge is None:
        words = say("A measure you do not reach") if row.is_judged_elsewhere else None
        return say_(words) if words else None, None, None
    shown = row.judge.row
    value = None if shown.last_value is None else round_half_up(shown.last_value, shown.definition.decimals)
    return shown.title, say_(shown.words), value
