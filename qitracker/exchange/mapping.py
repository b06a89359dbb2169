"""Which column means what: the mapping of a file onto results, remembered by the shape of its header."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as MappingLike
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from qitracker.exchange.cells import text_of
from qitracker.exchange.formats.table import Cell, Marks
from qitracker.exchange.formula import parse_formula
from qitracker.foundation.errors import Invalid, Words
from qitracker.foundation.periods import FREQUENCIES
from qitracker.foundation.words import say
from qitracker.spc.analysis import State

AMOUNTS = ("numerator", "denominator", "value", "n")
ROLES = ("numerator", "denominator", "observed", "expected", "value", "n", "comment")
"""What a value of a long file can be; names of the columns a pivot makes."""


@dataclass(frozen=True)
class PeriodColumns:
    """Where the period stands: one text or date, or a year and a part of it, or one period for the whole file."""

    start: str = ""  # column with a date or a period ("2026-03", "Q1 2026", "March 2026")
    end: str = ""  # column with the last day, when the file gives one; it must not lie before the start
    year: str = ""  # column with the year, together with …
    part: str = ""  # … a column with the month (number or name), quarter or week of it
    fixed: str = ""  # one period for all rows
    frequency: str = "month"
    fiscal_start: int = 1


@dataclass(frozen=True)
class RowFilter:
    """Which rows count: those whose `column` is one of `words` (`keep`), or all but those."""

    column: str
    words: tuple[str, ...]
    keep: bool = False

    def test(self) -> Callable[[Cell], bool]:
        """Return the test that a cell of the column must pass for its row to count; case does not matter."""
        wanted = {word.strip().casefold() for word in self.words}
        return lambda cell: (text_of(cell).casefold() in wanted) is self.keep


@dataclass(frozen=True)
class Pivot:
    """How a long file (one value a row, with its name) becomes one row per measure.

    `keys` are the columns that say whose and when; rows that agree in them belong together. A name is split
    by its ending (`endings`: {"_NUMERATOR": "observed", …}, what stands before is the measure) or looked up
    whole (`table`: {"HAI_1_NUMERATOR": ("HAI_1", "observed"), …}); other names are left out.
    """

    keys: tuple[str, ...]
    names: str
    values: str
    endings: dict[str, str] = field(default_factory=dict)
    table: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """How each result is read from a row. Columns by their names; amounts as formulas of names in brackets.

    Either `numerator` and `denominator`, or `value` (with `n` for means). After a `pivot` the columns are its
    keys, "measure" and its roles.
    """

    unit: str = ""
    fixed_unit: str = ""
    unit_width: int = 0  # pad codes with zeros on the left to this width; 0 takes them as they are
    unit_codes: dict[str, str] = field(default_factory=dict)  # the file's code: ours
    unit_name: str = ""  # column of the file with names for units that are made; else their code is their name
    measure: str = ""
    fixed_measure: str = ""
    measure_codes: dict[str, str] = field(default_factory=dict)  # the file's name of a measure: ours
    strata: tuple[str, ...] = ()
    fixed_stratum: str = ""
    period: PeriodColumns = PeriodColumns()
    numerator: str = ""
    denominator: str = ""
    value: str = ""
    n: str = ""
    comment: str = ""
    filters: tuple[RowFilter, ...] = ()
    skip_empty: bool = False  # rows without any amount are left out, not recorded as missing
    words: dict[str, State] = field(default_factory=dict)  # this file's own words for "no number"
    marks: dict[str, Marks] = field(default_factory=dict)  # overrides of what was detected
    pivot: Pivot | None = None

    def amounts(self) -> dict[str, str]:
        """Return the formulas that are given, by what they are for."""
        return {name: formula for name in AMOUNTS if (formula := getattr(self, name))}


def fingerprint(header: Sequence[str]) -> str:
    """Return the key under which a mapping for files of this shape is remembered.

    Case, spaces and the order of columns do not matter; names do.
    """
    names = sorted(" ".join(name.split()).casefold() for name in header)
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()[:32]


def mapping_to_json(mapping: Mapping) -> dict[str, Any]:
    """Return the mapping as plain lists, dicts, texts and numbers."""
    return asdict(mapping)


def mapping_from_json(stored: MappingLike[str, Any]) -> Mapping:
    """Return the mapping that `mapping_to_json` wrote; fields that are no longer known are left out."""
    known = {name: stored[name] for name in (one.name for one in fields(Mapping)) if name in stored}
    pivot = known.get("pivot")
    return Mapping(
        **{
            **known,
            "strata": tuple(known.get("strata", ())),
            "period": PeriodColumns(**known.get("period", {})),
            "filters": tuple(RowFilter(**{**one, "words": tuple(one["words"])}) for one in known.get("filters", ())),
            "words": {word: State(state) for word, state in known.get("words", {}).items()},
            "marks": {column: Marks(**marks) for column, marks in known.get("marks", {}).items()},
            "pivot": _pivot_from_json(pivot) if pivot else None,
        }
    )


def _pivot_from_json(stored: MappingLike[str, Any]) -> Pivot:
    table = {name: (measure, role) for name, (measure, role) in stored.get("table", {}).items()}
    return Pivot(**{**stored, "keys": tuple(stored["keys"]), "table": table})


def pivoted_header(pivot: Pivot) -> tuple[str, ...]:
    """Return the columns that a pivot leaves: its keys, the measure, and each role that occurs, in order of ROLES."""
    used = {*pivot.endings.values(), *(role for _, role in pivot.table.values())}
    return (*pivot.keys, "measure", *(role for role in ROLES if role in used))


def check_mapping(mapping: Mapping, header: Sequence[str]) -> None:
    """Pass, or refuse a mapping that cannot give results from a file with this header.

    Raises:
        Invalid: `fields` names each input that is wrong ("unit", "period", "numerator", …).
    """
    problems: dict[str, Words] = dict(_pivot_problems(mapping.pivot, header)) if mapping.pivot else {}
    if not problems:
        columns = pivoted_header(mapping.pivot) if mapping.pivot else tuple(header)
        for name, words in _problems(mapping, columns, tuple(header)):
            problems.setdefault(name, words)
    if problems:
        raise Invalid(fields=problems)


def _problems(mapping: Mapping, columns: Sequence[str], header: Sequence[str]) -> Iterator[tuple[str, Words]]:
    if not mapping.unit and not mapping.fixed_unit:
        yield "unit", say("Choose the column with the unit, or one unit for the whole file.")
    if not mapping.measure and not mapping.fixed_measure:
        yield "measure", say("Choose the column with the measure, or one measure for the whole file.")
    yield from _period_problems(mapping.period)
    yield from _amount_problems(mapping, columns)
    single = {"unit": mapping.unit, "measure": mapping.measure, "comment": mapping.comment}
    period = {"period": (mapping.period.start, mapping.period.end, mapping.period.year, mapping.period.part)}
    for place, names in {**{key: (name,) for key, name in single.items()}, "strata": mapping.strata, **period}.items():
        yield from _missing(place, names, columns)
    yield from _missing("unit_name", [mapping.unit_name], header)
    yield from _missing("filters", [one.column for one in mapping.filters], header)


def _period_problems(period: PeriodColumns) -> Iterator[tuple[str, Words]]:
    ways = sum((bool(period.start), bool(period.year), bool(period.fixed)))
    if ways != 1:
        yield (
            "period",
            say("Choose one way to give the period: a column, a year and a part of it, or one for the file."),
        )
    if period.year and not period.part and period.frequency != "year":
        yield "period", say("Choose the column with the month, quarter or week beside the year.")
    if period.frequency not in FREQUENCIES:
        yield "frequency", say("Choose how often results are recorded.")
    if not 1 <= period.fiscal_start <= 12:
        yield "fiscal_start", say("Choose the month in which the year begins, from 1 to 12.")


def _amount_problems(mapping: Mapping, columns: Sequence[str]) -> Iterator[tuple[str, Words]]:
    if not mapping.value and not mapping.numerator:
        yield "numerator", say("Choose the column with the numerator, or one with the value.")
    if mapping.value and (mapping.numerator or mapping.denominator):
        yield "value", say("Choose either a value, or a numerator and a denominator.")
    for place, text in mapping.amounts().items():
        try:
            formula = parse_formula(text)
        except Invalid as refusal:
            yield place, refusal.words
        else:
            yield from _missing(place, formula.names, columns)


def _missing(place: str, names: Sequence[str], columns: Sequence[str]) -> Iterator[tuple[str, Words]]:
    for name in names:
        if name and name not in columns:
            yield place, say("The file has no column “{column}”. Choose another.", column=name)


def _pivot_problems(pivot: Pivot, header: Sequence[str]) -> Iterator[tuple[str, Words]]:
    yield from _missing("pivot", [*pivot.keys, pivot.names, pivot.values], header)
    if not pivot.keys:
        yield "pivot", say("Choose the columns that say whose the values are and when.")
    used = [*pivot.endings.values(), *(role for _, role in pivot.table.values())]
    if not used:
        yield "pivot", say("Say what at least one of the names stands for.")
    if any(role not in ROLES for role in used):
        yield "pivot", say("A name stands for something unknown. Choose one of: {roles}.", roles=", ".join(ROLES))
    if {"measure", *ROLES} & set(pivot.keys):
        yield "pivot", say("A key column has the name of a role. Rename it in the file.")
