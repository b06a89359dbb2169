"""What is typed about worksheets: a new one, its state, and one row as a plain form."""

from typing import Any, Final

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from qitracker.foundation.words import Sentence
from qitracker.web.filters import reader
from qitracker.web.forms import Form
from qitracker.worksheets.kinds import KINDS
from qitracker.worksheets.queries import SheetPage
from qitracker.worksheets.rules.scales import Scale
from qitracker.worksheets.rules.states import MOVES, WORDS
from qitracker.worksheets.sheet_kind import CHOICE, SCORE, Column, SheetRow

NOT_OFFERED: Final = _("This is not one of the choices. Choose from those offered.")


class NewSheetForm(Form):
    """What a new worksheet is called, and for which unit."""

    title = StringField(_("Title"), [InputRequired(_("Give the worksheet a title."))])
    kind = SelectField(_("Kind"), invalid_choice_message=NOT_OFFERED)
    unit = SelectField(_("Unit"), invalid_choice_message=NOT_OFFERED)

    def offer(self, units: list[tuple[str, str]]) -> None:
        """Fill the choices: all kinds, and the units (slug, words) where one may be made."""
        self.kind.choices = [SelectChoice(kind.code, _said(kind.title)) for kind in KINDS.kinds.values()]
        self.unit.choices = [SelectChoice(slug, words) for slug, words in units]


class SheetForm(Form):
    """Title and state of a worksheet, and why it is deleted."""

    title = StringField(_("Title"))
    state = SelectField(_("State"), invalid_choice_message=NOT_OFFERED)
    reason = StringField(_("Why is it deleted?"))
    seen = HiddenField()

    def offer(self, page: SheetPage) -> None:
        """Fill the states it may go to from here, the one it is in first."""
        self.state.choices = [
            SelectChoice(state.value, _said(WORDS[state])) for state in (page.state, *MOVES[page.state])
        ]


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
        return SelectField(
            label, choices=[SelectChoice("", _("Not scored yet")), *anchors], invalid_choice_message=NOT_OFFERED
        )
    if column.kind == CHOICE:
        named = [SelectChoice(code, _said(words)) for code, words in column.choices]
        return SelectField(
            label, choices=[SelectChoice("", _("Not said yet")), *named], invalid_choice_message=NOT_OFFERED
        )
    return TextAreaField(label, description=_said(column.hint) if column.hint else "")


def _said(words: Sentence) -> str:
    return reader().say(words)
