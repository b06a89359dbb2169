"""Tables of imports: each file with what was decided about it, mappings by shape of header, rows that were refused."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qitracker.foundation.db import Base, Moment


class ImportBatch(Base):
    """One file from its upload until its results are stored. The file itself is kept under its fingerprint."""

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint(
            "state IN ('new', 'checking', 'checked', 'importing', 'held', 'done', 'undone')", name="state_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    filename: Mapped[str]  # as its owner calls it: shown, never a path
    fingerprint: Mapped[str]  # SHA-256 of the content, and the name it is kept under
    size: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)  # nothing outside it is recorded
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))  # None: the file says which
    read_as: Mapped[dict] = mapped_column(JSON)
    mapping: Mapped[dict | None] = mapped_column(JSON)
    choices: Mapped[dict] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(default="new")
    summary: Mapped[dict | None] = mapped_column(JSON)  # of the last check, or of the import
    header: Mapped[list | None] = mapped_column(JSON)  # column names of the refused rows
    job_id: Mapped[int | None]
    by_id: Mapped[int | None]
    by_name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)


class ImportMapping(Base):
    """How files with this header were read last in an organisation."""

    __tablename__ = "import_mapping"
    __table_args__ = (UniqueConstraint("unit_id", "shape"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # the organisation
    shape: Mapped[str]  # fingerprint of the column names
    mapping: Mapped[dict] = mapped_column(JSON)
    by_id: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(Moment)


refused_row = Table(
    "import_refused",
    Base.metadata,
    Column("batch_id", Integer, ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("row", Integer, nullable=False),  # its number in the file
    Column("cells", JSON, nullable=False),
    Column("reasons", JSON, nullable=False),  # [[column, text, {name: value}], …]
    sqlite_with_rowid=False,
)
