"""What templates of measures read: a definition as pairs of words."""

from collections.abc import Mapping
from typing import Final

from qitracker.foundation.words import Sentence
from qitracker.measures.differences import FIELD_WORDS, Shown, shown
from qitracker.measures.rules import Definition
from qitracker.spc.registry import CHART_TYPES, RULE_SETS

COUNTED: Final = ("numerator", "denominator", "exclusions", "sampling", "strata")
SHOWN_AS: Final = ("scoring", "direction", "unit", "multiplier", "decimals", "interval", "chart", "rule_set")
COLLECTED: Final = ("frequency", "due_days", "source", "plausible_low", "plausible_high")
ABOUT: Final = ("kind", "aims", "area", "codes")

Pair = tuple[Sentence, Shown]


def definition_words(definition: Definition) -> Mapping[str, tuple[Pair, ...]]:
    """Return a definition as named groups of (field, parts); fields that hold nothing are left out."""
    groups = {"counted": COUNTED, "shown": SHOWN_AS, "collected": COLLECTED, "about": ABOUT}
    return {group: tuple(_pairs(definition, names)) for group, names in groups.items()}


def _pairs(definition: Definition, names: tuple[str, ...]) -> list[Pair]:
    pairs = []
    for name in names:
        parts = _titled(name, shown(name, getattr(definition, name)))
        if parts:
            pairs.append((FIELD_WORDS[name], parts))
    return pairs


def _titled(name: str, parts: Shown) -> Shown:
    """Return chart and rules by their names in place of their codes."""
    kinds = {"chart": CHART_TYPES.kinds, "rule_set": RULE_SETS.kinds}.get(name)
    if kinds is None:
        return parts
    return tuple(kinds[str(code)].title if str(code) in kinds else code for code in parts)
