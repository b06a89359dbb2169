"""The converted columns of some rows of a block: what each row gives, before it is judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

from qitracker.exchange.cells import Column, Reason
from qitracker.exchange.formats.table import Row
from qitracker.results.rules import LONGEST_COMMENT
from qitracker.spc.analysis import State


@dataclass(frozen=True)
class Given:
    """n rows: raw cells, row numbers, keys (unit, measure, stratum, start), amounts by what they are for, comments."""

    rows: list[Row]
    numbers: Sequence[int]
    keys: tuple[Column, ...]
    amounts: dict[str, Column]
    comments: list[str]

    @property
    def is_clean(self) -> bool:
        """Whether every key is readable, every amount a number, and no comment too long."""
        columns_are_clean = all(column.clean for column in (*self.keys, *self.amounts.values()))
        return columns_are_clean and (not any(self.comments) or max(map(len, self.comments)) <= LONGEST_COMMENT)

    def key_tuples(self) -> Iterator[tuple[Any, ...]]:
        """Give (unit, measure, stratum, start) of each row."""
        return zip(*(column.values for column in self.keys), strict=True)

    def readable_keys(self) -> Iterator[tuple[Any, ...]]:
        """Give the keys without those that hold a `Reason`."""
        if all(column.clean for column in self.keys):
            return self.key_tuples()
        return (key for key in self.key_tuples() if Reason not in map(type, key))

    def plain_rows(self) -> list[bool]:
        """Say of each row whether all its keys and amounts are plain values."""
        plain = [len(comment) <= LONGEST_COMMENT for comment in self.comments]
        for column in (*self.keys, *self.amounts.values()):
            if not column.clean:
                plain = [
                    so_far and not isinstance(value, (State, Reason))
                    for so_far, value in zip(plain, column.values, strict=True)
                ]
        return plain

    def only(self, wanted: list[bool]) -> "Given":
        """Return the rows that are `wanted`."""
        return Given(
            list(compress(self.rows, wanted)),
            list(compress(self.numbers, wanted)),
            tuple(_some(column, wanted) for column in self.keys),
            {what: _some(column, wanted) for what, column in self.amounts.items()},
            list(compress(self.comments, wanted)),
        )


def _some(column: Column, wanted: list[bool]) -> Column:
    values = list(compress(column.values, wanted))
    return Column(values, column.clean or not {State, Reason} & set(map(type, values)))
