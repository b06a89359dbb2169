"""A first mapping for a file never seen before, from the names of its columns and what they hold."""

import re
from collections.abc import Mapping as MappingLike
from collections.abc import Sequence
from dataclasses import dataclass, field

from qitracker.exchange.cells import text_of
from qitracker.exchange.formats.table import RawTable, Row
from qitracker.exchange.formula import column_formula
from qitracker.exchange.mapping import Mapping, PeriodColumns, Pivot, RowFilter, pivoted_header
from qitracker.foundation.errors import Invalid
from qitracker.foundation.period_text import parse_period

TOTAL_WORDS = ("total", "totals", "grand total", "sum", "all", "all units", "overall", "england", "national", "gesamt")

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "unit": (
        *("unit", "unit code", "ward", "ward code", "org code", "orgcode", "organisation code", "organization code"),
        *("provider id", "provider code", "facility id", "facility code", "site code", "hospital id", "ccn"),
        *("department", "hospital", "organisation", "organization", "provider", "facility", "site", "state"),
    ),
    "measure": ("measure", "measure id", "measure code", "indicator", "indicator id", "infection", "measure name"),
    "stratum": ("stratum", "strata", "type", "subgroup", "category", "group", "procedure", "age band"),
    "start": (
        *("period", "month", "date", "period start", "start date", "start", "measure start date", "from", "week"),
        *("quarter", "release period", "reporting period"),
    ),
    "end": ("period end", "end date", "end", "measure end date", "to"),
    "year": ("year", "calendar year"),
    "part": ("month", "month no", "month name", "quarter", "week", "week no"),
    "numerator": (
        *("numerator", "observed", "observed cases", "cases", "events", "count", "num", "n met", "infections"),
        *("number of readmissions", "readmissions", "deaths", "falls", "breaches"),
    ),
    "denominator": (
        *("denominator", "expected", "predicted", "total", "den", "out of", "patients", "bed days", "patient days"),
        *("number of discharges", "discharges", "device days", "days", "attendances", "cases reviewed"),
    ),
    "value": ("value", "mean", "average", "median", "score", "adjusted average health gain"),
    "n": ("n", "modelled records", "sample size", "number of cases"),
    "comment": ("comment", "comments", "note", "notes", "remark", "footnote"),
}
_ENDINGS = {
    "observed": ("_NUMERATOR", ": Observed Cases", " Observed Cases", "_OBSERVED"),
    "expected": ("_ELIGCASES", ": Predicted Cases", " Predicted Cases", "_PREDICTED", "_EXPECTED"),
    "numerator": ("_NUM", "_CASES", " numerator"),
    "denominator": ("_DENOMINATOR", "_DEN", " denominator"),
}


@dataclass(frozen=True)
class Known:
    """What the installation knows: codes of units and measures, and mappings remembered by fingerprint."""

    units: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    remembered: MappingLike[str, Mapping] = field(default_factory=dict)


def suggest_mapping(table: RawTable, known: Known | None = None) -> Mapping:
    """Return the best first guess; what cannot be guessed stays empty for the person to fill in."""
    facts = known or Known()
    sample = table.sample()
    pivot = suggest_pivot(table, sample)
    header = pivoted_header(pivot) if pivot else table.header
    found = _Finder(header, table, sample, facts)
    unit = found.unit()
    period = found.period()
    taken = {unit, period.start, period.end, period.year, period.part}
    numerator, denominator = found.column("numerator", taken), found.column("denominator", taken)
    value = "" if numerator and denominator else found.column("value", taken)
    amounts = {"value": value} if value else {"numerator": numerator, "denominator": denominator}
    formulas = {what: column_formula(name) for what, name in amounts.items() if name}
    n = found.column("n", taken) if value else ""
    return Mapping(
        unit=unit,
        unit_width=found.code_width(unit),
        measure=found.column("measure", taken),
        strata=tuple(filter(None, (found.column("stratum", taken),))),
        period=period,
        n=column_formula(n) if n else "",
        comment=found.column("comment", taken),
        filters=found.total_rows(unit),
        pivot=pivot,
        **formulas,
    )


