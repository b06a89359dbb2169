"""Read links: what one thing leads to and what leads to it, and the whole thread that runs through it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from sqlalchemy import bindparam, or_, select, tuple_

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.links.models import Link
from qitracker.links.registry import Parts, described, registered_parts
from qitracker.links.rules import PART, Hop, Linked, Ref

DEEPEST: Final = 6
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
    """One link, or one part of a whole, before anybody has looked up what its ends are."""

    start: Ref
    end: Ref
    role: str


def threads_of(refs: Collection[Ref], by: Actor) -> dict[Ref, tuple[Hop, ...]]:
    """Return the links of each of these things, in both directions, oldest first.

    One statement and those of one look-up for each kind that is found. What the reader may not see is absent; so
    the caller has asked only whether the reader may see `refs` themselves.
    """
    found = described_hops(edges_of(refs), refs, by)
    return {ref: tuple(found.get(ref, ())) for ref in refs}


def thread_of(ref: Ref, by: Actor) -> dict[Ref, tuple[Hop, ...]]:
    """Return everything on the thread through `ref`, by the thing each hop starts from, `ref` first.

    It follows links, and steps from a whole to its parts and back, at most six hops deep and only through what
    the reader may see. A part without links of its own is no station and is left out.
    """
    seen: dict[Ref, None] = {ref: None}
    hops: dict[Ref, tuple[Hop, ...]] = {}
    frontier: list[Ref] = [ref]
    for _ in range(DEEPEST):
        if not frontier:
            break
        found = described_hops([*edges_of(frontier), *_part_edges(frontier)], frontier, by)
        hops |= {one: tuple(found.get(one, ())) for one in frontier}
        ends = (hop.linked.ref for one in frontier for hop in hops[one])
        frontier = [one for one in dict.fromkeys(ends) if one not in seen]
        seen |= dict.fromkeys(frontier)
    return hops


def edges_of(refs: Collection[Ref]) -> list[Edge]:
    """Return the links that begin or end at these things. One statement."""
    if not refs:
        return []
    rows = store.execute(TOUCHING, {"refs": sorted(set(refs))})
    return [Edge(Ref(row[0], row[1]), Ref(row[2], row[3]), row[4]) for row in rows]


def described_hops(edges: Iterable[Edge], refs: Collection[Ref], by: Actor) -> dict[Ref, list[Hop]]:
    """Return for each of `refs` its hops along `edges`, as far as the reader may see what lies at their ends."""
    here = set(refs)
    steps = [
        (stand, other, edge.role, forward)
        for edge in dict.fromkeys(edges)
        for stand, other, forward in ((edge.start, edge.end, True), (edge.end, edge.start, False))
        if stand in here
    ]
    known = _described({other for _, other, _, _ in steps}, by)
    found: dict[Ref, list[Hop]] = defaultdict(list)
    for stand, other, role, forward in steps:
        if other in known:
            found[stand].append(Hop(known[other], role, forward))
    return found


def _described(refs: Iterable[Ref], by: Actor) -> Mapping[Ref, Linked]:
    ids: dict[str, list[str]] = defaultdict(list)
    for ref in sorted(refs):
        ids[ref.kind].append(ref.id)
    return {Ref(kind, key): linked for kind, some in ids.items() for key, linked in described(kind, some, by).items()}


def _part_edges(refs: Collection[Ref]) -> list[Edge]:
    """Return the steps from these wholes to those of their parts that have links, and from these parts upward."""
    downward = [edge for each in registered_parts() for edge in _pairs(each, refs, down=True)]
    held = {end for edge in edges_of([edge.end for edge in downward]) for end in (edge.start, edge.end)}
    upward = [edge for each in registered_parts() for edge in _pairs(each, refs, down=False)]
    return [edge for edge in downward if edge.end in held] + upward


def _pairs(each: Parts, refs: Collection[Ref], *, down: bool) -> list[Edge]:
    kind, look = (each.whole, each.below) if down else (each.part, each.above)
    ids = [ref.id for ref in refs if ref.kind == kind]
    pairs = look(ids) if ids else ()
    return [Edge(Ref(each.whole, whole), Ref(each.part, part), PART) for whole, part in pairs]
