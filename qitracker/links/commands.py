"""Make and take away links. The caller has asked the rights, holds the transaction, and tells the trail."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, delete, or_, select

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import insert_new, store
from qitracker.links.models import Link
from qitracker.links.rules import Ref, check_link

_TABLE: Any = Link.__table__


def add_link(*, by: Actor, start: Ref, end: Ref, role: str) -> int:
    """Link two things, once: a link that stands already stays as it is. Return its number.

    Raises:
        Invalid: things of these kinds are not linked in this role.
    """
    check_link(start, end, role)
    ends = _ends(start, end, role)
    insert_new(
        _TABLE, [{**ends, "made_at": clock.now(), "made_by_id": by.user_id, "made_by_name": by.name}]
    )  # two people who link at the same moment both find it made
    return store.scalars(select(Link.id).filter_by(**ends)).one()


def remove_link(*, by: Actor, start: Ref, end: Ref, role: str) -> None:
    """Take one link away, if it stands."""
    store.execute(delete(Link).filter_by(**_ends(start, end, role)))


def remove_links_of(ref: Ref) -> None:
    """Take away every link that begins or ends at a thing that is itself taken away."""
    store.execute(
        delete(Link).where(
            or_(
                and_(Link.from_kind == ref.kind, Link.from_id == ref.id),
                and_(Link.to_kind == ref.kind, Link.to_id == ref.id),
            )
        )
    )


def _ends(start: Ref, end: Ref, role: str) -> Mapping[str, str]:
    return {
        "from_kind": start.kind,
        "from_id": start.id,
        "to_kind": end.kind,
        "to_id": end.id,
        "role": str(role),
    }
