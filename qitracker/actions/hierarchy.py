"""How strong each type of action is, why so, and what mixes were published. Pure data.

The strength is that of the action hierarchy in RCA² (United States Department of Veterans Affairs, National Center
for Patient Safety): the less an action leans on people who remember and take care, the stronger it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from qitracker.foundation.words import Sentence, say


class Strength(StrEnum):
    """How likely a type of action is to hold. The value is stored in exports: short and stable."""

    STRONGER = "stronger"
    INTERMEDIATE = "intermediate"
    WEAKER = "weaker"

    @property
    def level(self) -> int:
        """Return how many bars its sign has: 1 weaker, 2 intermediate, 3 stronger."""
        return {Strength.WEAKER: 1, Strength.INTERMEDIATE: 2, Strength.STRONGER: 3}[self]


STRENGTH_WORDS: Final[dict[Strength, Sentence]] = {
    Strength.STRONGER: say("Stronger"),
    Strength.INTERMEDIATE: say("Intermediate"),
    Strength.WEAKER: say("Weaker"),
}

STRENGTH_REASONS: Final[dict[Strength, Sentence]] = {
    Strength.STRONGER: say("It works without anybody having to remember it."),
    Strength.INTERMEDIATE: say("It makes the right act easier, and people still have to do it."),
    Strength.WEAKER: say("It leans on people who remember and take care, so it rarely lasts by itself."),
}


@dataclass(frozen=True)
class ActionType:
    """One type of action: what it is called, how strong it is, and what that rests on."""

    code: str
    title: Sentence
    strength: Strength
    why: Sentence


def _types(strength: Strength, *rows: tuple[str, Sentence, Sentence]) -> tuple[ActionType, ...]:
    return tuple(ActionType(code, title, strength, why) for code, title, why in rows)


_STRONGER = _types(
    Strength.STRONGER,
    (
        "architectural_or_plant_change",
        say("Rebuild the room or a fixed installation"),
        say("The place itself now keeps the harm away, on every shift."),
    ),
    (
        "new_device_usability_tested",
        say("Buy a device that its users have tried out"),
        say("Slips show while it is tried out, before it reaches a patient."),
    ),
    (
        "engineering_control_forcing_function",
        say("Make the wrong step impossible: interlock or forcing function"),
        say("The error can no longer be made, whoever is on duty."),
    ),
    (
        "simplify_process",
        say("Make the process simpler and take steps out"),
        say("A step that is gone cannot go wrong."),
    ),
    (
        "standardize_equipment_or_process",
        say("Use one kind of equipment, or do it one way everywhere"),
        say("Nobody has to recall which way holds here."),
    ),
    (
        "leadership_tangible_involvement",
        say("Leaders take part where all can see it"),
        say("What leaders do themselves gets time, money and attention."),
    ),
)

_INTERMEDIATE = _types(
    Strength.INTERMEDIATE,
    (
        "redundancy",
        say("Put a second safeguard behind the first"),
        say("A failure is caught, but the failure itself is still possible."),
    ),
    (
        "staffing_up_or_workload_down",
        say("More staff, or less work for those there are"),
        say("It holds as long as the posts are filled."),
    ),
    (
        "software_change",
        say("Change or extend software"),
        say("The screen leads to the right act; it can often be passed by."),
    ),
    (
        "reduce_distractions",
        say("Take away what interrupts or distracts"),
        say("Fewer slips happen, until new interruptions come."),
    ),
    (
        "simulation_based_education",
        say("Practise in simulation, again at set times"),
        say("What is practised is recalled under stress, as long as it is practised again."),
    ),
    (
        "checklist_or_cognitive_aid",
        say("Checklist or another aid to memory"),
        say("It stands in for memory, and has to be taken up each time."),
    ),
    (
        "separate_look_and_sound_alikes",
        say("Keep apart what looks or sounds alike"),
        say("Mix-ups get rarer; new products can bring them back."),
    ),
    (
        "standard_communication_tool",
        say("A fixed way to pass on information, with read-back"),
        say("Less is lost on the way when both sides keep to it."),
    ),
    (
        "enhanced_documentation",
        say("Better records or better ways to tell each other"),
        say("What is needed is there, for those who look."),
    ),
)

_WEAKER = _types(
    Strength.WEAKER,
    (
        "double_check",
        say("Have a second person check"),
        say("Two people who trust each other miss the same thing, most of all in a hurry."),
    ),
    (
        "warning_or_label",
        say("A warning or a label"),
        say("What is seen every day is soon no longer noticed."),
    ),
    (
        "policy_or_memo",
        say("A new rule, policy or memo"),
        say("Paper changes nothing at the bedside, and new staff may never read it."),
    ),
    (
        "training",
        say("Training"),
        say("Knowledge fades and staff change; the trap stays where it is."),
    ),
    (
        "further_study",
        say("Study or analyse it further"),
        say("It may lead to an action; by itself it changes nothing for patients."),
    ),
)

TYPES: Final[dict[str, ActionType]] = {one.code: one for one in (*_STRONGER, *_INTERMEDIATE, *_WEAKER)}
"""Every type by its code, the stronger ones first: the order in which they are offered."""


def types_of(strength: Strength) -> tuple[ActionType, ...]:
    """Return the types of one strength, in the order in which they are offered."""
    return tuple(one for one in TYPES.values() if one.strength is strength)


@dataclass(frozen=True)
class PublishedMix:
    """What share of recommendations was how strong in one study, in whole percent as published."""

    study: str
    place: Sentence
    analyses: int
    recommendations: int
    percent: dict[Strength, int]
    without_stronger: int | None = None  # percent of analyses without a single stronger one, where it is told


MIXES: Final = (
    PublishedMix(
        "Hibbert 2018",
        say("Victoria, Australia"),
        227,
        1137,
        {Strength.STRONGER: 8, Strength.INTERMEDIATE: 44, Strength.WEAKER: 48},
        without_stronger=72,
    ),
    PublishedMix(
        "Kwok 2020",
        say("Hong Kong"),
        214,
        760,
        {Strength.STRONGER: 2, Strength.INTERMEDIATE: 15, Strength.WEAKER: 82},
    ),
)
"""Published mixes, to look at one's own beside them. Those of Kwok add up to 99 because each is rounded."""


@dataclass(frozen=True)
class Mix:
    """How many actions are how strong."""

    counts: dict[Strength, int]

    @property
    def total(self) -> int:
        """Return how many there are."""
        return sum(self.counts.values())

    def share(self, strength: Strength) -> float | None:
        """Return the share of one strength from 0 to 1; None where there are no actions."""
        return self.counts[strength] / self.total if self.total else None


def mix_of(counted: Iterable[tuple[Strength, int]]) -> Mix:
    """Return how many there are of each strength, given counts of some; those that do not occur count 0."""
    counts = dict.fromkeys(Strength, 0)
    for strength, count in counted:
        counts[strength] += count
    return Mix(counts)
