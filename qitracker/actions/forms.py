"""Forms of actions: what one says, and where it moves."""

from collections.abc import Sequence
from typing import Any, Final

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from qitracker.actions.hierarchy import STRENGTH_WORDS, Strength, types_of
from qitracker.actions.queries import ActionLine, Offered
from qitracker.actions.rules import ActionState
from qitracker.foundation.words import say
from qitracker.links.rules import Ref
from qitracker.results.keys import SeriesKey, series_key
from qitracker.results.queries.judges import JudgeChoice
from qitracker.web.fields import ChoiceField, DayField
from qitracker.web.filters import reader
from qitracker.web.forms import Form
from qitracker.web.sent import version_seen

NOBODY: Final = ""


class ActionForm(Form):
    """What an action says."""

    title = StringField(_("What is done?"), [InputRequired(_("Say in a few words what is done."))])
    type = ChoiceField(_("What kind of action is it?"), [InputRequired(_("Choose what kind of action it is."))])
    owner_id = ChoiceField(_("Owner"), [InputRequired(_("Choose the one person who sees to it."))])
    due = DayField(_("Due"), [InputRequired(_("Enter the day by which it is to be done."))])
    judged_by = ChoiceField(_("Measure that will judge it"), [Optional()])
    detail = TextAreaField(_("Details"), [Optional()])
    seen = HiddenField()

    def offer(self, offered: Offered, *, now: ActionLine | None = None) -> None:
        """Fill the choices: types by strength, people of the unit, measures by unit; what stands now may stay."""
        self.type.choices = [_first(_("Choose a kind")), *_types()]
        self.owner_id.choices = [_first(_("Choose a person")), *_people(offered, now)]
        self.judged_by.choices = [_first(_("None yet")), *_judges(offered.judges, now)]

    def plan(self) -> dict[str, Any]:
        """Return what the commands want."""
        return {
            "title": self.title.data or "",
            "type": self.type.data,
            "owner_id": int(self.owner_id.data),
            "due": self.due.data,
            "detail": self.detail.data or "",
            "judged_by": series_key(self.judged_by.data or NOBODY),
        }


def as_typed(line: ActionLine) -> dict[str, Any]:
    """Return an action as its form holds it."""
    return {
        "title": line.title,
        "type": line.type.code,
        "owner_id": str(line.owner_id),
        "due": line.due,
        "detail": line.detail,
        "judged_by": name_of_series(line.judged_by),
        "seen": str(line.version),
    }


class MoveForm(Form):
    """Where an action moves, why, and when it was done."""

    state = ChoiceField(_("Next step"), [InputRequired(_("Choose the next step."))])
    done_on = DayField(_("Done on"), [Optional()])
    reason = TextAreaField(_("Reason"), [Optional()])
    seen = HiddenField()

    def offer(self, line: ActionLine, moves: Sequence[ActionState]) -> None:
        """Fill the steps that can be taken from where the action stands."""
        self.state.choices = [SelectChoice(str(state), _step(line.state, state)) for state in moves]


def _step(before: ActionState, after: ActionState) -> str:
    match before, after:
        case (_, ActionState.DONE):
            return _("It is done")
        case (_, ActionState.DROPPED):
            return _("Drop it")
        case ActionState.RUNNING, ActionState.PLANNED:
            return _("Back to planned")
        case ActionState.PLANNED, ActionState.RUNNING:
            return _("Begin it")
        case _:
            return _("Take it up again")


def seen_in(form: Any) -> int:
    """Return the version a form was filled in on; one that is no number was never shown."""
    return version_seen(form.seen.data)


def name_of_series(key: SeriesKey | None) -> str:
    """Return the series as a choice names it."""
    return key.subject[1] if key else NOBODY


def ref_named(text: str) -> Ref | None:
    """Return what an address names as answered ("row:12", "episode:3"), None where it names nothing."""
    kind, mark, ident = text.partition(":")
    return Ref(kind, ident) if mark and kind and ident and len(text) < 100 else None


def _first(words: Any) -> SelectChoice:
    return SelectChoice(NOBODY, words)


def _types() -> list[SelectChoice]:
    return [
        SelectChoice(one.code, reader().say(one.title), optgroup=reader().say(STRENGTH_WORDS[strength]))
        for strength in Strength
        for one in types_of(strength)
    ]


def _people(offered: Offered, now: ActionLine | None) -> list[SelectChoice]:
    people = [
        SelectChoice(str(one.id), f"{one.name}, {one.discipline}" if one.discipline else one.name)
        for one in offered.people
    ]
    if now is not None and all(one.id != now.owner_id for one in offered.people):
        people.append(SelectChoice(str(now.owner_id), now.owner_name))
    return people


def _judges(judges: Sequence[JudgeChoice], now: ActionLine | None) -> list[SelectChoice]:
    found = [SelectChoice(name_of_series(one.key), one.title, optgroup=one.unit_name) for one in judges]
    if now is not None and now.judged_by and all(one.key != now.judged_by for one in judges):
        kept = reader().say(say("The measure that judges it now"))
        found.append(SelectChoice(name_of_series(now.judged_by), kept))
    return found
