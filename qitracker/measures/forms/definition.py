"""The form of a definition: new, or changed; and of what is asked when its meaning changes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from qitracker.foundation.words import say
from qitracker.measures.forms.fields import (
    INCOMPLETE,
    LinesField,
    NumberField,
    choices,
    explained,
    number_or_none,
)
from qitracker.measures.forms.units import offer_units
from qitracker.measures.rules import (
    Aim,
    Area,
    Definition,
    Frequency,
    Interval,
    Kind,
    Scoring,
    default_chart,
    default_unit,
)
from qitracker.measures.titles import (
    AIM_TITLES,
    AREA_TITLES,
    DIRECTION_TITLES,
    FREQUENCY_TITLES,
    INTERVAL_TITLES,
    KIND_TITLES,
    SCORING_HINTS,
    SCORING_TITLES,
)
from qitracker.people.queries import UnitChoice
from qitracker.people.queries.names import PersonChoice
from qitracker.spc import charts as charts  # registers every chart type
from qitracker.spc import rules as rules  # registers every rule set
from qitracker.spc.analysis import Direction
from qitracker.spc.registry import CHART_TYPES, RULE_SETS
from qitracker.web.fields import ChoiceField, DayField, PickField, TicksField
from qitracker.web.forms import Form

WORDS: Final = (
    *("title", "numerator", "numerator_label", "denominator", "denominator_label", "exclusions"),
    *("source", "sampling", "rationale", "unit"),
)
CODES: Final = ("cms", "cbe", "mips", "local")


class DefinitionForm(Form):
    """All that a definition holds, in the order in which a person thinks of it."""

    title = StringField(_("Title"), [InputRequired(say("A measure needs a title. Say in a few words what it shows."))])
    domain = StringField(_("Heading it stands under"), [InputRequired(say("Say under which heading it stands."))])
    rationale = TextAreaField(_("Why it matters"))
    kind = ChoiceField(_("Kind"), default=Kind.PROCESS.value)
    area = ChoiceField(_("Area (CMS Meaningful Measures)"), default="")
    aims = TicksField(_("Aims"))

    scoring = PickField(_("How the value is made"), validators=[InputRequired(say("Choose how the value is made."))])
    numerator = TextAreaField(_("What is counted"), [InputRequired(say("Say in words what is counted."))])
    numerator_label = StringField(_("Short name of the count"), default="Count")
    denominator = TextAreaField(_("Out of what, or for how much exposure"))
    denominator_label = StringField(_("Short name of the second number"), default="Out of")
    exclusions = TextAreaField(_("What is left out"))
    sampling = TextAreaField(_("Sampling"))
    multiplier = NumberField(_("Shown for how many"))
    interval = ChoiceField(_("Interval of an observed over expected ratio"), default="")
    frequency = ChoiceField(_("How often"), default=Frequency.MONTH.value)
    strata = LinesField(_("Strata"))

    direction = PickField(_("Which way is better"), validators=[InputRequired(say("Choose which way is better."))])
    unit = StringField(_("Unit of the value"))
    decimals = NumberField(_("Decimals"), whole=True, default=1)
    chart = ChoiceField(_("Chart"), default="")
    rule_set = ChoiceField(_("Rules for signals"), default="mdc")
    plausible_low = NumberField(_("Usual values from"))
    plausible_high = NumberField(_("Usual values to"))

    source = TextAreaField(_("Where the numbers come from"))
    due_days = NumberField(_("Due after how many working days"), whole=True, default=10)
    references = LinesField(_("Public sources of the definition"))
    cms = StringField(_("CMS code"))
    cbe = StringField(_("CBE or NQF number"))
    mips = StringField(_("MIPS number"))
    local = StringField(_("Our own code"))

    def offer(self) -> None:
        """Fill the choices in the reader's words."""
        self.kind.choices = choices(KIND_TITLES)
        self.area.choices = choices(AREA_TITLES, empty=say("None"))
        self.aims.choices = choices(AIM_TITLES)
        self.scoring.choices = [
            SelectChoice(code, explained(title, SCORING_HINTS[code])) for code, title in SCORING_TITLES.items()
        ]
        self.direction.choices = choices(DIRECTION_TITLES)
        self.frequency.choices = choices(FREQUENCY_TITLES)
        self.interval.choices = choices(INTERVAL_TITLES, empty=say("None"))
        drawn = {code: say(kind.title) for code, kind in CHART_TYPES.kinds.items()}
        self.chart.choices = choices(drawn, empty=say("The usual one for this kind of value"))
        self.rule_set.choices = choices({code: say(kind.title) for code, kind in RULE_SETS.kinds.items()})

    def definition(self, old: Definition | None = None) -> Definition:
        """Return the typed definition; fields the form does not have stay as in `old`."""
        scoring = Scoring(self.scoring.data)
        values: dict[str, Any] = {name: self[name].data or "" for name in WORDS}
        values |= {
            "scoring": scoring,
            "direction": Direction(self.direction.data),
            "kind": Kind(self.kind.data),
            "area": Area(self.area.data) if self.area.data else None,
            "aims": tuple(aim for aim in Aim if aim.value in (self.aims.data or ())),
            "frequency": Frequency(self.frequency.data),
            "interval": Interval(self.interval.data) if self.interval.data else None,
            "multiplier": self._multiplier(scoring),
            "unit": self.unit.data or default_unit(scoring, self._multiplier(scoring)),
            "decimals": 1 if self.decimals.data is None else self.decimals.data,
            "chart": self.chart.data or default_chart(scoring),
            "rule_set": self.rule_set.data,
            "plausible_low": self.plausible_low.data,
            "plausible_high": self.plausible_high.data,
            "due_days": 10 if self.due_days.data is None else self.due_days.data,
            "strata": tuple(self.strata.data or ()),
            "references": tuple(self.references.data or ()),
            "codes": self._codes(old),
        }
        return Definition(**values) if old is None else replace(old, **values)

    def _multiplier(self, scoring: Scoring) -> float:
        if self.multiplier.data is not None:
            return float(self.multiplier.data)
        return 100.0 if scoring is Scoring.PROPORTION else 1.0

    def _codes(self, old: Definition | None) -> dict[str, str]:
        kept = {} if old is None else {key: code for key, code in old.codes.items() if key not in CODES}
        return kept | {key: code for key in CODES if (code := (self[key].data or "").strip())}


