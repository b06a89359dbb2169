"""Measures with all versions of their definition, and which of them a person may know of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select, true

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures.models import Measure, MeasureVersion, Stratum
from qitracker.measures.rules import Definition
from qitracker.measures.stored import from_body
from qitracker.people.queries import reach
from qitracker.people.queries.closure import closure
from qitracker.people.queries.names import name_of

NO_SUCH_MEASURE = say("There is no such measure, or it belongs to a unit you do not reach.")


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
    return _read(Measure.id.in_(sorted(set(ids))))


def measure_by_id(measure_id: int) -> Measured:
    """Return one measure. Asks no rights. One statement. Raises NotFound."""
    return _only(_read(Measure.id == measure_id))


def held_measure(measure_id: int) -> Measured:
    """Return one measure whose meaning nobody changes until the transaction ends. Asks no rights. Two statements.

    Whoever records asks for it, so that no result is stored under a version that ends at that very moment.
    """
    store.execute(select(Measure.id).where(Measure.id == measure_id).with_for_update(read=True)).all()
    return measure_by_id(measure_id)


def measure_by_slug(slug: str) -> Measured:
    """Return the measure with that address. Asks no rights: see `visible_measure`. One statement. Raises NotFound."""
    return _only(_read(Measure.slug == slug))


def visible_measure(slug: str, *, by: Actor) -> Measured:
    """Return the measure with that address if `by` may know of it. One statement. Raises NotFound."""
    return _only(_read(Measure.slug == slug, known_to(by)))


def visible_measure_by_id(measure_id: int, *, by: Actor) -> Measured:
    """Return the measure with that number if `by` may know of it. One statement. Raises NotFound."""
    return _only(_read(Measure.id == measure_id, known_to(by)))


def visible_measures(*, by: Actor) -> dict[int, Measured]:
    """Return all measures that `by` may know of, retired ones included, in the order of lists. One statement."""
    return _read(known_to(by))


def known_to(by: Actor) -> ColumnElement[bool]:
    """Return the condition that `by` may know of a measure: it is defined above, at or below a unit they reach.

    A measure is defined at the organisation and used in its wards, so a ward reads what stands above it.
    """
    if by.is_system:
        return true()
    tree = closure("standing")
    standing_above = select(tree.c.above_id).where(tree.c.unit_id.in_(by.units_granting(Permission.MEASURE_READ)))
    return Measure.unit_id.in_(standing_above) | Measure.unit_id.in_(reach(by, Permission.MEASURE_READ))


def _only(found: dict[int, Measured]) -> Measured:
    if not found:
        raise NotFound(NO_SUCH_MEASURE)
    return next(iter(found.values()))


def _read(*conditions: Any) -> dict[int, Measured]:
    """Read measures with their versions, in the order of domain and position. One statement."""
    rows = store.execute(
        select(Measure, name_of(Measure.owner_id).label("owner"), MeasureVersion)
        .join(MeasureVersion, MeasureVersion.measure_id == Measure.id)
        .where(*conditions)
        .order_by(Measure.domain, Measure.position, Measure.id, MeasureVersion.number)
        .execution_options(populate_existing=True)
    )
    gathered: dict[int, tuple[Measure, str, list[Version]]] = {}
    for row, owner, version in rows:
        gathered.setdefault(row.id, (row, owner or "", []))[2].append(_version(version))
    today = clock.today()
    return {key: _measured(row, owner, tuple(versions), today) for key, (row, owner, versions) in gathered.items()}


def _version(row: MeasureVersion) -> Version:
    return Version(row.number, row.effective_from, row.reason, _numbered(row), row.created_at)


def _numbered(row: MeasureVersion) -> Definition:
    return replace(from_body(row.body), version=row.number)


def _measured(row: Measure, owner: str, versions: tuple[Version, ...], today: date) -> Measured:
    return Measured(
        id=row.id,
        slug=row.slug,
        unit_id=row.unit_id,
        domain=row.domain,
        definition=_in_force(versions, today).definition,
        versions=versions,
        owner=owner,
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
    rows = store.execute(
        select(Stratum.measure_id, Stratum.id, Stratum.code, Stratum.title, Stratum.is_collected)
        .where(Stratum.measure_id.in_(sorted(set(measure_ids))))
        .order_by(Stratum.measure_id, Stratum.id)
    )
    found: dict[int, tuple[StratumChoice, ...]] = {}
    for measure_id, *choice in rows:
        found[measure_id] = (*found.get(measure_id, ()), StratumChoice(*choice))
    return found
