"""One measure in full: its definition in words, versions, strata, units, history; and its benchmarks."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from qitracker.audit.queries import Told, story
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Quantity, Sentence, say
from qitracker.measures.benchmark_rules import Benchmark, BenchmarkKind, is_effective, is_expired, value_at
from qitracker.measures.differences import Difference, differences
from qitracker.measures.figures import decimals_of
from qitracker.measures.queries.collected import Collecting, collections
from qitracker.measures.queries.compared import StoredBenchmark, visible_benchmarks
from qitracker.measures.queries.measured import Measured, StratumChoice, Version, strata_of, visible_measure
from qitracker.people.queries import facts_of, place_of
from qitracker.people.queries.names import PersonChoice, people_around
from qitracker.people.queries.places import PATH_MARK, paths_above
from qitracker.people.rules import UnitFacts


@dataclass(frozen=True)
class VersionStory:
    """One version and what set it apart from the one before; empty for the first."""

    version: Version
    changed: tuple[Difference, ...]
    state: str  # "in force", "planned" or "past"


@dataclass(frozen=True)
class CollectingUnit:
    """One unit that collects, or collected, the measure."""

    collecting: Collecting
    unit: UnitFacts
    path: str  # what stands above it, without the organisation; wards of two sites often share a name
    goes_on: bool


@dataclass(frozen=True)
class DefinitionPage:
    """Everything templates/measures/definition.html may use."""

    measured: Measured
    place: Place
    place_slug: str
    versions: tuple[VersionStory, ...]  # newest first
    strata: tuple[StratumChoice, ...]
    units: tuple[CollectingUnit, ...]
    benchmarks: int
    story: tuple[Told, ...]
    people: tuple[PersonChoice, ...]  # who may become its owner; empty for those who may not choose
    may_define: bool
    may_collect: bool
    may_compare: bool

    @property
    def headline(self) -> Sentence:
        """Return the sentence the page opens with."""
        count, title = sum(unit.goes_on for unit in self.units), self.measured.title
        if self.measured.retired_on is not None:
            return say("{title} was retired on {day}.", title=title, day=self.measured.retired_on)
        if not count:
            return say("{title}: none of your units collects it now.", title=title)
        if count == 1:
            return say("{title}: one of your units collects it.", title=title)
        return say("{title}: {count} of your units collect it.", title=title, count=count)


def definition_page(*, by: Actor, slug: str, today: date) -> DefinitionPage:
    """Return one measure in full, its units as far as `by` reaches. A known number of statements."""
    measured = visible_measure(slug, by=by)
    place = place_of(measured.unit_id)
    collecting = collections(by, measure_ids=[measured.id])
    facts = facts_of([measured.unit_id, *(one.unit_id for one in collecting)])
    paths = paths_above(one.unit_id for one in collecting)
    may_define = by.may(Permission.MEASURE_DEFINE, on=place)
    return DefinitionPage(
        measured=measured,
        place=place,
        place_slug=facts[measured.unit_id].slug,
        versions=_versions(measured),
        strata=strata_of(measured.id),
        units=tuple(
            CollectingUnit(
                one,
                facts[one.unit_id],
                PATH_MARK.join(paths.get(one.unit_id, ())[1:]),
                one.ends is None or one.ends >= today,
            )
            for one in collecting
        ),
        benchmarks=len(visible_benchmarks(measured.id, by=by)),
        story=story([("measure", measured.id)]),
        people=people_around(place) if may_define else (),
        may_define=may_define,
        may_collect=by.may_anywhere(Permission.MEASURE_DEFINE),
        may_compare=by.may_anywhere(Permission.BENCHMARK_SET),
    )


def _versions(measured: Measured) -> tuple[VersionStory, ...]:
    now = measured.definition.version
    changes = [(), *(differences(old.definition, new.definition) for old, new in pairwise(measured.versions))]
    told = [
        VersionStory(version, changed, _state(version.number, now))
        for version, changed in zip(measured.versions, changes, strict=True)
    ]
    return tuple(reversed(told))


def _state(number: int, now: int) -> str:
    return "in force" if number == now else "planned" if number > now else "past"


@dataclass(frozen=True)
class BenchmarkLine:
    """One benchmark in the list. `state`: "in force", "expired", "planned"."""

    stored: StoredBenchmark
    unit_name: str  # "" when it holds everywhere
    state: str
    value_today: float | None
    decimals: int
    may_change: bool


@dataclass(frozen=True)
class BenchmarkPage:
    """Everything templates/measures/benchmarks.html may use."""

    measured: Measured
    place: Place
    lines: tuple[BenchmarkLine, ...]
    may_add: bool

    @property
    def headline(self) -> Sentence:
        """Return the sentence the page opens with."""
        held = [line for line in self.lines if line.state == "in force"]
        definition, title = self.measured.definition, self.measured.title
        for line in held:
            is_target_of_all = line.stored.benchmark.kind is BenchmarkKind.TARGET and not line.unit_name
            if is_target_of_all and line.value_today is not None:
                figure = Quantity(line.value_today, definition.unit, line.decimals)
                return say("{title}: the target is {figure} now.", title=title, figure=figure)
        if len(held) == 1:
            return say("{title}: one figure to compare with holds now.", title=title)
        if held:
            return say("{title}: {count} figures to compare with hold now.", title=title, count=len(held))
        if self.lines:
            return say("{title}: no figure to compare with holds now.", title=title)
        return say("{title} has nothing to be compared with yet.", title=title)


def benchmark_page(*, by: Actor, slug: str, today: date) -> BenchmarkPage:
    """Return the benchmarks of a measure that hold where `by` reaches or above. Five statements."""
    measured = visible_measure(slug, by=by)
    place = place_of(measured.unit_id)
    lines = tuple(
        BenchmarkLine(
            stored=one.stored,
            unit_name=one.place.name if one.place else "",
            state=_validity(one.stored.benchmark, today),
            value_today=value_at(one.stored.benchmark, today),
            decimals=decimals_of(one.stored.benchmark, measured.definition),
            may_change=by.may(Permission.BENCHMARK_SET, on=one.place or place),
        )
        for one in visible_benchmarks(measured.id, by=by)
    )
    return BenchmarkPage(measured, place, lines, may_add=by.may_anywhere(Permission.BENCHMARK_SET))


def _validity(benchmark: Benchmark, today: date) -> str:
    if is_expired(benchmark, today):
        return "expired"
    return "in force" if is_effective(benchmark, today) else "planned"
