"""The last decisions before an import: all or the good part, keep or correct."""

from dataclasses import replace

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectChoice, StringField

from qitracker.exchange.choices import Choices
from qitracker.web.forms import Form


class DecideForm(Form):
    """How strict the import is, and what happens to results that are recorded with other numbers."""

    whole = RadioField(
        _("If rows are refused"),
        choices=[
            SelectChoice("", _("Import the good rows and leave the others")),
            SelectChoice("yes", _("Import nothing at all")),
        ],
        default="",
    )
    correct = RadioField(
        _("If a period is recorded with other numbers"),
        choices=[
            SelectChoice("", _("Keep what is recorded and refuse the row")),
            SelectChoice("yes", _("Correct what is recorded")),
        ],
        default="",
    )
    reason = StringField(_("Why are they corrected?"), filters=[lambda text: (text or "").strip()])

    def decided(self, before: Choices) -> Choices:
        """Return the choices with these decisions."""
        return replace(
            before, whole=bool(self.whole.data), correct=bool(self.correct.data), reason=self.reason.data or ""
        )


def shown_decisions(choices: Choices) -> dict[str, str]:
    """Return what the form shows first."""
    return {
        "whole": "yes" if choices.whole else "",
        "correct": "yes" if choices.correct else "",
        "reason": choices.reason,
    }
