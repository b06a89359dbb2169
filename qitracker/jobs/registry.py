"""Which kinds of job exist, and what is done regularly. One decorator a kind, written out, not discovered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from qitracker.foundation.words import Sentence


class Cancelled(Exception):
    """The person who asked for the job has called it off."""


class Context(Protocol):
    """What a running job may ask of its worker."""

    job_id: int

    def progress(self, done: int, total: int, words: str = "") -> None:
        """Tell how far the work is; raises Cancelled when it was called off."""


Deed = Callable[..., dict[str, Any]]  # (context, by, **payload) -> result


@dataclass(frozen=True)
class JobKind:
    """One kind of job: what does it, and what people call it."""

    code: str
    title: Sentence
    deed: Deed


ResultAddress = Callable[[Any], str]  # (the job as its owner sees it) -> where its result is read

_kinds: dict[str, JobKind] = {}
_result_pages: dict[str, ResultAddress] = {}
_regular: dict[str, Callable[[], object]] = {}


def job(code: str, *, title: Sentence) -> Callable[[Deed], Deed]:
    """Register a function as what does jobs of kind `code`."""

    def keep(deed: Deed) -> Deed:
        if code in _kinds:
            raise RuntimeError(f"The job kind {code!r} is registered twice.")
        _kinds[code] = JobKind(code, title, deed)
        return deed

    return keep


def each_minute(code: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register a function that the worker calls every minute."""

    def keep(deed: Callable[[], object]) -> Callable[[], object]:
        if code in _regular:
            raise RuntimeError(f"The regular job {code!r} is registered twice.")
        _regular[code] = deed
        return deed

    return keep


def result_page(code: str, address: ResultAddress) -> None:
    """Let a capability say where the result of its kind of job is read."""
    if code in _result_pages:
        raise RuntimeError(f"The job kind {code!r} has two result pages.")
    _result_pages[code] = address


def result_address(code: str) -> ResultAddress | None:
    """Return what gives the address of a result of this kind; None where there is no page for it."""
    return _result_pages.get(code)


def kind_of(code: str) -> JobKind:
    """Return the kind `code`; a KeyError means a job of a version that is not installed."""
    return _kinds[code]


def kinds() -> Mapping[str, JobKind]:
    """Return all kinds by code."""
    return dict(_kinds)


def regular() -> Mapping[str, Callable[[], object]]:
    """Return all regular deeds by code."""
    return dict(_regular)
