"""One row and period as a page of its own: the form without script, and the way of a phone through a month."""

from dataclasses import dataclass
from datetime import date

from qitracker.foundation.actor import Actor
from qitracker.foundation.errors import NotFound
from qitracker.foundation.periods import is_period_start, period_end, previous_period
from qitracker.foundation.words import say
from qitracker.measures.queries import definition_at
from qitracker.measures.rules import Frequency
from qitracker.people.calendar import add_working_days
from qitracker.people.queries import calendar_of
from qitracker.results.queries.beside import Beside, beside
from qitracker.results.queries.sheet_keys import SheetKeys
from qitracker.results.queries.sheet_rows import SheetRow, collected_measures, sheet_rows
from qitracker.results.queries.stages import Stage, stages


@dataclass(frozen=True)
class OnePage:
    """Everything templates/entry/one.html may use besides its form."""

    unit: str
    unit_name: str
    row: SheetRow
    facts: Beside
    stage: Stage
    due_on: date
    number: int
    count: int
    following: SheetRow | None  # the next row with nothing in this period
    before: date

    @property
    def frequency(self) -> Frequency:
        """Return how often it is collected."""
        return self.facts.definition.frequency


def one_page(
    *, by: Actor, unit: str, keys: SheetKeys, slug: str, stratum: str, start: date, today: date, fiscal_start: int = 1
) -> OnePage:
    """Return the page of one row and period. Raises NotFound where nothing is collected then."""
    key, measured, part = keys.find(slug, stratum)
    definition = definition_at(measured, start)
    frequency = definition.frequency
    if frequency is Frequency.EVENT or not is_period_start(start, frequency, fiscal_start=fiscal_start):
        raise NotFound(say("No period of this measure begins on that day."))
    rows = sheet_rows(keys.place, collected_measures(by, keys.place.id), frequency, [start], day=today)
    at = next((number for number, row in enumerate(rows) if row.key == key), None)
    if at is None or not (rows[at].slots[0].is_collected or rows[at].slots[0].version):
        raise NotFound(say("This unit does not collect the measure in that period."))
    calendar = calendar_of(keys.place.id)
    return OnePage(
        unit=unit,
        unit_name=keys.place.name,
        row=rows[at],
        facts=beside(by=by, place=keys.place, key=key, measured=measured, stratum=part, start=start),
        stage=stages(keys.place.id, frequency, [start])[start],
        due_on=add_working_days(period_end(start, frequency), definition.due_days, calendar),
        number=at + 1,
        count=len(rows),
        following=next((row for row in (*rows[at + 1 :], *rows[:at]) if row.slots[0].is_empty), None),
        before=previous_period(start, frequency),
    )
