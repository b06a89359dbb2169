"""Finds the column of each part of a result by its name, and then by what it holds."""

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingLike
from dataclasses import dataclass, field
from datetime import date

from qitracker.exchange.cells import text_of
from qitracker.exchange.formats.table import RawTable, Row
from qitracker.exchange.mapping import Mapping, PeriodColumns, RowFilter
from qitracker.foundation.errors import Invalid
from qitracker.foundation.period_text import parse_period

TOTAL_WORDS = ("total", "totals", "grand total", "sum", "all", "all units", "overall", "england", "national", "gesamt")

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "unit": (
        *("unit", "unit code", "ward", "ward code", "org code", "orgcode", "organisation code", "organization code"),
        *("provider id", "provider code", "facility id", "facility code", "site code", "hospital id", "ccn"),
        *("department", "hospital", "organisation", "organization", "provider", "facility", "site", "state"),
    ),
    "unit_name": (
        *("unit name", "ward name", "hospital name", "facility name", "provider name", "org name", "site name"),
        *("organisation name", "organization name", "department name", "name"),
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


@dataclass(frozen=True)
class Known:
    """What the installation knows: codes of units and measures, and mappings remembered by fingerprint."""

    units: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    remembered: MappingLike[str, Mapping] = field(default_factory=dict)


class Finder:
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
            frequency = next((one for one in ("quarter", "week") if one in _plain(part)), "month")
            return PeriodColumns(year=year, part=part, frequency=frequency)
        start = self._start()
        if not start:
            return PeriodColumns(start=year, frequency="year" if year else "month")
        end = self.column("end", {start})
        days = {day for day in map(self._day_of(start), self._cells(start)) if day} if start in self._at else set()
        if end and end in self._at and days:
            return self._between(start, end, days)
        return PeriodColumns(start=start, frequency=_rhythm(days) if days else self._named_frequency(start))

    def _start(self) -> str:
        """Return the dates named like a period, else a column so named that can be read, else any dates."""
        named = [name for name in self._header if _plain(name) in _SYNONYMS["start"]]
        named.sort(key=lambda name: _SYNONYMS["start"].index(_plain(name)))
        dated = [name for name in named if self._dates(name)]
        readable = [name for name in named if name in self._at and self._named_frequency(name)]
        others = [name for name in self._header if self._dates(name)]
        return next(iter([*dated, *readable, *others, *named]), "")

    def _between(self, start: str, end: str, days: set[date]) -> PeriodColumns:
        """Return the frequency that first and last days span; an end beyond a year tells nothing and is left out."""
        first, last = min(days), min((day for day in map(self._day_of(end), self._cells(end)) if day), default=None)
        span = (last - first).days + 1 if last else 0
        frequency = next((name for name, longest in _SPANS if 0 < span <= longest), "year")
        month = first.month if frequency == "year" else 1
        return PeriodColumns(start=start, end=end if 0 < span <= 366 else "", frequency=frequency, fiscal_start=month)

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

    def _named_frequency(self, start: str) -> str:
        """Return the shortest length of period that every text of the column can name, or ""."""
        cells = self._cells(start) if start in self._at else set()
        return next((one for one in ("month", "quarter", "week", "year") if cells and _all_name(cells, one)), "")

    def _day_of(self, column: str) -> Callable[[str], date | None]:
        guess = self._table.detected.column(column)
        day_first = guess is None or guess.marks.date_order != "mdy"

        def read(cell: str) -> date | None:
            try:
                return parse_period(cell, "day", day_first=day_first)
            except Invalid:
                return None

        return read


_SPANS = (("day", 1), ("week", 7), ("month", 31), ("quarter", 92))


def _rhythm(days: set[date]) -> str:
    """Return the length of period that these days are all first days of (of weeks: the same day of the week)."""
    if all((day.month, day.day) == (1, 1) for day in days) and len(days) > 1:
        return "year"
    if all(day.day == 1 for day in days):
        return "quarter" if len(days) > 2 and all(day.month % 3 == 1 for day in days) else "month"
    return "week" if len(days) > 2 and len({day.weekday() for day in days}) == 1 else "day"


def _all_name(cells: set[str], frequency: str) -> bool:
    try:
        for cell in cells:
            parse_period(cell, frequency)
    except Invalid:
        return False
    return True


def _plain(name: str) -> str:
    """Return a column name in lower case, its words parted by single blanks."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.split(r"[\W_]+", spaced.casefold())).strip()
