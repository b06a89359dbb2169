"""How series and episodes show themselves at the end of a link."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from sqlalchemy import bindparam, select, tuple_

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.links.registry import linkable, row_ids
from qitracker.links.rules import Linked
from qitracker.measures.queries import Measured, StratumChoice, measures, strata_of_all
from qitracker.people.queries import facts_of, places
from qitracker.results.episodes import KIND, Episode
from qitracker.results.keys import SERIES, SeriesKey, day_of, series_key
from qitracker.results.models import status
from qitracker.results.queries.episodes import episodes_by_id
from qitracker.results.standing import is_current
from qitracker.results.status import READINGS
from qitracker.results.wording import episode_words
from qitracker.spc.analysis import Reading

OVER: Final = "closed"
_STANDS = select(
    status.c.unit_id, status.c.measure_id, status.c.stratum_id, status.c.reading, status.c.last_start
).where(
    tuple_(status.c.unit_id, status.c.measure_id, status.c.stratum_id).in_(bindparam("keys", expanding=True)),
    status.c.last_start.is_not(None),
)


@dataclass(frozen=True)
class _Known:
    """What series are called, as far as a reader may know."""

    places: Mapping[int, Place]
    slugs: Mapping[int, str]
    measures: Mapping[int, Measured]
    strata: Mapping[int, StratumChoice]

    def title(self, key: SeriesKey) -> str:
        """Return "Pain assessed, Ward 4B", with the part where it is one."""
        named = [self.measures[key.measure_id].title]
        if key.stratum_id in self.strata:
            named.append(self.strata[key.stratum_id].title)
        return ", ".join([*named, self.places[key.unit_id].name])

    def address(self, key: SeriesKey) -> str:
        """Return where the series is read."""
        at = f"/measures/{quote(self.measures[key.measure_id].slug)}/units/{quote(self.slugs[key.unit_id])}"
        part = self.strata.get(key.stratum_id)
        return f"{at}?{urlencode({'stratum': part.code})}" if part else at

    def frequency(self, key: SeriesKey) -> str:
        """Return how often it is collected."""
        return str(self.measures[key.measure_id].definition.frequency)


@linkable(SERIES)
def describe_series(ids: Collection[str], by: Actor) -> dict[str, Linked]:
    """Return what these series are; without those that `by` may not read. Five statements."""
    keys = {ident: key for ident in ids if (key := series_key(ident))}
    visible, known = _known(keys.values(), by)
    stand = _readings(visible, known)
    return {
        ident: Linked(
            SERIES, ident, known.title(key), known.address(key), *stand.get(key, (say("No results yet."), ""))
        )
        for ident, key in keys.items()
        if key in visible
    }


@linkable(KIND)
def describe_episodes(ids: Collection[str], by: Actor) -> dict[str, Linked]:
    """Return what these episodes are; without those of series that `by` may not read. Five statements."""
    found = episodes_by_id(row_ids(ids))
    visible, known = _known([one.key for one in found], by)
    return {str(one.id): _episode(one, known) for one in found if one.key in visible}


def _episode(one: Episode, known: _Known) -> Linked:
    words = episode_words(one.side, one.first, one.last, is_open=one.is_open, frequency=known.frequency(one.key))
    state = str(one.reading) if one.is_open else OVER
    return Linked(KIND, str(one.id), known.title(one.key), known.address(one.key), words, state, one.key.unit_id)


def _known(keys: Collection[SeriesKey], by: Actor) -> tuple[set[SeriesKey], _Known]:
    """Return those of the series that `by` may read, and what they are called. Four statements."""
    where = places(key.unit_id for key in keys)
    found = measures(key.measure_id for key in keys)
    parts_of = strata_of_all(found)
    visible = {
        key
        for key in keys
        if key.unit_id in where and key.measure_id in found and by.may(Permission.RESULT_READ, on=where[key.unit_id])
    }
    slugs = {key: unit.slug for key, unit in facts_of(where).items()}
    return visible, _Known(where, slugs, found, {part.id: part for some in parts_of.values() for part in some})


def _readings(keys: Collection[SeriesKey], known: _Known) -> dict[SeriesKey, tuple[object, str]]:
    """Return how these series stand, in words and as a code: one that nobody keeps any more has no news."""
    found = {}
    wanted = sorted((key.unit_id, key.measure_id, key.stratum_id) for key in keys)
    for row in store.execute(_STANDS, {"keys": wanted}) if wanted else ():
        key = SeriesKey(row.unit_id, row.measure_id, row.stratum_id)
        definition, last = known.measures[key.measure_id].definition, day_of(row.last_start)
        current = is_current(last, definition.frequency, definition.due_days, today=clock.today())
        reading = READINGS[row.reading] if current else Reading.USUAL
        found[key] = (_WORDS[reading] if current else say("Not kept any more"), str(reading) if current else OVER)
    return found


_WORDS = {
    Reading.USUAL: say("As usual"),
    Reading.BETTER: say("Better"),
    Reading.WORSE: say("Worse"),
    Reading.CHANGED: say("Changed"),
}
