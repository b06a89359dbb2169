"""The list of measures and the shelf of ready-made ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qitracker.foundation.actor import Actor
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.measures.library import LibraryMeasure, library, library_measure
from qitracker.measures.queries.collected import counts_of_units
from qitracker.measures.queries.measured import Measured, visible_measures
from qitracker.measures.rules import Area, Definition, Kind
from qitracker.people.queries import facts_of


@dataclass(frozen=True)
class Wanted:
    """What the reader asked a list for; empty keeps everything."""

    search: str = ""
    domain: str = ""
    kind: Kind | None = None
    area: Area | None = None
    retired: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything is left out on the reader's wish."""
        return bool(self.search or self.domain or self.kind or self.area)

    def holds(self, definition: Definition, domain: str) -> bool:
        """Say whether a measure is among those asked for."""
        chosen = (not self.domain or domain == self.domain) and self.kind in (None, definition.kind)
        return chosen and self.area in (None, definition.area) and self._found_in(definition, domain)

    def _found_in(self, definition: Definition, domain: str) -> bool:
        text = " ".join((definition.title, domain, definition.numerator, *definition.codes.values())).casefold()
        return all(word in text for word in self.search.casefold().split())


@dataclass(frozen=True)
class MeasureRow:
    """One measure in the list."""

    measured: Measured
    units: int
    place: str

    @property
    def planned(self) -> date | None:
        """Return the day on which a new version begins; None when none is to come."""
        newest = self.measured.newest
        return newest.effective_from if newest.number != self.measured.definition.version else None


@dataclass(frozen=True)
class Group:
    """The measures under one heading."""

    domain: str
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True)
class MeasureList:
    """Everything templates/measures/index.html may use."""

    headline: Sentence
    groups: tuple[Group, ...]
    wanted: Wanted
    domains: tuple[str, ...]
    in_use: int
    retired: int
    may_define: bool


def measure_list(*, by: Actor, wanted: Wanted, today: date) -> MeasureList:
    """Return the measures that `by` may know of, by heading. Three statements."""
    known = visible_measures(by=by)
    counts = counts_of_units(by, on=today)
    homes = facts_of(measured.unit_id for measured in known.values())
    rows = [
        MeasureRow(measured, counts.get(key, 0), homes[measured.unit_id].name)
        for key, measured in known.items()
        if (measured.retired_on is not None) == wanted.retired and wanted.holds(measured.definition, measured.domain)
    ]
    retired = sum(measured.retired_on is not None for measured in known.values())
    return MeasureList(
        headline=_headline(wanted, len(rows), len(known) - retired, retired),
        groups=tuple(
            Group(domain, tuple(row for row in rows if row.measured.domain == domain))
            for domain in _in_order(row.measured.domain for row in rows)
        ),
        wanted=wanted,
        domains=_in_order(measured.domain for measured in known.values()),
        in_use=len(known) - retired,
        retired=retired,
        may_define=by.may_anywhere(Permission.MEASURE_DEFINE),
    )


def _headline(wanted: Wanted, found: int, in_use: int, retired: int) -> Sentence:
    if wanted.is_narrowed:
        every = retired if wanted.retired else in_use
        return say("{found} of {every} measures match.", found=found, every=every)
    if wanted.retired:
        return say("One measure is retired.") if retired == 1 else say("{count} measures are retired.", count=retired)
    if not in_use:
        return say("No measure is in use yet.")
    return say("One measure is in use.") if in_use == 1 else say("{count} measures are in use.", count=in_use)


def _in_order(domains: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(domains)))


@dataclass(frozen=True)
class Adopted:
    """Where a measure of the library is in use."""

    slug: str
    place: str
    retired_on: date | None


@dataclass(frozen=True)
class ShelfRow:
    """One ready-made measure, and where it is in use."""

    ready: LibraryMeasure
    adopted: tuple[Adopted, ...]


@dataclass(frozen=True)
class ShelfGroup:
    """The ready-made measures under one heading."""

    domain: str
    rows: tuple[ShelfRow, ...]


@dataclass(frozen=True)
class Shelf:
    """Everything templates/measures/library.html may use."""

    headline: Sentence
    groups: tuple[ShelfGroup, ...]
    wanted: Wanted
    domains: tuple[str, ...]
    may_adopt: bool


def shelf(*, by: Actor, wanted: Wanted) -> Shelf:
    """Return the ready-made measures by heading. Two statements."""
    ready, used = library(), _adopted(by)
    rows = [ShelfRow(one, used.get(one.code, ())) for one in ready if wanted.holds(one.definition, one.domain)]
    if wanted.is_narrowed:
        headline = say("{found} of {every} ready-made measures match.", found=len(rows), every=len(ready))
    else:
        taken = sum(any(place.retired_on is None for place in used.get(one.code, ())) for one in ready)
        headline = say("{count} measures are ready to adopt; {taken} are in use.", count=len(ready), taken=taken)
    return Shelf(
        headline=headline,
        groups=tuple(
            ShelfGroup(domain, tuple(row for row in rows if row.ready.domain == domain))
            for domain in _in_order(row.ready.domain for row in rows)
        ),
        wanted=wanted,
        domains=_in_order(one.domain for one in ready),
        may_adopt=by.may_anywhere(Permission.MEASURE_DEFINE),
    )


def shelf_measure(*, by: Actor, code: str) -> ShelfRow:
    """Return one ready-made measure. Two statements. Raises NotFound."""
    return ShelfRow(library_measure(code), _adopted(by).get(code, ()))


def _adopted(by: Actor) -> dict[str, tuple[Adopted, ...]]:
    known = [measured for measured in visible_measures(by=by).values() if measured.library_code]
    homes = facts_of(measured.unit_id for measured in known)
    found: dict[str, tuple[Adopted, ...]] = {}
    for one in known:
        adopted = Adopted(one.slug, homes[one.unit_id].name, one.retired_on)
        found[one.library_code] = (*found.get(one.library_code, ()), adopted)
    return found
