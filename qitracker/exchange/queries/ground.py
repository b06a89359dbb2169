"""What rows of a file are held against: units in reach, measures, strata, who collects what since when."""

from collections.abc import Iterable, Mapping
from datetime import date

from qitracker.exchange.judge import Judge
from qitracker.exchange.spots import Spot
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.measures.commands.strata import why_not_beside
from qitracker.measures.queries import Measured, definition_at, strata_of_all, visible_measures, who_collects
from qitracker.measures.rules import Definition, rolls_up
from qitracker.people.queries import descendants, place_of, places, unit_facts, units_by_code
from qitracker.people.rules import UnitFacts

AT_ONCE = 5_000  # units in one statement


class Ground:
    """Learns the units below its scope and all measures at once, and remembers them for the length of one import."""

    def __init__(self, by: Actor, scope: Place) -> None:
        self.by = by
        self.scope = scope
        self._spots: dict[str, Spot | None] = {}
        self.taken: set[str] = set()  # codes that stand for a unit out of reach
        self._measures = _by_name(visible_measures(by=by))
        self._collecting: dict[int, dict[int, tuple[date, date | None]]] = {}
        self._parents: dict[int, frozenset[int]] = {}
        found = {measured.id for measured in self._measures.values()}
        self._strata = {
            measure_id: {text.casefold(): one.id for one in strata for text in (one.code, one.title)}
            for measure_id, strata in strata_of_all(found).items()
        }
        self._barriers: dict[int, Sentence | None] = {}
        self._learn_all({one.code: one for one in (unit_facts(scope.id), *descendants(scope.id))})

    def learn(self, codes: Iterable[str]) -> None:
        """Look up the units with these codes that are not known yet."""
        new = set(codes) - self._spots.keys()
        if not new:
            return
        self._spots.update(dict.fromkeys(new))
        self._learn_all(units_by_code(new))

    def _learn_all(self, facts: Mapping[str, UnitFacts]) -> None:
        found: dict[int, Place] = {}
        ids = [one.id for one in facts.values()]
        for first in range(0, len(ids), AT_ONCE):
            found.update(places(ids[first : first + AT_ONCE]))
        for code, one in facts.items():
            if self._reaches(found[one.id]):
                self._spots[code] = self._spot(code, found[one.id], one.valid_to)
            else:
                self.taken.add(code)

    def _reaches(self, place: Place) -> bool:
        return self.scope.id in place.lineage and self.by.may(Permission.IMPORT_RUN, on=place)

    def _spot(self, code: str, place: Place, last_day: date | None) -> Spot:
        return Spot(
            place.id,
            code,
            place.name,
            place.lineage,
            last_day,
            self.by.may(Permission.RESULT_CORRECT, on=place),
            self.by.may(Permission.MEASURE_DEFINE, on=place),
        )

    def unit(self, code: str) -> Spot | None:
        """Return the unit with that code if it was learnt and is in reach."""
        return self._spots.get(code)

    def measure(self, name: str) -> Measured | None:
        """Return the measure that this text names: its address, title or one of its codes."""
        return self._measures.get(name.casefold())

    def stratum(self, measured: Measured, text: str) -> int | None:
        """Return the stratum of a measure that this text names; 0 for none at all."""
        return self._strata.get(measured.id, {}).get(text.casefold()) if text else 0

    def collecting(self, measured: Measured) -> Mapping[int, tuple[date, date | None]]:
        """Return by unit the first and last day on which it collects the measure."""
        if measured.id not in self._collecting:
            spans = {one.unit_id: (one.begins, one.ends) for one in who_collects(measured.id)}
            self._collecting[measured.id] = spans
            above = {unit_id for place in places(spans).values() for unit_id in place.lineage[1:]}
            self._parents[measured.id] = frozenset(above - set(spans))
        return self._collecting[measured.id]

    def is_parent(self, measured: Measured, spot: Spot) -> bool:
        """Say whether the unit is added up from units below it, so that nothing is entered for itself."""
        self.collecting(measured)
        return rolls_up(measured.definition.scoring) and spot.id in self._parents[measured.id]

    def barrier_to_strata(self, measured: Measured) -> Sentence | None:
        """Return why this person can add no stratum without a new version; None where they can."""
        if measured.id not in self._barriers:
            allowed = self.by.may(Permission.MEASURE_DEFINE, on=place_of(measured.unit_id))
            self._barriers[measured.id] = why_not_beside(measured) if allowed else _not_yours(measured)
        return self._barriers[measured.id]

    def judge(self, *, today: date, fiscal_start: int) -> Judge:
        """Return the judge of rows, with every measure under each of its names."""
        changed = {
            name: measured
            for name, measured in self._measures.items()
            if len({(one.definition.scoring, one.definition.frequency) for one in measured.versions}) > 1
        }

        def in_force(name: str, day: date) -> Definition | None:
            measured = changed.get(name.casefold())
            return definition_at(measured, day) if measured else None

        return Judge(_Definitions(self._measures), today, fiscal_start, in_force if changed else None)


def _not_yours(measured: Measured) -> Sentence:
    return say(
        "Only those who define {measure} can add strata. Ask {them}.",
        measure=measured.title,
        them=measured.owner or say("a quality officer"),
    )


class _Definitions(Mapping[str, Definition]):
    """Definitions by any name of their measure, in any case of letters."""

    def __init__(self, measures: Mapping[str, Measured]) -> None:
        self._measures = measures

    def __getitem__(self, name: str) -> Definition:
        return self._measures[name.casefold()].definition

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._measures)

    def __len__(self) -> int:
        return max(1, len(self._measures))  # without any measure, every name is unknown rather than free


def _by_name(measures: Mapping[int, Measured]) -> dict[str, Measured]:
    """Return measures by address, then by what else names just one of them."""
    named: dict[str, Measured] = {}
    twice: set[str] = set()
    for measured in measures.values():
        others = (measured.title, measured.library_code, *measured.definition.codes.values())
        for name in {one.casefold() for one in others if one}:
            if named.setdefault(name, measured) is not measured:
                twice.add(name)
    for name in twice:
        del named[name]
    return {**named, **{measured.slug.casefold(): measured for measured in measures.values()}}
