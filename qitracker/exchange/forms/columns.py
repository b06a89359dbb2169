"""Which column means what: the whole mapping of a file as a form, and back."""

from collections.abc import Iterable
from dataclasses import replace

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField

from qitracker.exchange.choices import Choices
from qitracker.exchange.formats.table import Detected, Marks, RawTable
from qitracker.exchange.forms.pairs import lines_of, pairs_of
from qitracker.exchange.formula import column_formula
from qitracker.exchange.mapping import AMOUNTS, Mapping, PeriodColumns, Pivot, RowFilter, pivoted_header
from qitracker.foundation.words import say
from qitracker.measures.queries import Measured
from qitracker.people.choosing import unit_choices
from qitracker.people.queries import UnitChoice
from qitracker.web.fields import TicksField
from qitracker.web.filters import reader
from qitracker.web.forms import Form

FREQUENCIES = (
    SelectChoice("day", _("Day")), SelectChoice("week", _("Week")), SelectChoice("month", _("Month")),
    SelectChoice("quarter", _("Quarter")), SelectChoice("year", _("Year")), SelectChoice("event", _("Each event")),
)  # fmt: skip
MARKS = (SelectChoice(". ,", _("1,234.5")), SelectChoice(", .", _("1.234,5")))
ORDERS = (SelectChoice("dmy", _("Day first: 31/12/2026")), SelectChoice("mdy", _("Month first: 12/31/2026")))
COLUMNS = ("unit", "measure", "stratum", "stratum_2", "start", "end", "year", "part", "comment", "skip_column")


class ColumnsForm(Form):
    """Columns for unit, measure, strata, period, amounts and comment; long files; what may be made on the way."""

    unit = SelectField(_("Unit"))
    unit_name = SelectField(_("Name of the unit"))
    unit_codes = TextAreaField(_("Codes of units that differ"))
    measure = SelectField(_("Measure"))
    fixed_measure = SelectField(_("Measure of the whole file"))
    measure_codes = TextAreaField(_("Names of measures that differ"))
    stratum = SelectField(_("Stratum"))
    stratum_2 = SelectField(_("Second stratum"))
    start = SelectField(_("Period, or its first day"))
    end = SelectField(_("Its last day"))
    year = SelectField(_("Year"))
    part = SelectField(_("Month, quarter or week of the year"))
    fixed_period = StringField(_("One period for the whole file"))
    frequency = SelectField(_("How often it reports"), choices=FREQUENCIES)
    numerator = StringField(_("Numerator"))
    denominator = StringField(_("Denominator"))
    value = StringField(_("Value"))
    n = StringField(_("Number of cases"))
    comment = SelectField(_("Comment"))
    skip_column = SelectField(_("Leave out rows where this column"))
    skip_words = StringField(_("holds one of these words"))
    skip_empty = BooleanField(_("Leave out rows without any number"))
    number_marks = SelectField(_("Numbers are written like"))
    date_order = SelectField(_("Dates are written"))
    names = SelectField(_("Column that names each value"))
    values = SelectField(_("Column with the values"))
    keys = TicksField(_("Columns that say whose and when"))
    endings = TextAreaField(_("What the names end with"))
    units_below = SelectField(_("Units the installation does not know"))
    collections = BooleanField(_("Units begin to collect with their first period in the file"))
    strata = BooleanField(_("Add strata that a measure does not have yet"))

    def offer(
        self, table: RawTable, pivot: Pivot | None, measures: Iterable[Measured], below: Iterable[UnitChoice]
    ) -> None:
        """Fill in the columns, measures and units to choose from."""
        say_ = reader().say
        none = SelectChoice("", say_(say("None")))
        self.unit_name.choices = [SelectChoice("", say_(say("None: their code"))), *map(SelectChoice, table.header)]
        header = dict.fromkeys((*table.header, *(pivoted_header(pivot) if pivot else ())))
        for name in COLUMNS:
            self[name].choices = [none, *map(SelectChoice, header)]
        self.unit.choices[0] = SelectChoice("", say_(say("The whole file is one unit's")))
        self.measure.choices[0] = SelectChoice("", say_(say("The whole file is one measure")))
        self.fixed_measure.choices = [none, *(SelectChoice(one.slug, one.title) for one in measures)]
        self.names.choices = [SelectChoice("", say_(say("It is not a long file"))), *map(SelectChoice, table.header)]
        self.values.choices = [none, *map(SelectChoice, table.header)]
        self.keys.choices = list(map(SelectChoice, table.header))
        detected = SelectChoice("", say_(say("As detected")))
        self.number_marks.choices, self.date_order.choices = [detected, *MARKS], [detected, *ORDERS]
        refuse = SelectChoice("", say_(say("Refuse their rows")))
        self.units_below.choices = [refuse, *unit_choices(below)]
        if len(self.units_below.choices) == 1:
            del self.units_below

    def mapping(self, detected: Detected, unit_code: str, fiscal_start: int) -> Mapping:
        """Return the mapping that was chosen. Raises Invalid beside the field that cannot be read."""
        return Mapping(
            unit=self.unit.data,
            fixed_unit="" if self.unit.data else unit_code,
            unit_codes=pairs_of(self.unit_codes.data, "unit_codes"),
            unit_name=self.unit_name.data,
            measure=self.measure.data,
            fixed_measure="" if self.measure.data else self.fixed_measure.data,
            measure_codes=pairs_of(self.measure_codes.data, "measure_codes"),
            strata=tuple(filter(None, (self.stratum.data, self.stratum_2.data))),
            period=self._period(fiscal_start),
            comment=self.comment.data,
            filters=self._filters(),
            skip_empty=self.skip_empty.data,
            marks=self._marks(detected),
            pivot=self.pivot(),
            **{name: self._amount(name) for name in AMOUNTS},
        )

    def _period(self, fiscal_start: int) -> PeriodColumns:
        return PeriodColumns(
            start=self.start.data,
            end=self.end.data,
            year=self.year.data,
            part=self.part.data,
            fixed=(self.fixed_period.data or "").strip(),
            frequency=self.frequency.data,
            fiscal_start=fiscal_start,
        )

    def _amount(self, name: str) -> str:
        """Return the formula; the bare name of a column stands for the column."""
        text = (self[name].data or "").strip()
        columns = {one.value for one in self.comment.choices}
        return column_formula(text) if text and text in columns else text

    def _filters(self) -> tuple[RowFilter, ...]:
        words = tuple(word.strip() for word in (self.skip_words.data or "").split(",") if word.strip())
        return (RowFilter(self.skip_column.data, words),) if self.skip_column.data and words else ()

    def _marks(self, detected: Detected) -> dict[str, Marks]:
        """Return the marks of every column where they differ from what was detected."""
        if not self.number_marks.data and not self.date_order.data:
            return {}
        found = {}
        for guess in detected.columns:
            marks = guess.marks
            if self.number_marks.data and guess.kind == "number":
                decimal, thousands = self.number_marks.data.split(" ")
                marks = replace(marks, decimal=decimal, thousands=thousands)
            if self.date_order.data and guess.kind == "date":
                marks = replace(marks, date_order=self.date_order.data)
            if marks != guess.marks:
                found[guess.name] = marks
        return found

    def pivot(self) -> Pivot | None:
        """Return how a long file is made wide, None for a file that is not long. Raises Invalid."""
        if not self.names.data:
            return None
        endings = pairs_of(self.endings.data, "endings")
        return Pivot(tuple(self.keys.data or ()), self.names.data, self.values.data, endings)

    def choices(self) -> Choices:
        """Return what may be made on the way."""
        below = self.units_below.data if "units_below" in self else ""
        return Choices(
            units_below=int(below) if below else None, collections=self.collections.data, strata=self.strata.data
        )


