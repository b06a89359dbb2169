"""Whether rows can be true: `results.rules.check_entry` is the judge; here is the quick glance that spares most rows.

A whole block whose numbers are beyond doubt passes at once. Anything else is judged row by row, so the answer
is the same on both roads; a property test says so.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from qitracker.exchange.cells import Number
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say
from qitracker.measures.rules import Definition, Scoring, has_denominator
from qitracker.results.rules import WHOLE_DENOMINATOR, WHOLE_NUMERATOR, Entry, check_entry
from qitracker.spc.analysis import State


@dataclass(frozen=True)
class Judge:
    """What is known of the measures. `definitions` by the code that results carry; empty: any code passes.

    Without a definition only what holds for every measure is checked: nothing but 0 over 0.
    """

    definitions: Mapping[str, Definition] = field(default_factory=dict)
    today: date | None = None  # given with definitions
    fiscal_start: int = 1
    changed: Callable[[str, date], Definition | None] | None = None
    """Gives the definition in force on a day of a measure that has been scored or timed in more than one way."""

    def scoring(self, measure: str, start: date | None = None) -> Scoring | None:
        """Return how the measure is scored (on a day), None where it is not known or not the same on every day."""
        definition = self.definition(measure, start)
        if start is None and self.changed and definition and self.changed(measure, date.min):
            return None
        return definition.scoring if definition else None

    def definition(self, measure: str, start: date | None = None) -> Definition | None:
        """Return the definition of a measure, that of a day where it makes a difference."""
        earlier = self.changed(measure, start) if self.changed and start else None
        return earlier or self.definitions.get(measure)

    def surely_true(
        self,
        measures: Iterable[str],
        starts: Sequence[date],
        numerators: Sequence[Number],
        denominators: Sequence[Number],
        *,
        frequency: str,
    ) -> bool:
        """Say whether a block of numbers is beyond doubt. False means: look at each row."""
        if min(denominators) <= 0 or min(numerators) < 0:
            return False
        if not self.definitions:
            return True
        names = set(measures)
        if self.changed and any(self.changed(name, date.min) for name in names):
            return False
        found = [self.definitions.get(name) for name in names]
        known = [one for one in found if one is not None and one.frequency == frequency]
        if len(known) < len(found) or self.today is None or max(starts) > self.today:
            return False
        scorings = {one.scoring for one in known}
        if not all(map(has_denominator, scorings)) and set(denominators) != {1}:
            return False
        if Scoring.PROPORTION in scorings and not all(map(operator.le, numerators, denominators)):
            return False
        whole_numerators = not scorings & WHOLE_NUMERATOR or set(map(type, numerators)) == {int}
        return whole_numerators and (not scorings & WHOLE_DENOMINATOR or set(map(type, denominators)) == {int})

    def faults(self, measure: str, entry: Entry) -> Mapping[str, Sentence | str]:
        """Return what cannot be true of one row, a sentence by "measure", "numerator", "period", …"""
        if not self.definitions or self.today is None:
            return _over_zero(entry)
        definition = self.definition(measure, entry.start)
        if definition is None:
            return {
                "measure": say("There is no measure “{measure}”. Adopt it first, or map its name.", measure=measure)
            }
        try:
            check_entry(entry, definition, today=self.today, fiscal_start=self.fiscal_start)
        except Invalid as refusal:
            return refusal.fields
        return {}


def _over_zero(entry: Entry) -> dict[str, Sentence | str]:
    if entry.state is State.VALUE and entry.denominator == 0:
        return {"denominator": say("{numerator} over 0 has no value. Check both numbers.", numerator=entry.numerator)}
    return {}
