"""Tables of measures: what is counted (by version), who collects it, what it is held against."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from qitracker.foundation.db import Base, Moment


class Measure(Base):
    """One measure of one part of the organisation. What it counts stands in its versions."""

    __tablename__ = "measure"
    __table_args__ = (
        Index(  # a measure of the library is in use at most once at each unit
            "uq_measure_unit_library",
            "unit_id",
            "library_code",
            unique=True,
            sqlite_where=text("library_code <> ''"),
            postgresql_where=text("library_code <> ''"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)  # defined here, for all units below
    library_code: Mapped[str] = mapped_column(default="")  # "" for one written by hand
    domain: Mapped[str]  # heading of its group on boards
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    retired_on: Mapped[date | None]
    retired_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)  # of this row; definition versions are numbered below


class MeasureVersion(Base):
    """One version of the definition. Never edited once a changed meaning has followed it."""

    __tablename__ = "measure_version"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    effective_from: Mapped[date]
    title: Mapped[str]
    scoring: Mapped[str]
    frequency: Mapped[str]
    body: Mapped[dict] = mapped_column(JSON)  # the whole Definition, see measures.rules
    reason: Mapped[str] = mapped_column(default="")  # why the meaning changed
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_id: Mapped[int | None]


class Stratum(Base):
    """One part into which results of a measure are split, such as department type 1."""

    __tablename__ = "stratum"
    __table_args__ = (UniqueConstraint("measure_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    code: Mapped[str]
    title: Mapped[str]
    is_collected: Mapped[bool] = mapped_column(default=True)  # False: history only, the definition dropped it


class Collection(Base):
    """One unit collects one measure, between two dates; somebody answers for it."""

    __tablename__ = "collection"
    __table_args__ = (
        UniqueConstraint("measure_id", "unit_id"),
        CheckConstraint("ends IS NULL OR ends >= begins", name="ends_not_before_begins"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    begins: Mapped[date]
    ends: Mapped[date | None]
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=1)


class BenchmarkRow(Base):
    """One value to compare with: never without its source and the dates between which it holds."""

    __tablename__ = "benchmark"
    __table_args__ = (
        CheckConstraint("source <> ''", name="has_source"),
        CheckConstraint("effective_to IS NULL OR effective_to >= effective_from", name="to_not_before_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # None: for every unit
    kind: Mapped[str]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    source: Mapped[str]
    body: Mapped[dict] = mapped_column(JSON)  # the whole Benchmark, see measures.benchmark_rules
    created_at: Mapped[datetime] = mapped_column(Moment)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)
