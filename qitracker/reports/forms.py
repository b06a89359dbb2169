"""The form that asks for a report."""

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from qitracker.measures.queries import Measured
from qitracker.reports.rules import Wish
from qitracker.web.forms import Form


class ReportForm(Form):
    """Measures, period, paper."""

    measures = SelectMultipleField(
        _("Measures"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    first = DateField(_("From"), [InputRequired(_("Enter the first day as a date."))])
    last = DateField(_("To"), [InputRequired(_("Enter the last day as a date."))])
    paper = RadioField(
        _("Paper"), choices=[SelectChoice("a4", "A4"), SelectChoice("letter", "US Letter")], default="a4"
    )

    def offer(self, measures: Sequence[Measured], *, first: date, last: date, chosen: str = "") -> None:
        """Fill the choices; before the form is sent, tick what was asked for, or all, and set the dates."""
        self.measures.choices = [SelectChoice(one.id, one.title) for one in measures]
        if not self.is_submitted():
            self.measures.data = [one.id for one in measures if chosen in ("", one.slug)]
            self.first.data, self.last.data = first, last

    def wish(self) -> Wish:
        """Return what was asked for."""
        return Wish(tuple(self.measures.data or ()), self.first.data, self.last.data, self.paper.data or "")
