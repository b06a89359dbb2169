"""What an invented root cause analysis is written with: the event, moments, whys and causal statements. Pure."""

from qitracker.demonstration.stories.outline import Then, Told


def event(*, at: Then, **cells: str) -> Told:
    """Return the event: what happened, its harm and how often it happens."""
    return Told("event", {"at": at, **cells})


def moment(back: int, time: str, text: str, source: str, *, instead: str = "") -> Told:
    """Return one moment of the timeline; `instead` says what was expected where it went otherwise."""
    cells: dict[str, str | Then] = {"at": Then(back, time), "text": text, "source": source}
    cells |= {"deviation": "yes", "expected": instead} if instead else {"deviation": "no"}
    return Told("moment", cells)


def why(text: str, area: str, *below: Told, evidence: str = "", root: str = "") -> Told:
    """Return one cause with the causes and statements below it; `root` is the key of one that actions answer."""
    cells = {"text": text, "area": area, "root": "yes" if root else "no"}
    return Told("why", cells | ({"evidence": evidence} if evidence else {}), below, root)


def statement(cause: str, effect: str, led_to: str) -> Told:
    """Return a causal statement: cause, effect, and the event that became more likely."""
    return Told("statement", {"text": cause, "effect": effect, "event": led_to})
