"""Forms of people and places: labels, hints and the shape of what is entered."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from wtforms import (
    DateField,
    EmailField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from qitracker.foundation.errors import Invalid
from qitracker.foundation.permissions import Role
from qitracker.people.choosing import unit_choices
from qitracker.people.doubts import Doubt
from qitracker.people.rules import KINDS, ROLE_DESCRIPTIONS, ROLE_TITLES
from qitracker.web.filters import reader
from qitracker.web.forms import Form

NO_OWN = ""
LARGEST_VERSION = 2**31 - 1


class AskingForm(Form):
    """A form whose deed may have to be confirmed: it comes back with the question beside a field, and the answer."""

    sure = HiddenField()
    warned: Mapping[str, str] = {}

    def show(self, problem: Invalid) -> None:
        """Show a doubt as a question, anything else as what is wrong."""
        if isinstance(problem, Doubt):
            self.sure.data = problem.answer
            self.warned = {name: reader().say(words) for name, words in problem.fields.items()}
        else:
            super().show(problem)


class VersionField(IntegerField):
    """The hidden version that a change was decided on; what cannot be one is refused before anything counts with it."""

    widget = HiddenField.widget

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        super().process_formdata([text[: len(str(LARGEST_VERSION))] for text in valuelist])


def version_seen() -> VersionField:
    """Return the hidden version that a change was decided on."""
    return VersionField(validators=[InputRequired(), NumberRange(0, LARGEST_VERSION)])


class UnitForm(Form):
    """What is known of a unit."""

    name = StringField(_("Name"), [InputRequired(_("Enter a name."))])
    code = StringField(_("Code"), [InputRequired(_("Enter the code your organisation uses for this unit."))])
    valid_from = DateField(_("First day"), [InputRequired(_("Enter the first day as a date."))])
    timezone = StringField(_("Time zone"), [Optional()])
    calendar = SelectField(_("Working calendar"), [Optional()], coerce=lambda value: int(value) if value else None)


class AddUnitForm(UnitForm):
    """A new unit, below another."""

    parent = SelectField(_("Stands below"), [InputRequired(_("Choose what it stands below."))], coerce=int)
    kind = RadioField(_("What it is"), default="unit")

    def offer(self, parents, calendars) -> None:  # type: ignore[no-untyped-def]
        """Fill the choices."""
        self.parent.choices = unit_choices(parents)
        self.kind.choices = [
            SelectChoice(kind, reader().say(words)) for kind, words in KINDS.items() if kind != "organisation"
        ]
        offer_calendars(self, calendars)


class EditUnitForm(UnitForm):
    """Changes to a unit, with the version they were made on."""

    seen = version_seen()


def offer_calendars(form: UnitForm, calendars) -> None:  # type: ignore[no-untyped-def]
    """Let a unit choose a calendar or take that of the unit above."""
    form.calendar.choices = [
        SelectChoice(NO_OWN, _("As the unit above")),
        *(SelectChoice(row.id, row.name) for row in calendars),
    ]


class MoveForm(Form):
    """A new place in the tree."""

    parent = SelectField(_("New place, below"), [InputRequired(_("Choose its new place."))], coerce=int)
    seen = version_seen()


class MergeForm(AskingForm):
    """The unit that goes on, and the last day of the one that ends."""

    target = SelectField(_("Goes on as"), [InputRequired(_("Choose the unit that goes on."))], coerce=int)
    last_day = DateField(_("Last day"), [InputRequired(_("Enter the last day as a date."))])
    seen = version_seen()


class CloseForm(AskingForm):
    """The last day of a unit."""

    last_day = DateField(_("Last day"), [InputRequired(_("Enter the last day as a date."))])
    seen = version_seen()


class SeenForm(Form):
    """A deed that needs only the version it was decided on."""

    seen = version_seen()


class CalendarForm(Form):
    """A new working calendar."""

    name = StringField(_("Name"), [InputRequired(_("Enter a name."))])
    country = StringField(_("Country"))
    subdivision = StringField(_("Part of the country"))


class DayOffForm(Form):
    """One day off of a site's own."""

    day = DateField(_("Day"), [InputRequired(_("Enter the day as a date."))])
    name = StringField(_("Name of the day"), [InputRequired(_("Enter a name."))])


class RoleForm(Form):
    """A role and where it holds."""

    role = RadioField(_("Role"), [InputRequired(_("Choose a role."))])
    unit = SelectField(_("Where"), [InputRequired(_("Choose where the role holds."))], coerce=int)

    def offer(self, units) -> None:  # type: ignore[no-untyped-def]
        """Fill the choices: each role with what it includes, and the units in reach."""
        self.role.choices = [
            SelectChoice(role.value, f"{reader().say(ROLE_TITLES[role])}: {reader().say(ROLE_DESCRIPTIONS[role])}")
            for role in Role
        ]
        self.unit.choices = unit_choices(units)


class InviteForm(AskingForm, RoleForm):
    """A new person with a first role."""

    name = StringField(_("Name"), [InputRequired(_("Enter a name."))])
    email = EmailField(_("E-mail address"), [InputRequired(_("Enter an e-mail address."))])
    discipline = StringField(_("Discipline"))


class PersonForm(Form):
    """What an administrator may change of a person."""

    name = StringField(_("Name"), [InputRequired(_("Enter a name."))])
    email = EmailField(_("E-mail address"), [InputRequired(_("Enter an e-mail address."))])
    discipline = StringField(_("Discipline"))
    seen = version_seen()


LANGUAGES = [SelectChoice("", _("As the browser says")), SelectChoice("en", "English")]


class ProfileForm(Form):
    """What people change of themselves."""

    name = StringField(_("Name"), [InputRequired(_("Enter your name."))])
    discipline = StringField(_("Discipline"))
    language = SelectField(
        _("Language"), [Optional()], choices=[SelectChoice("", _("As the browser says")), SelectChoice("en", "English")]
    )
    seen = version_seen()


class HandOverForm(Form):
    """Who takes over."""

    successor = SelectField(_("Hand over to"), coerce=int)


class TakeUpForm(Form):
    """The password of an invited person."""

    password = PasswordField(_("New password"), [InputRequired(_("Enter a password."))])
    again = PasswordField(_("The same again"), [InputRequired(_("Enter the password a second time."))])

    def validate(self, extra_validators=None) -> bool:  # type: ignore[no-untyped-def]
        """Both entries must agree."""
        if not super().validate(extra_validators):
            return False
        if self.password.data != self.again.data:
            self.again.errors = [_("The two differ. Enter the same password twice.")]
            return False
        return True
