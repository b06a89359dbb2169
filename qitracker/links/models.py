"""The table of links. Both ends are named by kind and id, so that no capability needs to know the other's tables."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qitracker.foundation.db import Base, Moment


class Link(Base):
    """One thing leads to another, in a role: a worksheet answers an episode, a measure judges an action."""

    __tablename__ = "link"
    __table_args__ = (
        UniqueConstraint("from_kind", "from_id", "to_kind", "to_id", "role"),
        CheckConstraint("from_kind <> to_kind OR from_id <> to_id", name="not_to_itself"),
        Index("ix_link_to", "to_kind", "to_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    from_kind: Mapped[str]
    from_id: Mapped[str]
    to_kind: Mapped[str]
    to_id: Mapped[str]
    role: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None]
    made_by_name: Mapped[str]
