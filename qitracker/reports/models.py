"""The table of finished reports. The PDF itself lies in the instance folder, named by number and fingerprint."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from qitracker.foundation.db import Base, Moment


class Report(Base):
    """One finished report with the data it was made from. A row is there only when its PDF is."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    document: Mapped[str] = mapped_column(unique=True)  # "MR-12": said on every page
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    title: Mapped[str]
    headline: Mapped[str]
    period: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    measures: Mapped[int]
    snapshot: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str]
    size: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None]
    made_by_name: Mapped[str]
