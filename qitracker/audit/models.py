"""Tables of the audit trail: entries that are only ever appended, and the seals over them."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from qitracker.foundation.db import Base, Moment

BigKey = BigInteger().with_variant(Integer, "sqlite")


class AuditEntry(Base):
    """One thing that happened: who, when, what, where, and the values before and after."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_kind", "subject_id", "id"),
        Index("ix_audit_entry_unit", "unit_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int | None]  # no foreign key: the trail outlives the person's row
    actor_name: Mapped[str]
    event: Mapped[str]
    unit_id: Mapped[int | None]
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    before: Mapped[dict | None] = mapped_column(JSON)
    after: Mapped[dict | None] = mapped_column(JSON)
    request_id: Mapped[str | None]


class AuditSeal(Base):
    """One link of the hash chain: the seal of an entry covers the entry and the seal before it."""

    __tablename__ = "audit_seal"

    position: Mapped[int] = mapped_column(BigKey, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), unique=True)
    seal: Mapped[str]  # SHA-256 in hexadecimal
