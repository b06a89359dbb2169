"""Tables of worksheets: the sheet, its team, rows that hang below each other, cells with all their versions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qitracker.foundation.db import Base, Moment


class Sheet(Base):
    """One worksheet of a unit. Every change takes the next number of `sequence`, under its row lock."""

    __tablename__ = "sheet"
    __table_args__ = (
        CheckConstraint("title <> ''", name="has_title"),
        CheckConstraint("state IN ('draft', 'analysis', 'review', 'closed')", name="state_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # code of a kind, see worksheets.kinds
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    scale: Mapped[str]  # "" for a kind without scores
    scale_version: Mapped[int]
    sequence: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)  # of title and state
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None]
    made_by_name: Mapped[str]
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)


class SheetMember(Base):
    """One person of the team, with the discipline they bring."""

    __tablename__ = "sheet_member"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    name: Mapped[str]
    discipline: Mapped[str]
    leads: Mapped[bool] = mapped_column(default=False)


class SheetRowRow(Base):
    """One row. `gone_seq` is the change that took it away; it can come back until the sheet is closed."""

    __tablename__ = "sheet_row"
    __table_args__ = (
        UniqueConstraint("sheet_id", "token"),
        Index("ix_sheet_row_sheet_changed", "sheet_id", "changed_seq"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"))
    section: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("sheet_row.id"), index=True)
    position: Mapped[int]
    token: Mapped[str | None]  # made by the browser: a click sent twice adds one row
    changed_seq: Mapped[int]
    gone_seq: Mapped[int | None]


class CellRow(Base):
    """What stands in one cell, who wrote it and when."""

    __tablename__ = "cell"

    row_id: Mapped[int] = mapped_column(ForeignKey("sheet_row.id"), primary_key=True)
    column: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    version: Mapped[int]
    by_id: Mapped[int | None]
    by_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class CellVersion(Base):
    """What stood in a cell in each version: nothing that was typed is lost."""

    __tablename__ = "cell_version"

    row_id: Mapped[int] = mapped_column(ForeignKey("sheet_row.id"), primary_key=True)
    column: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[str]
    by_id: Mapped[int | None]
    by_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class Presence(Base):
    """Who has a sheet open, and in which cell. Not audited; rows older than a minute mean nothing."""

    __tablename__ = "presence"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    name: Mapped[str]
    row_id: Mapped[int | None]
    column: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Moment)
