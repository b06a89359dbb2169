"""The form of a benchmark or target: figure, whose it is, where it comes from, when it holds."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectChoice, StringField
from wtforms.validators import InputRequired, Optional

from qitracker.foundation.words import say
from qitracker.measures.benchmark_rules import (
    BENCHMARK_KIND_TITLES,
    STATISTIC_TITLES,
    Benchmark,
    BenchmarkKind,
    Path,
    Statistic,
)
from qitracker.measures.forms.fields import (
    NumberField,
    StepsField,
    beside,
    choices,
    number_or_none,
)
from qitracker.people.choosing import unit_choices
from qitracker.people.queries import UnitChoice
from qitracker.web.fields import ChoiceField, DayField, PickField
from qitracker.web.filters import reader
from qitracker.web.forms import Form

PATH_TITLES = {Path.STEP: say("Stays until the next date"), Path.LINEAR: say("Moves evenly to the next date")}


class BenchmarkForm(Form):
    """One figure to compare with."""

    kind = PickField(_("Whose figure it is"), validators=[InputRequired(say("Choose whose figure it is."))])
    value = NumberField(_("Value"))
    trajectory = StepsField(_("Or a target that moves: one date and value a line"))
    path = ChoiceField(_("Between the dates it"), default=Path.STEP.value)
    percentiles = StepsField(_("Or percentiles: one percentile and value a line"))
    statistic = ChoiceField(_("What the figure says of its population"), default=Statistic.MEAN.value)
    population = StringField(_("Whom it was measured on"))

    source = StringField(_("Source"))
    source_url = StringField(_("Link to the source"))
    data_period = StringField(_("Period of its data"))
    published = DayField(_("Published on"), [Optional()])
    licence = StringField(_("Licence"))

    effective_from = DayField(_("Holds from"), [Optional()])
    effective_to = DayField(_("Holds to"), [Optional()])
    place = ChoiceField(_("Holds for"), default="")
    seen = HiddenField()

    def offer(self, units: Sequence[UnitChoice], *, everywhere: bool, kept: tuple[int, str] | None = None) -> None:
        """Fill the choices; `everywhere` lets it hold for all units, `kept` is where it holds now."""
        self.kind.choices = choices(BENCHMARK_KIND_TITLES)
        self.statistic.choices = choices(STATISTIC_TITLES)
        self.path.choices = choices(PATH_TITLES)
        offered = [SelectChoice("", reader().say(say("All units that use the measure")))] if everywhere else []
        offered += unit_choices(units)
        if kept is not None and kept[0] not in {unit.id for unit in units}:
            offered.append(SelectChoice(str(kept[0]), kept[1]))
        self.place.choices = offered

    def benchmark(self) -> Benchmark:
        """Return the typed benchmark. Raises Invalid beside what cannot be read."""
        kind = BenchmarkKind(self.kind.data)
        return Benchmark(
            kind=kind,
            statistic=Statistic.TARGET if kind is BenchmarkKind.TARGET else Statistic(self.statistic.data),
            value=None if self.value.data is None else float(self.value.data),
            trajectory=beside("trajectory", self.trajectory.steps),
            percentiles=beside("percentiles", self.percentiles.percentiles),
            path=Path(self.path.data),
            source=self.source.data or "",
            source_url=(self.source_url.data or "").strip(),
            data_period=self.data_period.data or "",
            published=self.published.data,
            licence=self.licence.data or "",
            population=self.population.data or "",
            effective_from=self.effective_from.data,
            effective_to=self.effective_to.data,
            unit_id=number_or_none(self.place.data),
        )


def benchmark_as_typed(benchmark: Benchmark, version: int) -> dict[str, Any]:
    """Return what the form shows of a benchmark."""
    names = ("value", "population", "source", "source_url", "data_period", "published", "licence")
    values: dict[str, Any] = {name: getattr(benchmark, name) for name in names}
    return values | {
        "kind": benchmark.kind.value,
        "statistic": benchmark.statistic.value,
        "path": benchmark.path.value,
        "trajectory": "\n".join(f"{day.isoformat()} {value:.15g}" for day, value in benchmark.trajectory),
        "percentiles": "\n".join(f"{key} {value:.15g}" for key, value in sorted(benchmark.percentiles.items())),
        "effective_from": benchmark.effective_from,
        "effective_to": benchmark.effective_to,
        "place": "" if benchmark.unit_id is None else str(benchmark.unit_id),
        "seen": str(version),
    }
