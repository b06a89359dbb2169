"""Make, rename, move and delete worksheets, and say who is in the team."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from qitracker.audit.commands import record
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Conflict, Invalid
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.links.commands import add_link, remove_links_of
from qitracker.links.rules import Ref, Role
from qitracker.people.queries import known_place
from qitracker.people.queries.names import people_around
from qitracker.worksheets import events
from qitracker.worksheets.commands.held import CLOSED, Held, held_sheet, next_sequence
from qitracker.worksheets.kinds import KINDS
from qitracker.worksheets.models import Sheet, SheetMember
from qitracker.worksheets.rules.scales import NEWEST
from qitracker.worksheets.rules.states import WORDS, SheetState, check_move

LONGEST_TITLE = 200


@dataclass(frozen=True)
class Member:
    """One person of the team and the discipline they bring."""

    user_id: int
    discipline: str
    leads: bool = False


def make_sheet(*, by: Actor, kind: str, unit_id: int, title: str, answers: Ref | None = None) -> int:
    """Make an empty worksheet and return its number. `answers` is the episode or series that called for it.

    Raises:
        NotFound: no such kind or unit.
        NotAllowed: `by` may not make worksheets there.
        Invalid: the title is empty or too long.
    """
    known = KINDS.get(kind)
    place = known_place(unit_id, by=by)
    by.must(Permission.SHEET_MANAGE, on=place)
    title = checked_title(title)
    with atomic():
        sheet_id = store.scalar(
            insert(Sheet)
            .values(
                kind=known.code,
                unit_id=place.id,
                title=title,
                state=SheetState.DRAFT,
                scale=NEWEST.code if known.has_scale else "",
                scale_version=NEWEST.version if known.has_scale else 0,
                sequence=0,
                version=1,
                made_at=clock.now(),
                made_by_id=by.user_id,
                made_by_name=by.name,
            )
            .returning(Sheet.id)
        )
        assert sheet_id is not None
        if answers is not None:
            role = Role.STUDIES if answers.kind == "series" else Role.ANSWERS
            add_link(by=by, start=Ref("sheet", str(sheet_id)), end=answers, role=role)
        record(events.MADE, by=by, subject=("sheet", sheet_id), unit=place, after={"title": title, "kind": kind})
    return sheet_id


def rename_sheet(*, by: Actor, sheet_id: int, title: str, seen: int) -> int:
    """Give a worksheet another title; return its version. The same title again is no change.

    Raises:
        NotFound, NotAllowed, Invalid: as `make_sheet`.
        Conflict: somebody renamed or moved it since version `seen`.
    """
    sheet = held_sheet(sheet_id, by=by, needs=Permission.SHEET_MANAGE, open_only=False)
    title = checked_title(title)
    if title == sheet.title:
        return sheet.version
    if sheet.state is SheetState.CLOSED:
        raise Invalid(CLOSED, field="title")
    with atomic():
        _change(sheet, seen, mine=title, title=title)
        after = {"title": title}
        record(
            events.RENAMED,
            by=by,
            subject=("sheet", sheet_id),
            unit=sheet.place,
            before={"title": sheet.title},
            after=after,
        )
    return seen + 1


def move_sheet(*, by: Actor, sheet_id: int, state: SheetState, seen: int) -> None:
    """Move a worksheet on, or back.

    Raises:
        NotFound, NotAllowed: as `make_sheet`.
        Invalid: it cannot go there from where it is.
        Conflict: somebody renamed or moved it since version `seen`.
    """
    sheet = held_sheet(sheet_id, by=by, needs=Permission.SHEET_MANAGE, open_only=False)
    if state is sheet.state:
        return
    check_move(sheet.state, state)
    with atomic():
        _change(sheet, seen, mine=state, state=state)
        record(
            events.MOVED,
            by=by,
            subject=("sheet", sheet_id),
            unit=sheet.place,
            before={"state": WORDS[sheet.state].text},
            after={"state": WORDS[state].text},
        )


def delete_sheet(*, by: Actor, sheet_id: int, reason: str) -> None:
    """Delete a worksheet: nobody sees it any more, its cells stay in the database and its story in the trail.

    Raises:
        NotFound, NotAllowed: as `make_sheet`.
        Invalid: no reason.
    """
    sheet = held_sheet(sheet_id, by=by, needs=Permission.SHEET_MANAGE, open_only=False)
    reason = reason.strip()
    if not reason:
        raise Invalid(say("Say why it is deleted. The reason stays in the history of the unit."), field="reason")
    with atomic():
        store.execute(update(Sheet).where(Sheet.id == sheet_id).values(deleted_at=clock.now()))
        remove_links_of(Ref("sheet", str(sheet_id)))
        after = {"title": sheet.title, "reason": reason[:500]}
        record(events.DELETED, by=by, subject=("sheet", sheet_id), unit=sheet.place, after=after)


def set_team(*, by: Actor, sheet_id: int, members: Sequence[Member]) -> None:
    """Say who is in the team; those left out leave it.

    Raises:
        NotFound: no such sheet or person.
        NotAllowed, Invalid: as `make_sheet`.
    """
    sheet = held_sheet(sheet_id, by=by, needs=Permission.SHEET_MANAGE)
    around = {person.id: person.name for person in people_around(sheet.place)}
    if not {each.user_id for each in members} <= around.keys():
        raise Invalid(say("Choose people who hold a role in this unit or above it."), field="members")
    named = {each.user_id: (each, around[each.user_id]) for each in members}
    with atomic():
        next_sequence(sheet_id)
        before = dict(
            store.execute(select(SheetMember.user_id, SheetMember.name).where(SheetMember.sheet_id == sheet_id)).all()
        )
        store.execute(delete(SheetMember).where(SheetMember.sheet_id == sheet_id))
        for user_id, (each, name) in named.items():
            values = {"name": name, "discipline": each.discipline, "leads": each.leads}
            store.execute(insert(SheetMember).values(sheet_id=sheet_id, user_id=user_id, **values))
            if user_id not in before:
                _tell(events.JOINED, by, sheet, name=name, discipline=each.discipline)
        for user_id, name in before.items():
            if user_id not in named:
                _tell(events.LEFT, by, sheet, name=name)


def checked_title(title: str) -> str:
    """Return the title as it is kept.

    Raises:
        Invalid: empty or too long.
    """
    title = " ".join(title.split())
    if not title:
        raise Invalid(say("Give the worksheet a title, such as “Admission medicines reconciliation”."), field="title")
    if len(title) > LONGEST_TITLE:
        raise Invalid(say("A title has at most {longest} characters.", longest=LONGEST_TITLE), field="title")
    return title


def _change(sheet: Held, seen: int, *, mine: object, **values: object) -> None:
    done = store.execute(
        update(Sheet).where(Sheet.id == sheet.id, Sheet.version == seen).values(version=seen + 1, **values)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Conflict(
            say("Somebody renamed or moved this worksheet while you did. Look at it again."), theirs=sheet, mine=mine
        )
    next_sequence(sheet.id)


def _tell(event: str, by: Actor, sheet: Held, **after: object) -> None:
    record(event, by=by, subject=("sheet", sheet.id), unit=sheet.place, after=after)
