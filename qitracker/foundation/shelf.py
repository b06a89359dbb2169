"""Kinds by code: chart types, rule sets, kinds of worksheets. Each is one file that puts itself on its shelf."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say

Kind = TypeVar("Kind")


@dataclass
class Shelf(Generic[Kind]):
    """Kinds by code. A code that is there twice stops the import."""

    what: str
    kinds: dict[str, Kind] = field(default_factory=dict)

    def add(self, code: str, kind: Kind) -> None:
        """Put `kind` on the shelf.

        Raises:
            ValueError: the code is taken.
        """
        if code in self.kinds:
            raise ValueError(f"There are two kinds of {self.what} with the code {code!r}.")
        self.kinds[code] = kind

    def get(self, code: str) -> Kind:
        """Return the kind with this code.

        Raises:
            Invalid: no such code.
        """
        if code not in self.kinds:
            choices = ", ".join(sorted(self.kinds))
            raise Invalid(say("“{code}” is not known. Choose one of: {choices}.", code=code, choices=choices))
        return self.kinds[code]
