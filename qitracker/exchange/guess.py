"""A first mapping for a file never seen before, from the names of its columns and what they hold."""

from collections.abc import Sequence

from qitracker.exchange.cells import text_of
from qitracker.exchange.finder import Finder, Known
from qitracker.exchange.formats.table import RawTable, Row
from qitracker.exchange.formula import column_formula
from qitracker.exchange.mapping import Mapping, Pivot, pivoted_header

_ENDINGS = {
    "observed": ("_NUMERATOR", ": Observed Cases", " Observed Cases", "_OBSERVED"),
    "expected": ("_ELIGCASES", ": Predicted Cases", " Predicted Cases", "_PREDICTED", "_EXPECTED"),
    "numerator": ("_NUM", "_CASES", " numerator"),
    "denominator": ("_DENOMINATOR", "_DEN", " denominator"),
}


def suggest_mapping(table: RawTable, known: Known | None = None) -> Mapping:
    """Return the best first guess; what cannot be guessed stays empty for the person to fill in."""
    facts = known or Known()
    sample = table.sample()
    pivot = suggest_pivot(table, sample)
    header = pivoted_header(pivot) if pivot else table.header
    found = Finder(header, table, sample, facts)
    unit = found.unit()
    period = found.period()
    taken = {unit, period.start, period.end, period.year, period.part}
    numerator, denominator = found.column("numerator", taken), found.column("denominator", taken)
    cases = found.column("n", taken)
    if denominator and not numerator:
        numerator, cases = cases, ""
    value = "" if numerator and denominator else found.column("value", taken)
    return Mapping(
        unit=unit,
        unit_width=found.code_width(unit),
        unit_name=_unit_name(Finder(table.header, table, sample, facts), pivot, taken) if unit else "",
        measure=found.column("measure", taken),
        strata=tuple(filter(None, (found.column("stratum", taken),))),
        period=period,
        numerator="" if value else _formula(numerator),
        denominator="" if value else _formula(denominator),
        value=_formula(value),
        n=_formula(cases) if value else "",
        comment=found.column("comment", taken),
        filters=found.total_rows(unit),
        pivot=pivot,
    )


def _unit_name(finder: Finder, pivot: Pivot | None, taken: set[str]) -> str:
    """Return the column with the names of units, which a pivot leaves where it is."""
    return finder.column("unit_name", taken | ({pivot.names, pivot.values} if pivot else set()))


def _formula(name: str) -> str:
    return column_formula(name) if name else ""


def suggest_pivot(table: RawTable, sample: Sequence[Row]) -> Pivot | None:
    """Return how a long file is made wide, when the names in one of its columns end as a count and as its base.

    Of several such columns the one with the shortest names is taken: it holds codes.
    """
    finder = Finder(table.header, table, sample, Known())
    period = finder.period()
    keys = tuple(name for name in (finder.unit(), period.start, period.end, period.year, period.part) if name)
    found: list[tuple[int, Pivot]] = []
    for index, column in enumerate(table.header):
        names = {text_of(row[index]) for row in sample if index < len(row)}
        endings = _endings_of(names)
        values = finder.column("value", {column})
        if endings and keys and values and column not in keys:
            found.append((sum(map(len, names)), Pivot(keys, column, values, endings)))
    return min(found, key=lambda one: one[0])[1] if found else None


def _endings_of(names: set[str]) -> dict[str, str]:
    """Return the endings that occur, with their roles, if they make a pair; else nothing."""
    used = {
        role: [ending for ending in endings if any(name.casefold().endswith(ending.casefold()) for name in names)]
        for role, endings in _ENDINGS.items()
    }
    pair = next((pair for pair in _PAIRS if all(used[role] for role in pair)), ())
    return {ending: role for role in pair for ending in used[role]}


_PAIRS = (("observed", "expected"), ("numerator", "denominator"))
