"""Tracebacks for the log. What PostgreSQL says of a row (an address, a name) is left out; rule and code stay."""

import traceback
from collections.abc import Iterator
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]
DATA_EXCEPTION = "22"  # this class of codes quotes the value it could not use in its first line already


def traceback_without_values(exc_info: ExcInfo) -> str:
    """Return the traceback as Python prints it, with the words of the database shortened to what holds no value."""
    text = "".join(traceback.format_exception(*exc_info)).rstrip("\n")
    for fault in _chain(exc_info[1]):
        text = text.replace(str(fault), _shortened(fault))
    return text


def _chain(fault: BaseException) -> Iterator[BaseException]:
    """Give the faults of the database driver among a fault, its causes and what each was raised in the midst of."""
    waiting, seen = [fault], set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        waiting.extend(other for other in (one.__cause__, one.__context__) if other is not None)
        if getattr(one, "diag", None) is not None and str(one):
            yield one


def _shortened(fault: BaseException) -> str:
    """Return the first line of what the database said, unless that may quote a value, and its code."""
    code = getattr(fault, "sqlstate", None)
    if code is None:  # raised by the driver itself, on this side
        return str(fault).partition("\nDETAIL")[0]
    first = "" if code.startswith(DATA_EXCEPTION) else str(fault).splitlines()[0]
    return f"{first} [{code}]".lstrip()
