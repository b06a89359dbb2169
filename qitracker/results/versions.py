"""A changed definition starts a phase: limits of one meaning never judge points of another. Pure."""

from typing import Protocol

from qitracker.spc.analysis import PhaseStart


class HasVersions(Protocol):
    """A measure as `measures.queries` gives it."""

    versions: tuple


def definition_phases(measured: HasVersions) -> tuple[PhaseStart, ...]:
    """Return a phase start for each version of the definition after the first."""
    return tuple(
        PhaseStart(version.effective_from, version.reason) for version in measured.versions if version.number > 1
    )