def shown_columns(mapping: Mapping, choices: Choices) -> dict[str, object]:
    """Return what the form shows first."""
    period, pivot = mapping.period, mapping.pivot
    strata = (*mapping.strata, "", "")
    first = mapping.filters[0] if mapping.filters else RowFilter("", ())
    marks = next(iter(mapping.marks.values()), None)
    return {
        "unit": mapping.unit,
        "unit_codes": lines_of(mapping.unit_codes),
        "unit_name": mapping.unit_name,
        "measure": mapping.measure,
        "fixed_measure": mapping.fixed_measure,
        "measure_codes": lines_of(mapping.measure_codes),
        "stratum": strata[0],
        "stratum_2": strata[1],
        "start": period.start,
        "end": period.end,
        "year": period.year,
        "part": period.part,
        "fixed_period": period.fixed,
        "frequency": period.frequency,
        **{name: getattr(mapping, name) for name in AMOUNTS},
        "comment": mapping.comment,
        "skip_column": first.column,
        "skip_words": ", ".join(first.words),
        "skip_empty": mapping.skip_empty,
        "number_marks": f"{marks.decimal} {marks.thousands}" if marks and marks.thousands else "",
        "date_order": marks.date_order if marks else "",
        "names": pivot.names if pivot else "",
        "values": pivot.values if pivot else "",
        "keys": list(pivot.keys) if pivot else [],
        "endings": lines_of(pivot.endings) if pivot else "",
        "units_below": str(choices.units_below or ""),
        "collections": choices.collections,
        "strata": choices.strata,
    }
