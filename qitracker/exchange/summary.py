"""What a check or an import came to, in plain values: kept with the batch, read by pages and the command line."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from qitracker.exchange.preview import Totals
from qitracker.exchange.why import WORDS
from qitracker.foundation.words import Sentence, plain


@dataclass(frozen=True)
class Sums:
    """Rows of one measure and what they add up to, exactly as written."""

    rows: int = 0
    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)

    @classmethod
    def of(cls, totals: Totals | None) -> "Sums":
        """Return the totals as they stand."""
        return cls(totals.rows, totals.numerator, totals.denominator) if totals else cls()


@dataclass(frozen=True)
class MeasureSums:
    """One measure: what the file gives, what will stand recorded of it, and what of that is new."""

    measure_id: int
    slug: str
    title: str
    read: Sums
    taken: Sums
    stored: Sums

    @property
    def agrees(self) -> bool:
        """Whether all that the file gives stands recorded."""
        return self.read == self.taken


@dataclass(frozen=True)
class ReasonCount:
    """How many rows are refused for one reason, with the first of them as an example."""

    rows: int
    column: str
    words: Sentence  # with its values in plain English


@dataclass(frozen=True)
class Summary:
    """rows = new + corrected + same + refused + blank + filtered + empty."""

    rows: int = 0
    new: int = 0
    corrected: int = 0
    same: int = 0
    different: int = 0  # recorded already with other numbers: among corrected or refused
    refused: int = 0
    blank: int = 0
    filtered: int = 0
    empty: int = 0
    unusual: int = 0
    not_calculated: int = 0
    series: int = 0
    units: int = 0
    states: dict[str, int] = field(default_factory=dict)
    frequency: str = "month"
    first: date | None = None
    last: date | None = None
    measures: tuple[MeasureSums, ...] = ()
    reasons: tuple[ReasonCount, ...] = ()
    kinds: dict[str, int] = field(default_factory=dict)  # refused rows by kind of reason: see exchange.why
    doubts: tuple[Sentence, ...] = ()  # what looks turned round or out of place; nothing is held up by it
    new_units: tuple[str, ...] = ()
    new_strata: tuple[str, ...] = ()
    new_collections: int = 0
    seconds: float = 0.0

    @property
    def good(self) -> int:
        """Return how many rows would be, or are, recorded by this import."""
        return self.new + self.corrected

    @property
    def skipped(self) -> int:
        """Return how many rows are left out on purpose."""
        return self.blank + self.filtered + self.empty

    def told_kinds(self) -> tuple[tuple[int, Sentence], ...]:
        """Return the kinds of reasons in words, each with its number of rows, the most frequent first."""
        return tuple((rows, WORDS[kind]) for kind, rows in self.kinds.items() if kind in WORDS)


def summary_to_json(summary: Summary) -> dict[str, Any]:
    """Return the summary as plain lists, dicts, texts and numbers."""
    return {name: _plain(value) for name, value in asdict(summary).items()}


def summary_from_json(stored: Mapping[str, Any]) -> Summary:
    """Return the summary that `summary_to_json` wrote; fields that are no longer known are left out."""
    known: dict[str, Any] = {one.name: stored[one.name] for one in fields(Summary) if one.name in stored}
    for name in ("first", "last"):
        known[name] = date.fromisoformat(known[name]) if known.get(name) else None
    known["measures"] = tuple(_measure(one) for one in known.get("measures", ()))
    known["reasons"] = tuple(
        ReasonCount(one["rows"], one["column"], Sentence(one["words"]["text"], one["words"]["values"]))
        for one in known.get("reasons", ())
    )
    known["doubts"] = tuple(Sentence(one["text"], one["values"]) for one in known.get("doubts", ()))
    for name in ("new_units", "new_strata"):
        known[name] = tuple(known.get(name, ()))
    return Summary(**known)


def _measure(stored: Mapping[str, Any]) -> MeasureSums:
    sums = {
        name: Sums(stored[name]["rows"], Decimal(stored[name]["numerator"]), Decimal(stored[name]["denominator"]))
        for name in ("read", "taken", "stored")
    }
    return MeasureSums(stored["measure_id"], stored["slug"], stored["title"], **sums)


def settled_sentence(words: Sentence) -> Sentence:
    """Return the sentence with its values in plain English, so that it can be stored and still be translated."""
    return Sentence(words.text, {name: plain(value) for name, value in words.values.items()})


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case dict():
            return {str(name): _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return value
