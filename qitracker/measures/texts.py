"""The words of a definition and a benchmark as they are stored: tidy, and no longer than a page can show. Pure."""

from dataclasses import fields, replace
from typing import Any, Final, TypeVar

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say
from qitracker.measures.benchmark_rules import Benchmark
from qitracker.measures.rules import Definition

LONGEST: Final = 4000
LONGEST_OF: Final = {
    "title": 160,
    "domain": 60,
    "unit": 30,
    "numerator_label": 40,
    "denominator_label": 40,
    "strata": 80,
    "codes": 80,
    "source": 600,
    "population": 300,
    "source_url": 600,
    "licence": 300,
    "data_period": 120,
    "reason": 600,
}
"""Most characters by field; of a list, of each of its entries. Fields not named here may have 4,000."""

MOST_STRATA: Final = 40
OF_A_DEFINITION: Final = {"source": LONGEST}  # where the numbers come from may be told at length

Held = TypeVar("Held", Definition, Benchmark)


def tidy_definition(definition: Definition) -> Definition:
    """Return the definition with its words tidied.

    Raises:
        Invalid: beside each field that is too long.
    """
    tidied = _tidied(definition)
    faults = _too_long(tidied, {**LONGEST_OF, **OF_A_DEFINITION})
    if len(tidied.strata) > MOST_STRATA:
        faults["strata"] = say(
            "{count} strata are too many. Keep at most {most}.", count=len(tidied.strata), most=MOST_STRATA
        )
    if faults:
        raise Invalid(fields=faults)
    return tidied


def tidy_benchmark(benchmark: Benchmark) -> Benchmark:
    """Return the benchmark with its words tidied.

    Raises:
        Invalid: beside each field that is too long.
    """
    tidied = _tidied(benchmark)
    faults = _too_long(tidied, LONGEST_OF)
    if faults:
        raise Invalid(fields=faults)
    return tidied


def tidy(text: str) -> str:
    """Return text without control characters (databases refuse some) and without space at its ends; lines stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_tidy_line(line) for line in lines).strip()


def tidy_line(text: str, field: str) -> str:
    """Return text as one tidy line of at most as many characters as `field` may have.

    Raises:
        Invalid: beside `field`.
    """
    line = " ".join(tidy(text).split())
    most = LONGEST_OF.get(field, LONGEST)
    if len(line) > most:
        raise Invalid(_words(len(line), most), field=field)
    return line


def _tidy_line(line: str) -> str:
    printable = "".join(letter for letter in line if letter == "\t" or (letter >= " " and letter != "\x7f"))
    return printable.encode("utf-8", "replace").decode("utf-8").rstrip()


def _tidied(held: Held) -> Held:
    values = {field.name: _tidy_any(getattr(held, field.name)) for field in fields(held)}
    return replace(held, **values)


def _tidy_any(value: Any) -> Any:
    """Tidy plain text, also within lists and dictionaries; codes, numbers and dates stay as they are."""
    if type(value) is str:
        return tidy(value)
    if isinstance(value, tuple):
        return tuple(_tidy_any(one) for one in value)
    if isinstance(value, dict):
        return {key: _tidy_any(one) for key, one in value.items()}
    return value


def _too_long(held: Definition | Benchmark, most_of: dict[str, int]) -> dict[str, Sentence]:
    faults: dict[str, Sentence] = {}
    for field in fields(held):
        most = most_of.get(field.name, LONGEST)
        longest = max((len(text) for text in _texts(getattr(held, field.name))), default=0)
        if longest > most:
            faults[field.name] = _words(longest, most)
    return faults


def _texts(value: Any) -> list[str]:
    if type(value) is str:
        return [value]
    if isinstance(value, dict):
        return [one for one in value.values() if type(one) is str]
    return [one for one in value if type(one) is str] if isinstance(value, tuple) else []


def _words(size: int, most: int) -> Sentence:
    return say("This has {size} characters. Use at most {most}.", size=size, most=most)
