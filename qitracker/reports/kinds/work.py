"""What a unit works on at the moment of a report: worksheets, actions and threads, with the units below it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from qitracker.actions.queries import ActionLine as Action
from qitracker.actions.queries import actions_within
from qitracker.desk.threads.chain import Chain, Deed
from qitracker.desk.threads.pages import threads_in_reach
from qitracker.foundation.actor import Actor, Place
from qitracker.people.queries import descendants
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.judges import judges
from qitracker.results.queries.shown import Shown
from qitracker.worksheets.queries.reached import SheetFacts, reached_sheets


@dataclass(frozen=True)
class Work:
    """What the unit works on, as it stands at the moment of the report."""

    sheets: tuple[SheetFacts, ...]
    actions: tuple[Action, ...]
    chains: tuple[Chain, ...]
    judges: Mapping[SeriesKey, Shown]  # the measures that judge the actions, as far as the reader may read them

    @property
    def deeds(self) -> Mapping[int, Deed]:
        """Return what can be said of each action that a thread holds."""
        return {deed.line.id: deed for chain in self.chains for deed in chain.deeds}


def work_of(unit: Place, *, by: Actor, today: date) -> Work:
    """Return the worksheets, actions and threads of a unit and the units below it, as far as `by` may read them."""
    below = {unit.id, *(one.id for one in descendants(unit.id))}
    actions = actions_within(unit, by=by)
    chains = threads_in_reach(by=by, today=today)
    return Work(
        sheets=tuple(sheet for sheet in reached_sheets(by) if sheet.unit.id in below),
        actions=actions,
        chains=tuple(chain for chain in chains if chain.is_answered and _begins_in(chain, below)),
        judges=judges({line.judged_by for line in actions if line.judged_by}, by=by, today=today),
    )


def _begins_in(chain: Chain, units: Collection[int]) -> bool:
    """Say whether the signal or an analysis of a thread is of one of these units."""
    if any(one.sheet.unit.id in units for one in chain.analyses):
        return True
    return bool(chain.signal and chain.signal.episode.key.unit_id in units)
