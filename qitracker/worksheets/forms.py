"""What is typed about worksheets: a new one, its state, its team, and one row as a plain form."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired

from qitracker.foundation.words import Sentence
from qitracker.people.queries.names import PersonChoice
from qitracker.web.fields import ChoiceField, TicksField
from qitracker.web.filters import reader
from qitracker.web.forms import Form
from qitracker.worksheets.kinds import KINDS
from qitracker.worksheets.queries import SheetPage
from qitracker.worksheets.rules.scales import Scale
from qitracker.worksheets.rules.states import MOVES, WORDS
from qitracker.worksheets.sheet_kind import CHOICE, SCORE, Column, SheetRow


class NewSheetForm(Form):
    """What a new worksheet is called, and for which unit."""

    title = StringField(_("Title"), [InputRequired(_("Give the worksheet a title."))])
    kind = ChoiceField(_("Kind"))
    unit = ChoiceField(_("Unit"))

    def offer(self, units: list[SelectChoice]) -> None:
        """Fill the choices: all kinds, and the units where one may be made."""
        self.kind.choices = [SelectChoice(kind.code, _said(kind.title)) for kind in KINDS.kinds.values()]
        self.unit.choices = units


class SheetForm(Form):
    """Title and state of a worksheet, and why it is deleted."""

    title = StringField(_("Title"))
    state = ChoiceField(_("State"))
    reason = StringField(_("Why is it deleted?"))
    seen = HiddenField()

    def offer(self, page: SheetPage) -> None:
        """Fill the states it may go to from here, the one it is in first."""
        self.state.choices = [
            SelectChoice(state.value, _alone(WORDS[state])) for state in (page.state, *MOVES[page.state])
        ]


class TeamForm(Form):
    """Who fills a worksheet in together, and who leads them."""

    people = TicksField(_("In the team"))
    leader = ChoiceField(_("Leads the team"))

    def offer(self, people: Sequence[PersonChoice]) -> None:
        """Fill the choices with the people who hold a role around the unit, each with their discipline."""
        named = [SelectChoice(str(one.id), _person(one)) for one in people]
        self.people.choices = named
        self.leader.choices = [SelectChoice("", _("Nobody yet")), *named]

    def team(self) -> tuple[list[int], int | None]:
        """Return the numbers of the people, and of whoever leads them."""
        return [int(each) for each in self.people.data or ()], int(self.leader.data) if self.leader.data else None


def _person(person: PersonChoice) -> str:
    return f"{person.name}, {person.discipline}" if person.discipline else person.name


def row_form(row: SheetRow, columns: tuple[Column, ...], scale: Scale | None) -> Form:
    """Return a form with one field for each column, and the version of each cell that was seen."""
    fields: dict[str, Any] = {}
    for column in columns:
        fields[column.code] = _field(column, scale)
        fields[f"seen_{column.code}"] = HiddenField()
    made = type("RowForm", (Form,), fields)
    values = {column.code: row.text(column.code) for column in columns}
    seen = {
        f"seen_{column.code}": str(row.cells[column.code].version if column.code in row.cells else 0)
        for column in columns
    }
    form: Form = made(data=values | seen)
    return form


def _field(column: Column, scale: Scale | None) -> Any:
    label = _said(column.title)
    if column.kind == SCORE and scale is not None:
        anchors = [SelectChoice(str(score), f"{score}  {_said(words)}") for score, words in scale.anchors(column.axis)]
        return ChoiceField(label, choices=[SelectChoice("", _("Not scored yet")), *anchors])
    if column.kind == CHOICE:
        named = [SelectChoice(code, _said(words)) for code, words in column.choices]
        return ChoiceField(label, choices=[SelectChoice("", _("Not said yet")), *named])
    return TextAreaField(label, description=_said(column.hint) if column.hint else "")


def _said(words: Sentence) -> str:
    return reader().say(words)


def _alone(words: Sentence) -> str:
    """Return words that stand within sentences elsewhere as they stand alone: with a capital."""
    said = _said(words)
    return said[:1].upper() + said[1:]
