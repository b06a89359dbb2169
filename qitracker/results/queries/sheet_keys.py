"""From what a browser calls a row (measure and part by their codes) to the series that is meant, many at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures.queries import Measured, StratumChoice, strata_of_all
from qitracker.people.queries import visible_place
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.sheet_rows import collected_measures


@dataclass(frozen=True)
class SheetKeys:
    """What can be entered in one unit."""

    place: Place
    measures: Mapping[str, Measured]
    strata: Mapping[int, tuple[StratumChoice, ...]]

    def find(self, slug: str, stratum: str = "") -> tuple[SeriesKey, Measured, StratumChoice | None]:
        """Return the series of a row. Raises NotFound."""
        measured = self.measures.get(slug)
        if measured is None:
            raise NotFound(say("{unit} does not collect this measure.", unit=self.place.name))
        part = next((one for one in self.strata.get(measured.id, ()) if one.code == stratum), None)
        if stratum and part is None:
            raise NotFound(say("This measure has no such part."))
        return SeriesKey(self.place.id, measured.id, part.id if part else 0), measured, part


def sheet_keys(unit: str, *, by: Actor) -> SheetKeys:
    """Return what `by` may enter in the unit with that address. Four statements. Raises NotFound, NotAllowed."""
    place = visible_place(unit, by=by)
    by.must(Permission.RESULT_RECORD, on=place)
    pairs = collected_measures(by, place.id)
    return SheetKeys(
        place, {measured.slug: measured for _, measured in pairs}, strata_of_all(measured.id for _, measured in pairs)
    )
