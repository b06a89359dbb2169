"""What a chooser calls units: each below what it belongs to, so that the list shows the tree."""

from collections.abc import Iterable

from qitracker.people.queries.places import PATH_MARK, UnitChoice

STEP = "\u2003"  # an em space for each step down the tree


def labelled(units: Iterable[UnitChoice]) -> tuple[tuple[UnitChoice, str], ...]:
    """Return each unit with its label, indented below those above it that are offered too.

    `units` are in tree order; some may be left out. A label tells the part of the path that no line above it shows.
    """
    found: list[tuple[UnitChoice, str]] = []
    above: list[UnitChoice] = []
    for unit in units:
        while above and not f"{unit.path}{PATH_MARK}".startswith(f"{above[-1].words}{PATH_MARK}"):
            above.pop()
        told = unit.words.removeprefix(f"{above[-1].words}{PATH_MARK}") if above else unit.words
        found.append((unit, STEP * len(above) + told))
        above.append(unit)
    return tuple(found)
