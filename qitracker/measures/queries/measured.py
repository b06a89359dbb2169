"""Measures with all versions of their definition, and which of them a person may know of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, Text, bindparam, cast, select

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures.models import Measure, MeasureVersion, Stratum
from qitracker.measures.rules import Definition
from qitracker.measures.stored import definition_from
from qitracker.people.queries.closure import closure
from qitracker.people.queries.names import name_of

NO_SUCH_MEASURE = say("There is no such measure, or it belongs to a unit you do not reach.")


_measure, _version_table, _stratum = Measure.__table__, MeasureVersion.__table__, Stratum.__table__
MEASURES = (
    select(
        *(_measure.c[name] for name in ("id", "slug", "unit_id", "library_code", "domain", "owner_id", "position")),
        *(_measure.c[name] for name in ("retired_on", "retired_reason", "version")),
        name_of(_measure.c.owner_id).label("owner"),
        *(_version_table.c[name] for name in ("number", "effective_from", "reason")),
        cast(_version_table.c.body, Text).label("body"),
        _version_table.c.created_at.label("version_created_at"),
    )
    .join(_version_table, _version_table.c.measure_id == _measure.c.id)
    .order_by(_measure.c.domain, _measure.c.position, _measure.c.id, _version_table.c.number)
)
BY_IDS = MEASURES.where(_measure.c.id.in_(bindparam("ids", expanding=True)))
BY_SLUG = MEASURES.where(_measure.c.slug == bindparam("slug"))
_roots, _standing, _below = bindparam("roots", expanding=True), closure("standing"), closure("below")
_is_known = _measure.c.unit_id.in_(select(_standing.c.above_id).where(_standing.c.unit_id.in_(_roots))) | (
    _measure.c.unit_id.in_(select(_below.c.unit_id).where(_below.c.above_id.in_(_roots)))
)
KNOWN = {each: each.where(_is_known) for each in (MEASURES, BY_IDS, BY_SLUG)}
STRATA = (
    select(_stratum.c.measure_id, _stratum.c.id, _stratum.c.code, _stratum.c.title, _stratum.c.is_collected)
    .where(_stratum.c.measure_id.in_(bindparam("measure_ids", expanding=True)))
    .order_by(_stratum.c.measure_id, _stratum.c.id)
)


@dataclass(frozen=True)
class Version:
    """One version of a definition: from which day it holds, and why it was changed."""

    number: int
    effective_from: date
    reason: str
    definition: Definition
    created_at: datetime


@dataclass(frozen=True)
class Measured:
    """One measure. `definition` is the version in force today; `versions` are all, in order."""

    id: int
    slug: str
    unit_id: int
    domain: str
    definition: Definition
    versions: tuple[Version, ...]
    owner: str
    owner_id: int | None
    library_code: str
    position: int
    retired_on: date | None
    retired_reason: str
    row_version: int

    @property
    def title(self) -> str:
        """Return the title in force today."""
        return self.definition.title

    @property
    def newest(self) -> Version:
        """Return the last version, which may begin on a day to come."""
        return self.versions[-1]


def definition_at(measured: Measured, day: date) -> Definition:
    """Return the definition in force on `day` (the first day of a period); before the first version, the first."""
    return _in_force(measured.versions, day).definition


def measures(ids: Iterable[int]) -> dict[int, Measured]:
    """Return these measures by id. Asks no rights. One statement."""
    return _read(BY_IDS, ids=sorted(set(ids)))


def measure_by_id(measure_id: int) -> Measured:
    """Return one measure. Asks no rights. One statement. Raises NotFound."""
    return _only(_read(BY_IDS, ids=[measure_id]))


def held_measure(measure_id: int) -> Measured:
    """Return one measure whose meaning nobody changes until the transaction ends. Asks no rights. Two statements.

    Whoever records asks for it, so that no result is stored under a version that ends at that very moment.
    """
    return _only(held_measures([measure_id]))


def held_measures(ids: Iterable[int], *, to_change: bool = False) -> dict[int, Measured]:
    """Return these measures, whose meaning nobody changes until the transaction ends. Asks no rights. Two statements.

    Whoever will change one of them (`to_change`) holds it for themselves from the start, so that two who both record
    and change do not wait for each other.
    """
    wanted = sorted(set(ids))
    which = select(Measure.id).where(Measure.id.in_(wanted)).order_by(Measure.id)
    store.execute(which.with_for_update(read=not to_change)).all()
    return measures(wanted)


def measure_by_slug(slug: str) -> Measured:
    """Return the measure with that address. Asks no rights: see `visible_measure`. One statement. Raises NotFound."""
    return _only(_read(BY_SLUG, slug=slug))


def visible_measure(slug: str, *, by: Actor) -> Measured:
    """Return the measure with that address if `by` may know of it. One statement. Raises NotFound."""
    return _only(_read_known(by, BY_SLUG, slug=slug))


def visible_measure_by_id(measure_id: int, *, by: Actor) -> Measured:
    """Return the measure with that number if `by` may know of it. One statement. Raises NotFound."""
    return _only(_read_known(by, BY_IDS, ids=[measure_id]))


def visible_measures(*, by: Actor) -> dict[int, Measured]:
    """Return all measures that `by` may know of, retired ones included, in the order of lists. One statement."""
    return _read_known(by, MEASURES)


def _read_known(by: Actor, statement: Select[Any], **values: object) -> dict[int, Measured]:
    """Read those that `by` may know of: defined above, at or below a unit they reach.

    A measure is defined at the organisation and used in its wards, so a ward reads what stands above it.
    """
    if by.is_system:
        return _read(statement, **values)
    return _read(KNOWN[statement], **values, roots=by.units_granting(Permission.MEASURE_READ))


def _only(found: dict[int, Measured]) -> Measured:
    if not found:
        raise NotFound(NO_SUCH_MEASURE)
    return next(iter(found.values()))


def _read(statement: Select[Any], **values: object) -> dict[int, Measured]:
    """Read measures with their versions, in the order of domain and position. One statement."""
    gathered: dict[int, tuple[Row[Any], list[Version]]] = {}
    for row in store.execute(statement, values):
        gathered.setdefault(row.id, (row, []))[1].append(_version(row))
    today = clock.today()
    return {key: _measured(row, tuple(versions), today) for key, (row, versions) in gathered.items()}


def _version(row: Row[Any]) -> Version:
    return Version(
        row.number, row.effective_from, row.reason, definition_from(row.body, row.number), row.version_created_at
    )


def _measured(row: Row[Any], versions: tuple[Version, ...], today: date) -> Measured:
    return Measured(
        id=row.id,
        slug=row.slug,
        unit_id=row.unit_id,
        domain=row.domain,
        definition=_in_force(versions, today).definition,
        versions=versions,
        owner=row.owner or "",
        owner_id=row.owner_id,
        library_code=row.library_code,
        position=row.position,
        retired_on=row.retired_on,
        retired_reason=row.retired_reason,
        row_version=row.version,
    )


def _in_force(versions: tuple[Version, ...], day: date) -> Version:
    begun = [version for version in versions if version.effective_from <= day]
    return begun[-1] if begun else versions[0]


@dataclass(frozen=True)
class StratumChoice:
    """One stratum of a measure. `is_collected` is False once the newest definition no longer names it."""

    id: int
    code: str
    title: str
    is_collected: bool = True


def strata_of(measure_id: int) -> tuple[StratumChoice, ...]:
    """Return the strata of one measure in the order they were made. One statement."""
    return strata_of_all([measure_id]).get(measure_id, ())


def strata_of_all(measure_ids: Iterable[int]) -> dict[int, tuple[StratumChoice, ...]]:
    """Return the strata of many measures. One statement."""
    rows = store.execute(STRATA, {"measure_ids": sorted(set(measure_ids))})
    found: dict[int, tuple[StratumChoice, ...]] = {}
    for measure_id, *choice in rows:
        found[measure_id] = (*found.get(measure_id, ()), StratumChoice(*choice))
    return found
