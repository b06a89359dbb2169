"""The table of actions. What an action answers and is judged by also stands among the links."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from qitracker.foundation.db import Base, Moment


class Action(Base):
    """One deed that is to make care safer or better: one owner, one date, one measure that will judge it."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'running', 'done', 'dropped')", name="state_known"),
        CheckConstraint("title <> ''", name="has_title"),
        CheckConstraint("state <> 'dropped' OR reason <> ''", name="dropped_has_reason"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_has_date"),
        CheckConstraint(
            "(judge_measure_id IS NULL) = (judge_unit_id IS NULL)"
            " AND (judge_measure_id IS NULL) = (judge_stratum_id IS NULL)",
            name="judge_whole_or_none",
        ),
        Index("ix_action_unit_state_due", "unit_id", "state", "due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    title: Mapped[str]
    detail: Mapped[str]
    type: Mapped[str]  # code in actions.hierarchy.TYPES; the strength follows from it
    owner_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    owner_name: Mapped[str]  # as it was when the action was given
    due: Mapped[date]
    state: Mapped[str] = mapped_column(default="planned")
    reason: Mapped[str] = mapped_column(default="")  # of the last move
    done_on: Mapped[date | None]
    judge_measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    judge_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    judge_stratum_id: Mapped[int | None]  # 0: the total
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None]
    made_by_name: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
