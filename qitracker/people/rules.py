"""Decisions about units and roles: what may stand below what, when it is valid, and what it is called."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.errors import Invalid
from qitracker.foundation.permissions import Role
from qitracker.foundation.words import Sentence, say

KINDS: Final = {"organisation": say("Organisation"), "site": say("Site"), "unit": say("Unit")}
MAY_STAND_BELOW: Final = {"organisation": (None,), "site": ("organisation",), "unit": ("organisation", "site", "unit")}
LONGEST_NAME: Final = 120
LONGEST_CODE: Final = 40

ROLE_TITLES: Final[dict[Role, Sentence]] = {
    Role.ADMINISTRATOR: say("Administrator"),
    Role.QUALITY_OFFICER: say("Quality officer"),
    Role.FACILITATOR: say("Facilitator"),
    Role.TEAM_MEMBER: say("Team member"),
    Role.LEADER: say("Leader"),
}
ROLE_DESCRIPTIONS: Final[dict[Role, Sentence]] = {
    Role.ADMINISTRATOR: say("Invites people, gives roles, keeps the units. Reads everything, records nothing."),
    Role.QUALITY_OFFICER: say("Defines measures, records, checks, locks and imports results, makes reports."),
    Role.FACILITATOR: say("Leads the team: records results, writes notes on charts, makes reports."),
    Role.TEAM_MEMBER: say("Records results and reads measures and reports."),
    Role.LEADER: say("Reads measures and reports, and makes reports."),
}


@dataclass(frozen=True)
class UnitFacts:
    """One unit as commands and imports need it."""

    id: int
    parent_id: int | None
    kind: str
    code: str
    slug: str
    name: str
    valid_from: date
    valid_to: date | None
    merged_into_id: int | None
    version: int

    def is_open(self, on: date) -> bool:
        """Say whether the unit exists on that day: both its first and its last day count."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def knows_of(by: Actor, place: Place) -> bool:
    """Say whether the person may know that `place` exists: they hold some role there or above it."""
    return by.is_system or any(grant.unit_id in place.lineage for grant in by.grants)


def check_kind(kind: str, parent_kind: str | None) -> None:
    """Pass when a unit of `kind` may stand below one of `parent_kind` (None: at the top).

    Raises:
        Invalid: no such kind, or it may not stand there.
    """
    if kind not in KINDS:
        raise Invalid(say("“{kind}” is no kind of unit. Choose site or unit.", kind=kind), field="kind")
    if not may_stand_below(kind, parent_kind):
        words = {
            "organisation": say("There is one organisation, at the top. Choose site or unit."),
            "site": say("A site stands directly below the organisation. Choose the organisation, or make this a unit."),
            "unit": say("A unit stands below the organisation, a site or another unit. Choose one of them."),
        }
        raise Invalid(words[kind], field="kind" if kind == "organisation" else "parent")


def may_stand_below(kind: str, parent_kind: str | None) -> bool:
    """Say whether a unit of `kind` may hang below one of `parent_kind` (None: at the top)."""
    return parent_kind in MAY_STAND_BELOW[kind]


def can_be_moved(kind: str) -> bool:
    """Say whether there can be another place for it: sites stand below the one organisation, which is the top."""
    return len(MAY_STAND_BELOW[kind]) > 1


def check_name(name: str) -> str:
    """Return the name with single spaces; a name is never empty and at most 120 characters."""
    cleaned = " ".join(name.split())
    if not cleaned:
        raise Invalid(say("Enter a name."), field="name")
    if len(cleaned) > LONGEST_NAME:
        raise Invalid(
            say("The name has {size} characters. Use at most {most}.", size=len(cleaned), most=LONGEST_NAME),
            field="name",
        )
    return cleaned


def check_code(code: str) -> str:
    """Return the organisation's own id of a unit, as text: leading zeros count."""
    cleaned = code.strip()
    if not cleaned:
        raise Invalid(say("Enter the code your organisation uses for this unit."), field="code")
    if len(cleaned) > LONGEST_CODE:
        raise Invalid(
            say("The code has {size} characters. Use at most {most}.", size=len(cleaned), most=LONGEST_CODE),
            field="code",
        )
    return cleaned


