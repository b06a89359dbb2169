"""The rule every set with limits shares: a point beyond the 3-sigma line."""

from qitracker.spc.judged import Finding, Judged

NAMES = {1: "above", -1: "below"}


def outside(phase: Judged) -> list[Finding]:
    """Return one finding for each point beyond a 3-sigma line; a point on the line is not beyond it.

    Source: Shewhart, Economic Control of Quality of Manufactured Product (1931).
    """
    findings = []
    for at, side in enumerate(phase.beyond(3)):
        sigma = phase.sigma[at]
        if side and sigma is not None:
            limit = phase.centre + side * 3 * sigma
            figures = {"value": phase.values[at], "limit": limit, "centre": phase.centre}
            findings.append(Finding("outside", NAMES[side], (phase.places[at],), figures))
    return findings
