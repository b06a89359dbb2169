"""Which file goes where, and how it is opened."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired

from qitracker.exchange.formats.table import Detected, ReadAs
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say
from qitracker.measures.queries import Measured
from qitracker.people.choosing import unit_choices
from qitracker.people.queries import UnitChoice
from qitracker.web.filters import reader
from qitracker.web.forms import Form

ENCODINGS = ("utf-8", "cp1252", "latin-1", "utf-16", "cp850", "mac-roman")
DELIMITERS = (
    SelectChoice(",", _("Comma")),
    SelectChoice(";", _("Semicolon")),
    SelectChoice("\t", _("Tab")),
    SelectChoice("|", _("Upright bar")),
)


class SendForm(Form):
    """A file, the unit it belongs to, and the measure it gives, where it is one."""

    file = FileField(_("File"), [FileRequired(_("Choose a file."))])
    unit = SelectField(_("Where to"), validators=[InputRequired(_("Choose where its results belong."))])
    measure = SelectField(_("Which measure"))

    def offer(self, units: Iterable[UnitChoice], measures: Iterable[Measured]) -> None:
        """Fill in the units and measures to choose from."""
        self.unit.choices = unit_choices(units)
        several = reader().say(say("The file says which"))
        self.measure.choices = [
            SelectChoice("", several),
            *(SelectChoice(str(one.id), one.title) for one in measures),
        ]

    @property
    def measure_id(self) -> int | None:
        """Return the measure for the whole file, None where the file names it."""
        return int(self.measure.data) if self.measure.data else None


class ReadingForm(Form):
    """How the file is opened; what is left as found is detected."""

    encoding = SelectField(_("Text encoding"))
    delimiter = SelectField(_("Between the cells"))
    sheet = SelectField(_("Sheet"))
    header_row = StringField(_("Row with the column names"), filters=[lambda text: (text or "").strip()])

    def offer(self, detected: Detected) -> None:
        """Fill in what can be chosen for a file of this format; take out what its format does not have."""
        found = SelectChoice("", reader().say(say("As detected")))
        self.encoding.choices = [found, *map(SelectChoice, ENCODINGS)]
        self.delimiter.choices = [found, *DELIMITERS]
        self.sheet.choices = [found, *map(SelectChoice, detected.sheets)]
        if detected.format == "csv":
            del self.sheet
        else:
            del self.encoding, self.delimiter

    def read_as(self) -> ReadAs:
        """Return what was chosen. Raises Invalid."""
        return ReadAs(
            encoding=self._chosen("encoding"),
            delimiter=self._chosen("delimiter"),
            sheet=self._chosen("sheet"),
            header_row=_row_number(self.header_row.data),
        )

    def _chosen(self, name: str) -> str | None:
        return (self[name].data or None) if name in self else None


def shown_reading(read_as: ReadAs) -> dict[str, str]:
    """Return what the form shows first."""
    return {
        "encoding": read_as.encoding or "",
        "delimiter": read_as.delimiter or "",
        "sheet": read_as.sheet or "",
        "header_row": str(read_as.header_row or ""),
    }


def _row_number(text: str | None) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 10_000):
        raise Invalid(say("Enter the number of the row, such as 1."), field="header_row")
    return int(text)
