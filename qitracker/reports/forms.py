"""The form that asks for a report: measures and their parts, period, paper."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, SelectChoice
from wtforms.validators import InputRequired

from qitracker.reports.queries import Offered
from qitracker.reports.rules import IMPROVEMENT, MEASURES, Span, Wanted, Wish
from qitracker.web.fields import TicksField
from qitracker.web.forms import Form


class ReportForm(Form):
    """What the report tells, measures, period, paper."""

    kind = RadioField(
        _("What it tells"),
        choices=[
            SelectChoice(IMPROVEMENT, _("Improvement report: measures, top risks, root causes and actions")),
            SelectChoice(MEASURES, _("Measures only")),
        ],
        default=IMPROVEMENT,
    )
    measures = TicksField(_("Measures"))
    first = DateField(_("From"), [InputRequired(_("Enter the first day as a date."))])
    last = DateField(_("To"), [InputRequired(_("Enter the last day as a date."))])
    paper = RadioField(
        _("Paper"), choices=[SelectChoice("a4", "A4"), SelectChoice("letter", "US Letter")], default="a4"
    )

    def offer(self, offered: Sequence[Offered], span: Span, *, ticked: Sequence[Wanted]) -> None:
        """Fill the choices; before the form is sent, tick what was asked for and set the dates."""
        self.measures.choices = [SelectChoice(one.wanted.sign, one.title) for one in offered]
        if not self.is_submitted():
            self.measures.data = [one.sign for one in ticked]
            self.first.data, self.last.data = span.first, span.last

    def wish(self) -> Wish:
        """Return what was asked for."""
        wanted = tuple(Wanted.of(sign) for sign in self.measures.data or ())
        return Wish(wanted, self.first.data, self.last.data, self.paper.data or "", self.kind.data or "")
