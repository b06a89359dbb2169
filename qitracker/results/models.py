"""Tables of results. Rows of data are Core tables moved in batches; what people say of them are models.

A period is stored as the day number (date.toordinal) of its first day; stratum 0 is the total.
"""

from datetime import datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from qitracker.foundation.db import Base, Moment
from qitracker.spc.analysis import State

STATE_CODES: dict[State, int] = {
    State.VALUE: 0,
    State.MISSING: 1,
    State.SUPPRESSED: 2,
    State.NOT_APPLICABLE: 3,
    State.NO_CASES: 4,
}
STATES: dict[int, State] = {code: state for state, code in STATE_CODES.items()}

point = Table(
    "point",
    Base.metadata,
    Column("unit_id", Integer, ForeignKey("unit.id"), primary_key=True, autoincrement=False),
    Column("measure_id", Integer, ForeignKey("measure.id"), primary_key=True, autoincrement=False),
    Column("stratum_id", Integer, primary_key=True, autoincrement=False, server_default="0"),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("state", SmallInteger, nullable=False, server_default="0"),
    Column("numerator", Float(53)),
    Column("denominator", Float(53)),
    Column("n", Float(53)),
    Column("definition", SmallInteger, nullable=False, server_default="1"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("batch_id", Integer, nullable=False, server_default="0"),  # 0: entered by hand
    CheckConstraint("state <> 0 OR (numerator IS NOT NULL AND denominator IS NOT NULL)", name="value_has_numbers"),
    CheckConstraint("state BETWEEN 0 AND 4", name="state_known"),
    Index("ix_point_measure_start", "measure_id", "start", "unit_id", "numerator", "denominator"),
    sqlite_with_rowid=False,
)

status = Table(
    "status",
    Base.metadata,
    Column("unit_id", Integer, ForeignKey("unit.id"), primary_key=True, autoincrement=False),
    Column("measure_id", Integer, ForeignKey("measure.id"), primary_key=True, autoincrement=False),
    Column("stratum_id", Integer, primary_key=True, autoincrement=False),
    Column("definition", SmallInteger, nullable=False),
    Column("points", Integer, nullable=False),  # periods with any state
    Column("last_start", Integer),
    Column("judged_start", Integer),  # of the last period that counts, to which the next four columns belong
    Column("last_state", SmallInteger),
    Column("last_numerator", Float(53)),
    Column("last_denominator", Float(53)),
    Column("last_value", Float(53)),  # display units, as are the lines
    Column("centre", Float(53)),
    Column("lower", Float(53)),
    Column("upper", Float(53)),
    Column("reading", String, nullable=False),
    Column("signal_rule", String, nullable=False, server_default=""),
    Column("signal_since", Integer),  # day number of the first point of the latest signal
    Column("signal_side", String, nullable=False, server_default=""),
    Column("signal_length", Integer, nullable=False, server_default="0"),
    Column("numerator_12", Float(53)),
    Column("denominator_12", Float(53)),
    Column("spark", JSON, nullable=False),  # last 24: [[value or null, reading code], …]
    Column("units_reporting", Integer, nullable=False, server_default="0"),  # of a parent, in its last period
    Column("units_expected", Integer, nullable=False, server_default="0"),
    Column("open_until", Integer),  # last day of a period that is stored and not over; then the row is made anew
    Column("refreshed_at", Moment, nullable=False),
    Index("ix_status_measure", "measure_id", "stratum_id", "unit_id"),
    sqlite_with_rowid=False,
)


episode = Table(
    "episode",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", Integer, ForeignKey("unit.id"), nullable=False),
    Column("measure_id", Integer, ForeignKey("measure.id"), nullable=False),
    Column("stratum_id", Integer, nullable=False, server_default="0"),
    Column("rule", String, nullable=False),  # with which it began; the chart may tell it by another one since
    Column("side", String, nullable=False),
    Column("reading", String, nullable=False),
    Column("first_start", Integer, nullable=False),  # of a signal of the whole phase, the first of that phase
    Column("last_start", Integer, nullable=False),  # the latest period in which it was seen
    Column("opened_at", Moment, nullable=False),
    Column("ended_at", Moment),  # null while the status row carries it
    UniqueConstraint("unit_id", "measure_id", "stratum_id", "rule", "first_start"),
    CheckConstraint("first_start <= last_start", name="first_before_last"),
    CheckConstraint("rule <> ''", name="has_rule"),
)


class PointHistory(Base):
    """What a point held before it was corrected, and why it was."""

    __tablename__ = "point_history"
    __table_args__ = (Index("ix_point_history_point", "unit_id", "measure_id", "stratum_id", "start"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    unit_id: Mapped[int]
    measure_id: Mapped[int]
    stratum_id: Mapped[int]
    start: Mapped[int]
    before: Mapped[dict] = mapped_column(JSON)
    after: Mapped[dict] = mapped_column(JSON)
    reason: Mapped[str]
    by_id: Mapped[int | None]
    by_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class SaidOfPeriod:
    """What all remarks on one period share: where it is, who said it, and when."""

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    stratum_id: Mapped[int] = mapped_column(default=0)
    start: Mapped[int]
    by_id: Mapped[int | None]
    by_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class PointComment(SaidOfPeriod, Base):
    """What somebody wrote beside one point in the entry grid."""

    __tablename__ = "point_comment"
    __table_args__ = (Index("ix_point_comment_point", "unit_id", "measure_id", "stratum_id", "start"),)

    text: Mapped[str]


class PhaseRow(SaidOfPeriod, Base):
    """From this period on, limits are calculated anew: a person's decision, or a changed definition."""

    __tablename__ = "phase"
    __table_args__ = (
        UniqueConstraint("unit_id", "measure_id", "stratum_id", "start"),
        CheckConstraint("reason <> ''", name="has_reason"),
    )

    frozen_to: Mapped[int | None]
    reason: Mapped[str]


class Exclusion(SaidOfPeriod, Base):
    """This point is drawn but does not count towards the limits, for a stated reason."""

    __tablename__ = "exclusion"
    __table_args__ = (
        UniqueConstraint("unit_id", "measure_id", "stratum_id", "start"),
        CheckConstraint("reason <> ''", name="has_reason"),
    )

    reason: Mapped[str]


class Note(SaidOfPeriod, Base):
    """A few words at one period of a chart: what happened then."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_unit_id", "unit_id"),)

    text: Mapped[str]


class PeriodState(Base):
    """How far the work on one period of one unit is: open, submitted, checked, locked."""

    __tablename__ = "period_state"
    __table_args__ = (
        UniqueConstraint("unit_id", "frequency", "start"),
        CheckConstraint("state IN ('open', 'submitted', 'checked', 'locked')", name="state_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    frequency: Mapped[str]
    start: Mapped[int]
    state: Mapped[str] = mapped_column(default="open")
    reason: Mapped[str] = mapped_column(default="")  # of the last reopening
    by_id: Mapped[int | None]
    by_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)