def check_validity(*, valid_from: date, valid_to: date | None, parent: UnitFacts | None) -> None:
    """Pass when the dates are in order and lie inside those of the unit above.

    Raises:
        Invalid: beside `valid_from` or `valid_to`.
    """
    if valid_to is not None and valid_to < valid_from:
        raise Invalid(
            say("The last day lies before the first, {first}. Correct one of them.", first=valid_from), field="valid_to"
        )
    if parent is None:
        return
    if valid_from < parent.valid_from:
        raise Invalid(
            say("{parent} begins on {day}. Choose that day or a later one.", parent=parent.name, day=parent.valid_from),
            field="valid_from",
        )
    if parent.valid_to is not None and (valid_to is None or valid_to > parent.valid_to):
        raise Invalid(
            say("{parent} ends on {day}. Choose a last day up to then.", parent=parent.name, day=parent.valid_to),
            field="valid_to",
        )


def check_move(unit: UnitFacts, parent: UnitFacts, parent_lineage: Sequence[int]) -> None:
    """Pass when `unit` may be hung below `parent`, whose lineage (itself first) is given.

    Raises:
        Invalid: it is the top, a cycle would arise, the kinds do not fit, or the dates do not.
    """
    if unit.parent_id is None:
        raise Invalid(say("{unit} is the top of the tree and cannot be moved.", unit=unit.name), field="parent")
    if unit.id in parent_lineage:
        raise Invalid(
            say(
                "{parent} stands below {unit} or is the same. Choose a place outside {unit}.",
                parent=parent.name,
                unit=unit.name,
            ),
            field="parent",
        )
    check_kind(unit.kind, parent.kind)
    check_validity(valid_from=unit.valid_from, valid_to=unit.valid_to, parent=parent)


def check_merge(
    source: UnitFacts, target: UnitFacts, target_lineage: Sequence[int], *, open_below: int, last_day: date
) -> None:
    """Pass when `source` may end on `last_day` and go on as `target`.

    Raises:
        Invalid: the top, itself, a unit below itself, another kind, a closed unit, or open units below.
    """
    if source.parent_id is None:
        raise Invalid(say("{unit} is the top of the tree and cannot be merged.", unit=source.name), field="target")
    if source.id in target_lineage:
        raise Invalid(say("Choose a unit that is neither {unit} nor below it.", unit=source.name), field="target")
    if target.parent_id is None:
        raise Invalid(
            say("{unit} is the whole organisation. Choose a unit within it.", unit=target.name), field="target"
        )
    if last_day == date.max or not target.is_open(last_day + timedelta(days=1)):
        raise Invalid(
            say("{unit} is not open after that day. Choose a unit that goes on.", unit=target.name), field="target"
        )
    if open_below:
        raise Invalid(
            say("{count} open units stand below {unit}. Move or close them first.", count=open_below, unit=source.name),
            field="target",
        )
    check_close(source, last_day)


def check_close(unit: UnitFacts, last_day: date) -> None:
    """Pass when `last_day` can be the last day of `unit`.

    Raises:
        Invalid: the top, already closed, or before its first day.
    """
    if unit.parent_id is None:
        raise Invalid(say("{unit} is the top of the tree and cannot be closed.", unit=unit.name), field="last_day")
    if unit.valid_to is not None:
        raise Invalid(say("{unit} is closed since {day}.", unit=unit.name, day=unit.valid_to), field="last_day")
    if last_day < unit.valid_from:
        raise Invalid(
            say("{unit} begins on {day}. Choose a last day from then on.", unit=unit.name, day=unit.valid_from),
            field="last_day",
        )


def slug_of(name: str, *, otherwise: str = "unit") -> str:
    """Return `name` as part of an address: ASCII letters, digits and single hyphens, at most 60.

    Letters with accents lose them (é → e); names in other scripts give the slug of `otherwise`.
    """
    replaced = (
        name.casefold().replace("ø", "o").replace("æ", "ae").replace("œ", "oe").replace("đ", "d").replace("ł", "l")
    )
    words = re.sub(r"\W+", "-", unicodedata.normalize("NFKC", replaced))
    ascii_only = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:60].strip("-")
    if slug:
        return slug
    return slug_of(otherwise, otherwise="unit")


def unique_slug(name: str, taken: Collection[str], *, otherwise: str = "unit") -> str:
    """Return the slug of `name`, with -2, -3, … when it is taken."""
    slug = slug_of(name, otherwise=otherwise)
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def locked_until(attempts: Sequence[datetime], *, now: datetime, limit: int, minutes: int) -> datetime | None:
    """Return until when a name is locked, or None when it may be tried.

    `attempts` are the failed ones. `limit` of them within `minutes` lock the name for `minutes` after
    the last; attempts that are refused while locked are not counted, so a lock always ends.
    """
    latest = sorted(attempts, reverse=True)[:limit]
    if len(latest) < limit:
        return None
    span = timedelta(minutes=minutes)
    until = latest[0] + span
    return until if latest[0] - latest[-1] <= span and now < until else None