class NewMeasureForm(DefinitionForm):
    """A definition, where it is defined, who collects it from when, and who owns it."""

    at = ChoiceField(_("Defined for"), validators=[InputRequired(say("Choose where it is defined."))])
    units = TicksField(_("Units that collect it"))
    begins = DayField(_("Collected from"), [InputRequired(say("Enter the first day as a date."))])
    owner = ChoiceField(_("Owner"), default="")

    def offer_places(self, units: Sequence[UnitChoice], people: Sequence[PersonChoice]) -> None:
        """Fill the choices of places and people."""
        offer_units(self, units, people)

    @property
    def owner_id(self) -> int | None:
        """Return whom the form names as owner."""
        return number_or_none(self.owner.data)


class ChangeForm(DefinitionForm):
    """A changed definition; reason and first day belong to a changed meaning only."""

    reason = TextAreaField(_("Why does the meaning change?"))
    effective_from = DayField(_("From which day on"), [Optional()])
    asked = HiddenField()  # "1" once the page has asked for reason and day
    seen = HiddenField(validators=[InputRequired(INCOMPLETE)])


def as_typed(definition: Definition) -> dict[str, Any]:
    """Return what the form shows of a definition."""
    names = (*WORDS, "decimals", "multiplier", "plausible_low", "plausible_high", "due_days", "strata", "references")
    values: dict[str, Any] = {name: getattr(definition, name) for name in names}
    for name in ("kind", "scoring", "direction", "frequency"):
        values[name] = getattr(definition, name).value
    values["area"] = definition.area.value if definition.area else ""
    values["interval"] = definition.interval.value if definition.interval else ""
    values["aims"] = [aim.value for aim in definition.aims]
    values["chart"], values["rule_set"] = definition.chart, definition.rule_set
    return values | {key: definition.codes.get(key, "") for key in CODES}
