"""Where each result of a file belongs: its unit, measure and stratum, found once per series; or why nowhere."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from operator import itemgetter
from typing import Protocol

from qitracker.exchange.cells import Reason
from qitracker.exchange.choices import Choices
from qitracker.exchange.mapping import Mapping
from qitracker.exchange.outcome import RowResult
from qitracker.exchange.spots import Spot
from qitracker.exchange.why import MEASURE, PERIOD, STRATUM, UNIT
from qitracker.foundation.actor import Place
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say
from qitracker.measures.queries import Measured
from qitracker.measures.rules import rolls_up
from qitracker.people.rules import check_code

FOREVER = date.max
BARE = re.compile(r"\d[\w.+–-]{0,5}|\w")  # a number, a range of them, or one letter
UNKNOWN_UNIT = say("Unknown unit {code}, or one you do not reach here. Check the code.")
KEY = itemgetter(1, 2, 3)  # unit, measure, stratum of a result
Span = tuple[date, date | None]


class Known(Protocol):
    """What placing asks of the installation."""

    taken: set[str]

    def unit(self, code: str) -> Spot | None:
        """Return the unit with that code, if it is in reach."""

    def measure(self, name: str) -> Measured | None:
        """Return the measure that the text names."""

    def stratum(self, measured: Measured, text: str) -> int | None:
        """Return the stratum that the text names, 0 for the total."""

    def collecting(self, measured: Measured) -> "dict[int, Span]":
        """Return by unit the first and last day on which it collects the measure."""

    def is_parent(self, measured: Measured, spot: Spot) -> bool:
        """Say whether the unit is added up from units below it."""

    def barrier_to_strata(self, measured: Measured) -> Sentence | None:
        """Return why no stratum can be added to the measure; None where one can."""


@dataclass(frozen=True)
class Target:
    """One series that rows of the file belong to, and the first and last period that may be recorded in it."""

    spot: Spot
    measured: Measured
    stratum_id: int  # below 0: it would be made
    first: date
    last: date
    since: date | None  # the first period the unit collects now; None: it would begin
    rows: list[RowResult] = field(default_factory=list, compare=False)


@dataclass
class Plans:
    """What an import would make on its way, under numbers below 0 until it is made."""

    units: dict[str, Spot] = field(default_factory=dict)  # by code
    strata: dict[tuple[int, str], int] = field(default_factory=dict)  # by measure and title
    collections: dict[int, dict[int, date]] = field(default_factory=dict)  # by measure: unit, first day

    @property
    def is_empty(self) -> bool:
        """Whether nothing new is needed."""
        return not (self.units or self.strata or self.collections)

    def name_units(self, names: dict[str, str]) -> None:
        """Call units by these names, given by code; a unit without one keeps its code as its name."""
        self.units |= {code: replace(self.units[code], name=name) for code, name in names.items()}


class Placer:
    """Sorts results by series; remembers the reason for each series that cannot be."""

    def __init__(self, known: Known, mapping: Mapping, choices: Choices, below: Place | None) -> None:
        self._known = known
        self._mapping = mapping
        self._choices = choices
        self._below = below  # where new units go, None: nowhere
        self.plans = Plans()
        self.targets: list[Target] = []
        self._by_ids: dict[tuple[int, int, int], Target] = {}
        self.refused: list[tuple[Reason, list[RowResult]]] = []
        self._buckets: dict[tuple[str, str, str], Callable[[RowResult], None]] = {}

    def add(self, ready: Iterable[RowResult]) -> None:
        """Put each result with its series; where that is, is found when its first row comes."""
        buckets = self._buckets
        for result in ready:
            key = KEY(result)
            try:
                buckets[key](result)
            except KeyError:
                buckets[key] = put = self._bucket(key)
                put(result)

    def _bucket(self, key: tuple[str, str, str]) -> Callable[[RowResult], None]:
        target = self._target(*key)
        if isinstance(target, Reason):
            rows: list[RowResult] = []
            self.refused.append((target, rows))
            return rows.append
        ids = (target.spot.id, target.measured.id, target.stratum_id)
        if ids not in self._by_ids:  # a measure may be named in two ways
            self._by_ids[ids] = target
            self.targets.append(target)
        return self._by_ids[ids].rows.append

    def _target(self, code: str, name: str, stratum: str) -> Target | Reason:
        spot = self._known.unit(code) or self._new_unit(code)
        measured = self._known.measure(name)
        if measured is None:
            words = say("There is no measure “{measure}”. Adopt it first, or map its name.", measure=name)
            return Reason(self._mapping.measure, words, MEASURE)
        if isinstance(spot, Reason):
            return spot
        wrong = self._wrong_place(spot, measured)
        if wrong:
            return wrong
        stratum_id = self._stratum(measured, stratum)
        if isinstance(stratum_id, Reason):
            return stratum_id
        return self._timed(spot, measured, stratum_id)

    def _new_unit(self, code: str) -> Spot | Reason:
        if self._below is None or code in self._known.taken:
            return Reason(self._mapping.unit, Sentence(UNKNOWN_UNIT.text, {"code": code}), UNIT)
        if code not in self.plans.units:
            try:
                check_code(code)
            except Invalid as refusal:
                return Reason(self._mapping.unit, say("{words}", words=refusal.words), UNIT)
            number = -1 - len(self.plans.units)
            lineage = (number, *self._below.lineage)
            self.plans.units[code] = Spot(number, code, code, lineage, may_define=self._choices.collections)
        return self.plans.units[code]

    def _wrong_place(self, spot: Spot, measured: Measured) -> Reason | None:
        frequency, found = measured.definition.frequency, self._mapping.period.frequency
        if frequency != found and all(one.definition.frequency != found for one in measured.versions):
            return Reason(
                self._mapping.period.start or self._mapping.period.year,
                say(
                    "{measure} is recorded by {wanted}, this file is read by {found}. Choose how often it reports.",
                    measure=measured.title,
                    wanted=frequency.value,
                    found=found,
                ),
                PERIOD,
            )
        if measured.unit_id not in spot.lineage:
            return self._at_unit(say("{measure} is not used in {unit}.", measure=measured.title, unit=spot.name))
        if self._known.is_parent(measured, spot):
            words = say("{unit} is added up from the units below it. Import the results of those.", unit=spot.name)
            return self._at_unit(words)
        return None

    def _stratum(self, measured: Measured, text: str) -> int | Reason:
        title = self._titled(text)
        for one in (text, title):
            found = self._known.stratum(measured, one)
            if found is not None:
                return found
        wrong = self._no_stratum(measured, text)
        if wrong is not None:
            return Reason(self._mapping.strata[0] if self._mapping.strata else "", wrong, STRATUM)
        return self.plans.strata.setdefault((measured.id, title), -1 - len(self.plans.strata))

    def _titled(self, text: str) -> str:
        """Return what a stratum is called; a bare number or letter says nothing without its column: "type 1"."""
        if len(self._mapping.strata) != 1 or not BARE.fullmatch(text):
            return text
        column = re.sub(r"[\W_]+", " ", self._mapping.strata[0].casefold())
        return f"{column} {text}".strip()

    def _no_stratum(self, measured: Measured, text: str) -> Sentence | None:
        """Return why rows of this unknown stratum have no place; None where it would be made."""
        if not self._choices.strata:
            return say(
                "{measure} has no stratum “{stratum}”. Map its name, or let strata be added.",
                measure=measured.title,
                stratum=text,
            )
        barrier = self._known.barrier_to_strata(measured)
        return barrier and say("“{stratum}” cannot be added. {why}", stratum=text, why=barrier)

    def _timed(self, spot: Spot, measured: Measured, stratum_id: int) -> Target | Reason:
        spans = self._known.collecting(measured)
        span = spans.get(spot.id)
        last = min(day or FOREVER for day in (spot.last_day, measured.retired_on, span[1] if span else None))
        may_begin = self._choices.collections and spot.may_define
        if span is None and may_begin and rolls_up(measured.definition.scoring):
            above = next((unit_id for unit_id in spot.lineage[1:] if unit_id in spans), None)
            if above is not None:
                return self._at_unit(say("A unit above {unit} collects this measure itself.", unit=spot.name))
        if span is None and not may_begin:
            return self._at_unit(
                say(
                    "{unit} does not collect {measure}. Let units begin to collect, or add it on the measure's page.",
                    unit=spot.name,
                    measure=measured.title,
                )
            )
        first = date.min if may_begin else span[0] if span else FOREVER
        return Target(spot, measured, stratum_id, first, last, since=span[0] if span else None)

    def _at_unit(self, words: Sentence) -> Reason:
        return Reason(self._mapping.unit, words, UNIT)
