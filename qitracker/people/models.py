"""Tables of people and places: units with their tree, calendars, users, grants, invitations."""

from datetime import date, datetime

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qitracker.foundation.db import Base, Moment


class Calendar(Base):
    """Which days are not working days: the holidays of a country, and a site's own days."""

    __tablename__ = "calendar"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    country: Mapped[str] = mapped_column(default="")  # ISO 3166-1 code of the holidays library, "" for none
    subdivision: Mapped[str] = mapped_column(default="")


class CalendarDay(Base):
    """One extra day off, beyond the country's holidays."""

    __tablename__ = "calendar_day"

    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str]


class Unit(Base):
    """One part of the organisation, from the whole down to a ward. Closed units keep their history."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="valid_to_not_before_from"),
        CheckConstraint("kind IN ('organisation', 'site', 'unit')", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)  # the organisation's own id, text: leading zeros count
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    timezone: Mapped[str | None]  # None: as the unit above
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("calendar.id"))  # None: as the unit above
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]  # last day
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)


class UnitAbove(Base):
    """The closure of the tree: each unit with itself (distance 0) and all that stand above it."""

    __tablename__ = "unit_above"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), primary_key=True)
    above_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), primary_key=True, index=True)
    distance: Mapped[int]


class SignInRole(Base, RoleMixin):
    """Flask-Security's own role row. Rights are grants here, so this table stays empty."""

    __tablename__ = "sign_in_role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class User(Base, UserMixin):
    """One person who can sign in."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    discipline: Mapped[str] = mapped_column(default="")  # nurse, doctor, pharmacist, …: as the person says it
    password: Mapped[str | None]  # None until an invitation is taken up
    active: Mapped[bool] = mapped_column(default=True)
    is_demonstration: Mapped[bool] = mapped_column(default=False)  # may sign in from loopback only
    language: Mapped[str | None]
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)


class GrantRow(Base):
    """A role held by a person in a unit and everything below it, between two dates."""

    __tablename__ = "grant_row"
    __table_args__ = (UniqueConstraint("user_id", "role", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    granted_at: Mapped[datetime] = mapped_column(Moment)
    granted_by_id: Mapped[int | None]


class Invitation(Base):
    """A link by which an invited person sets a password, once, before it expires. Only its hash is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    taken_at: Mapped[datetime | None] = mapped_column(Moment)


class SignInAttempt(Base):
    """One failed attempt; enough of them lock the name for a while, known or not."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_hash: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(Moment)


class EndedSession(Base):
    """A session that its owner signed out of: a copy of its cookie opens nothing, until it has idled out."""

    __tablename__ = "ended_session"

    key_hash: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
