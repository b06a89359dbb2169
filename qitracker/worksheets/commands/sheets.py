"""Make, rename, move and delete worksheets, and say who is in the team."""

from collections.abc import Collection

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
from qitracker.people.queries.names import PersonChoice, people_around
from qitracker.worksheets import events
from qitracker.worksheets.commands.held import CLOSED, Held, held_sheet, next_sequence
from qitracker.worksheets.kinds import KINDS
from qitracker.worksheets.models import Sheet, SheetMember, SheetRowRow
from qitracker.worksheets.rules.scales import NEWEST
from qitracker.worksheets.rules.states import WORDS, SheetState, check_move
from qitracker.worksheets.sheet_kind import SheetKind

LONGEST_TITLE = 200


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
        _add_single_rows(sheet_id, known)
        if answers is not None:
            role = Role.STUDIES if answers.kind == "series" else Role.ANSWERS
            add_link(by=by, start=Ref("sheet", str(sheet_id)), end=answers, role=role)
        record(events.MADE, by=by, subject=("sheet", sheet_id), unit=place, after={"title": title, "kind": kind})
    return sheet_id


def _add_single_rows(sheet_id: int, kind: SheetKind) -> None:
    """Give a new sheet the one row of each part that has just one."""
    singles = [section.code for section in kind.sections if section.single]
    if singles:
        shared = {"sheet_id": sheet_id, "parent_id": None, "token": None, "changed_seq": 0}
        rows = [{**shared, "section": code, "position": at} for at, code in enumerate(singles)]
        store.execute(insert(SheetRowRow), rows)


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


def set_team(*, by: Actor, sheet_id: int, user_ids: Collection[int], leader_id: int | None = None) -> None:
    """Say who is in the team and who leads it; those left out leave it. Each brings the discipline of their account.

    Raises:
        NotFound, NotAllowed: as `make_sheet`.
        Invalid: somebody holds no role around the unit, or the leader is not in the team.
    """
    sheet = held_sheet(sheet_id, by=by, needs=Permission.SHEET_MANAGE)
    around = {person.id: person for person in people_around(sheet.place)}
    if not set(user_ids) <= around.keys():
        raise Invalid(say("Choose people who hold a role in this unit, above or below it."), field="people")
    if leader_id is not None and leader_id not in user_ids:
        raise Invalid(say("Whoever leads the team belongs to it. Tick their name too."), field="leader")
    team = {each: _member(around[each], leads=each == leader_id) for each in sorted(user_ids)}
    with atomic():
        before = _team(sheet_id)
        if before == team:
            return
        next_sequence(sheet_id)
        store.execute(delete(SheetMember).where(SheetMember.sheet_id == sheet_id))
        for user_id, values in team.items():
            store.execute(insert(SheetMember).values(sheet_id=sheet_id, user_id=user_id, **values))
        for user_id in team.keys() - before.keys():
            _tell(events.JOINED, by, sheet, name=team[user_id]["name"], discipline=team[user_id]["discipline"])
        for user_id in before.keys() - team.keys():
            _tell(events.LEFT, by, sheet, name=before[user_id]["name"])


def _member(person: PersonChoice, *, leads: bool) -> dict[str, object]:
    return {"name": person.name, "discipline": person.discipline, "leads": leads}


def _team(sheet_id: int) -> dict[int, dict[str, object]]:
    rows = store.execute(
        select(SheetMember.user_id, SheetMember.name, SheetMember.discipline, SheetMember.leads).where(
            SheetMember.sheet_id == sheet_id
        )
    )
    return {row.user_id: {"name": row.name, "discipline": row.discipline, "leads": row.leads} for row in rows}


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
