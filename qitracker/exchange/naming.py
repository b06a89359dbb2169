"""What units that an import makes are called: the first name that the file gives beside each code."""

from collections.abc import Collection

from qitracker.exchange.cells import text_of
from qitracker.exchange.convert import code_reader
from qitracker.exchange.formats.table import RawTable
from qitracker.exchange.mapping import Mapping
from qitracker.people.rules import LONGEST_NAME


def names_of_units(table: RawTable, mapping: Mapping, codes: Collection[str]) -> dict[str, str]:
    """Return by code the names that the mapped column gives; codes without a name in any row are left out."""
    wanted = set(codes)
    if not wanted or not mapping.unit_name or mapping.unit not in table.header:
        return {}
    unit, name = table.header.index(mapping.unit), table.header.index(mapping.unit_name)
    read = code_reader(mapping.unit, mapping.unit_codes, mapping.unit_width)
    found: dict[str, str] = {}
    for row in table.rows():
        code = read[row[unit]] if len(row) > max(unit, name) else None
        words = " ".join(text_of(row[name]).split()) if code in wanted else ""
        if words:
            wanted.discard(code)
            found[code] = words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1].rstrip()}…"
        if not wanted:
            break
    return found
