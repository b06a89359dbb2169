"""Read links: what one thing leads to, and what leads to it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, or_, select, tuple_

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.links.models import Link
from qitracker.links.registry import described
from qitracker.links.rules import Hop, Linked, Ref, Role

_link = Link.__table__
TOUCHING = (
    select(_link.c.from_kind, _link.c.from_id, _link.c.to_kind, _link.c.to_id, _link.c.role)
    .where(
        or_(
            tuple_(_link.c.from_kind, _link.c.from_id).in_(bindparam("refs", expanding=True)),
            tuple_(_link.c.to_kind, _link.c.to_id).in_(bindparam("refs", expanding=True)),
        )
    )
    .order_by(_link.c.id)
)


class Edge(NamedTuple):
    """One link, before anybody has looked up what its ends are."""

    start: Ref
    end: Ref
    role: str


def threads_of(refs: Collection[Ref], by: Actor) -> dict[Ref, tuple[Hop, ...]]:
    """Return the links of each of these things, in both directions, oldest first.

    One statement and those of one look-up for each kind that is found. What the reader may not see is absent; so
    the caller has asked only whether the reader may see `refs` themselves.
    """
    here = set(refs)
    steps = [
        (stand, other, edge.role, forward)
        for edge in edges_of(refs)
        for stand, other, forward in ((edge.start, edge.end, True), (edge.end, edge.start, False))
        if stand in here
    ]
    known = _described({other for _, other, _, _ in steps}, by)
    found: dict[Ref, list[Hop]] = defaultdict(list)
    for stand, other, role, forward in steps:
        if other in known:
            found[stand].append(Hop(known[other], role, forward))
    return {ref: tuple(found.get(ref, ())) for ref in refs}


def edges_of(refs: Collection[Ref]) -> list[Edge]:
    """Return the links that begin or end at these things. One statement."""
    if not refs:
        return []
    rows = store.execute(TOUCHING, {"refs": sorted(set(refs))})
    return [Edge(Ref(row[0], row[1]), Ref(row[2], row[3]), row[4]) for row in rows]


def answering(kind: str, ids: Select[tuple[str]] | Collection[str] | None = None) -> list[Edge]:
    """Return the links that answer these things of one kind (all of it, where none are named). One statement."""
    named = () if ids is None else (Link.to_id.in_(ids),)
    return _edges(Link.role == Role.ANSWERS, Link.to_kind == kind, *named)


def leading_from(kind: str, ids: Collection[str]) -> list[Edge]:
    """Return the links that begin at these things of one kind. One statement."""
    return _edges(Link.from_kind == kind, Link.from_id.in_(sorted(set(ids))))


def _edges(*conditions: ColumnElement[bool]) -> list[Edge]:
    """Return the links that fulfil all of these, oldest first."""
    columns = (Link.from_kind, Link.from_id, Link.to_kind, Link.to_id, Link.role)
    rows = store.execute(select(*columns).where(*conditions).order_by(Link.id))
    return [Edge(Ref(row[0], row[1]), Ref(row[2], row[3]), row[4]) for row in rows]


def _described(refs: Iterable[Ref], by: Actor) -> Mapping[Ref, Linked]:
    ids: dict[str, list[str]] = defaultdict(list)
    for ref in sorted(refs):
        ids[ref.kind].append(ref.id)
    return {Ref(kind, key): linked for kind, some in ids.items() for key, linked in described(kind, some, by).items()}
