"""Fields that forms of all kinds share: one of some choices, any of them, a day. They refuse in our own words."""

from typing import Any, Final

from wtforms import DateField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from qitracker.foundation.words import Sentence, say
from qitracker.web.filters import reader

NOT_OFFERED: Final = say("This is not one of the choices. Choose from those offered.")


def refuse(words: Sentence | str) -> StopValidation:
    """Return the fault that shows `words` beside a field."""
    return StopValidation(reader().say(words))


class ChoiceField(SelectField):
    """One of the choices offered; refused in our own words."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what was not offered."""
        if not any(value == self.data for value, *_ in self.iter_choices()):
            raise refuse(NOT_OFFERED)


class PickField(RadioField):
    """One of the choices offered, all in view."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = "RadioField"  # templates lay it out by this name

    def pre_validate(self, form: Any) -> None:
        """Refuse what was not offered; that nothing was chosen is told by its validator."""
        if self.data and not any(value == self.data for value, *_ in self.iter_choices()):
            raise refuse(NOT_OFFERED)


class DayField(DateField):
    """A day of the calendar. What was typed is kept when there is no such day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; a day that does not exist is refused in our own words."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(reader().say(say("There is no such day. Write it like 2026-03-14."))) from None


class TicksField(SelectMultipleField):
    """Any number of choices, each a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        """Refuse what was not offered, in our words."""
        offered = {self.coerce(value) for value, *_ in self.iter_choices()}
        if any(value not in offered for value in self.data or ()):
            raise refuse(NOT_OFFERED)
