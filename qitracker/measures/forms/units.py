"""Forms of who uses a measure: adopt it, choose its units, name people, retire it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired

from qitracker.foundation.words import say
from qitracker.measures.forms.fields import INCOMPLETE, number_or_none
from qitracker.people.choosing import unit_choices
from qitracker.people.queries import UnitChoice
from qitracker.people.queries.names import PersonChoice
from qitracker.web.fields import ChoiceField, DayField, TicksField
from qitracker.web.filters import reader
from qitracker.web.forms import Form
from qitracker.web.sent import version_seen


class AdoptForm(Form):
    """Where a measure of the library is taken into use."""

    at = ChoiceField(_("Defined for"), validators=[InputRequired(say("Choose where it is defined."))])
    units = TicksField(_("Units that collect it"))
    begins = DayField(_("Collected from"), [InputRequired(say("Enter the first day as a date."))])
    owner = ChoiceField(_("Owner"), default="")

    @property
    def owner_id(self) -> int | None:
        """Return whom the form names as owner."""
        return number_or_none(self.owner.data)


class UnitsForm(Form):
    """Exactly these units collect the measure from a day on."""

    units = TicksField(_("Units that collect it"))
    day = DayField(_("From which day on"), [InputRequired(say("Enter the first day as a date."))])
    seen = HiddenField(validators=[InputRequired(INCOMPLETE)])


class PersonForm(Form):
    """Who owns a measure, or answers for it in one unit."""

    person = ChoiceField(_("Person"), default="")
    seen = HiddenField(validators=[InputRequired(INCOMPLETE)])

    @property
    def person_id(self) -> int | None:
        """Return whom the form names."""
        return number_or_none(self.person.data)


class RetireForm(Form):
    """Why a measure is no longer collected."""

    reason = TextAreaField(
        _("Why is it no longer collected?"), [InputRequired(say("Say why it is no longer collected."))]
    )
    seen = HiddenField(validators=[InputRequired(INCOMPLETE)])


class StratumForm(Form):
    """Another title of a stratum."""

    title = StringField(_("Title"), [InputRequired(say("A stratum has no name. Name it or take it away."))])
    seen = HiddenField(validators=[InputRequired(INCOMPLETE)])


class SeenForm(Form):
    """A deed that needs only the version it was decided on."""

    seen = HiddenField(validators=[InputRequired(INCOMPLETE)])


def seen(form: Any) -> int:
    """Return the version a form was filled in on; one that is no number was never shown."""
    return version_seen(form.seen.data)


def offer_units(form: Any, units: Sequence[UnitChoice], people: Sequence[PersonChoice]) -> None:
    """Fill where a measure may be defined, which units may collect it, and who may own it."""
    form.at.choices = unit_choices(units)
    form.units.choices = unit_choices(units)
    form.owner.choices = person_choices(people)


def person_choices(people: Sequence[PersonChoice]) -> list[SelectChoice]:
    """Return people for a select, nobody first."""
    named = [
        SelectChoice(str(one.id), f"{one.name}, {one.discipline}" if one.discipline else one.name) for one in people
    ]
    return [SelectChoice("", reader().say(say("Nobody by name"))), *named]


def chosen_units(form: Any) -> tuple[int, ...]:
    """Return the ids of the ticked units."""
    return tuple(int(value) for value in form.units.data or ())
