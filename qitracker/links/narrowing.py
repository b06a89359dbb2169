"""Narrows what the database hands to a search: never leaves out a text that holds the words, lets through few others.

A text of plain ASCII holds a word exactly when LIKE says so. What LIKE says of other letters differs between databases
and knows no accents, so every text with such letters is let through and compared in Python.
"""

from typing import Any

from sqlalchemy import ColumnElement, Integer, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement, func

from qitracker.foundation.sought import Sought


class _Octets(FunctionElement[int]):
    """How many bytes a text takes in UTF-8."""

    type = Integer()
    inherit_cache = True
    name = "octets"


@compiles(_Octets)
def _in_standard_sql(element: _Octets, compiler: Any, **kept: Any) -> str:
    return f"octet_length({compiler.process(element.clauses, **kept)})"


@compiles(_Octets, "sqlite")
def _in_sqlite(element: _Octets, compiler: Any, **kept: Any) -> str:
    return f"length(CAST({compiler.process(element.clauses, **kept)} AS BLOB))"


def may_hold(words: Sought, *columns: Any) -> ColumnElement[bool]:
    """Return the condition that one of these columns may hold one of the words."""
    plain = [word for word in words.words if word.isascii()]
    held = [column.icontains(word, autoescape=True) for column in columns for word in plain]
    return or_(*held, *(_Octets(column) != func.length(column) for column in columns))