def suggest_pivot(table: RawTable, sample: Sequence[Row]) -> Pivot | None:
    """Return how a long file is made wide, when the names in one of its columns end as a count and its base do."""
    for index, column in enumerate(table.header):
        names = {text_of(row[index]) for row in sample if index < len(row)}
        endings = {
            ending: role
            for role, known in _ENDINGS.items()
            for ending in known
            if any(name.casefold().endswith(ending.casefold()) for name in names)
        }
        roles = set(endings.values())
        if {"observed", "expected"} <= roles or {"numerator", "denominator"} <= roles:
            finder = _Finder(table.header, table, sample, Known())
            period = finder.period()
            keys = tuple(name for name in (finder.unit(), period.start, period.end, period.year, period.part) if name)
            values = finder.column("value", {column})
            if keys and values:
                wanted = {"observed", "expected"} if {"observed", "expected"} <= roles else {"numerator", "denominator"}
                return Pivot(keys, column, values, {end: role for end, role in endings.items() if role in wanted})
    return None


class _Finder:
    """Looks for the column of each part among the names, and then in the content."""

    def __init__(self, header: Sequence[str], table: RawTable, sample: Sequence[Row], known: Known) -> None:
        self._header = header
        self._at = {name: index for index, name in enumerate(table.header)}
        self._sample = sample
        self._known = known
        self._table = table

    def column(self, part: str, taken: set[str]) -> str:
        """Return the free column whose name is the likeliest for `part`, or ""."""
        plain = {_plain(name): name for name in self._header if name not in taken}
        return next((plain[word] for word in _SYNONYMS[part] if word in plain), "")

    def unit(self) -> str:
        """Return the column whose cells are known units, else the one named like it."""
        for name in self._header:
            if self._known.units and name in self._at and self._share(name, self._known.units) > 0.5:
                return name
        return self.column("unit", set())

    def period(self) -> PeriodColumns:
        """Return where the period stands, and how long it is."""
        year = self.column("year", set())
        part = self.column("part", {year})
        if year and part and part in self._at and not self._dates(part):
            frequency = "quarter" if "quarter" in _plain(part) else "week" if "week" in _plain(part) else "month"
            return PeriodColumns(year=year, part=part, frequency=frequency)
        start = self.column("start", set()) or next((name for name in self._header if self._dates(name)), "")
        if not start and year:
            return PeriodColumns(start=year, frequency="year")
        end = self.column("end", {start}) if start else ""
        return PeriodColumns(start=start, end=end, frequency=self._frequency(start, end))

    def code_width(self, unit: str) -> int:
        """Return the width that codes without their leading zeros are to be padded to: that of the known codes."""
        widths = {len(code) for code in self._known.units if code.isdigit()}
        if len(widths) != 1 or not unit or unit not in self._at:
            return 0
        width = widths.pop()
        cells = self._cells(unit)
        lost = any(len(cell) < width and cell.isdigit() and cell.zfill(width) in self._known.units for cell in cells)
        return width if lost else 0

    def total_rows(self, unit: str) -> tuple[RowFilter, ...]:
        """Return the filter that leaves out totals, when there are such rows."""
        if not unit or unit not in self._at:
            return ()
        found = sorted(cell for cell in self._cells(unit) - self._known.units if cell.casefold() in TOTAL_WORDS)
        return (RowFilter(unit, tuple(found)),) if found else ()

    def _cells(self, name: str) -> set[str]:
        at = self._at[name]
        return {text_of(row[at]) for row in self._sample if at < len(row)} - {""}

    def _share(self, name: str, wanted: frozenset[str]) -> float:
        cells = self._cells(name)
        return len(cells & wanted) / len(cells) if cells else 0

    def _dates(self, name: str) -> bool:
        guess = self._table.detected.column(name)
        return guess is not None and guess.kind == "date"

    def _frequency(self, start: str, end: str) -> str:
        """Return the length of period that the texts of `start` name, by what they are all first days of."""
        if start not in self._at:
            return "month"
        days = [day for day in (self._day(start, cell) for cell in self._cells(start)) if day]
        if not days:
            return self._named_frequency(start)
        if all((month, day) == (1, 1) for _, month, day in days):
            return "year"
        if all(day == 1 for *_, day in days):
            return "month"
        return "day"

    def _named_frequency(self, start: str) -> str:
        for frequency in ("month", "quarter", "week", "year"):
            try:
                for cell in self._cells(start):
                    parse_period(cell, frequency)
            except Invalid:
                continue
            return frequency
        return "month"

    def _day(self, column: str, cell: str) -> tuple[int, int, int] | None:
        guess = self._table.detected.column(column)
        try:
            found = parse_period(cell, "day", day_first=guess is None or guess.marks.date_order != "mdy")
        except Invalid:
            return None
        return found.year, found.month, found.day


def _plain(name: str) -> str:
    """Return a column name in lower case, its words parted by single blanks."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.split(r"[\W_]+", spaced.casefold())).strip()
