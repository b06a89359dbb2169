"""Builds units and people for tests, in an application that may or may not be entered."""

import itertools
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask, current_app, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import select

from qitracker.foundation.actor import Actor, Place, system
from qitracker.foundation.db import atomic, store
from qitracker.foundation.permissions import Role
from qitracker.foundation.words import say
from qitracker.jobs.commands import cancel, enqueue
from qitracker.jobs.registry import job
from qitracker.people.commands import (
    Invited,
    add_calendar,
    add_day_off,
    add_unit,
    close_unit,
    found_organisation,
    invite_person,
)
from qitracker.people.commands.grants import add_grant
from qitracker.people.commands.invitations import new_user
from qitracker.people.models import User
from qitracker.people.queries import actor_by_id
from qitracker.people.queries.people import grants_of

SYSTEM = system("a test")
FIRST_DAY = date(2020, 1, 1)
PASSWORD = "violin harbour seventeen"
IDLE = "tests.idle"  # a kind of job that does nothing; no worker runs here


@job(IDLE, title=say("Nothing"))
def _idle(_context, _by) -> dict:
    return {}


@dataclass(frozen=True)
class Person:
    """One built person; `password` is None when none was asked for (sign in with `build.signed_in`)."""

    id: int
    name: str
    email: str
    password: str | None
    actor: Actor


class Build:
    """What tests arrange with. Every method gives plain values and commits."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._numbers = itertools.count(1)
        self._organisation: Place | None = None

    @contextmanager
    def _inside(self) -> Iterator[None]:
        if has_app_context() and current_app._get_current_object() is self._app:
            yield
        else:
            with self._app.app_context():
                yield

    def organisation(self, name: str = "Alder Health") -> Place:
        """Return the top of the tree, founded on first use."""
        if self._organisation is None:
            with self._inside():
                self._organisation = found_organisation(
                    by=SYSTEM, name=name, code="ORG", timezone="Europe/London", valid_from=FIRST_DAY
                )
        return self._organisation

    def unit(self, name: str | None = None, *, below: Place | None = None, kind: str = "unit", **more) -> Place:
        """Add a unit below another (the organisation when none is named)."""
        number = next(self._numbers)
        parent = below or self.organisation()
        values = {"code": f"{number:03}", "valid_from": FIRST_DAY, **more}
        with self._inside():
            return add_unit(by=SYSTEM, parent_id=parent.id, kind=kind, name=name or f"Ward {number}", **values)

    def site(self, name: str | None = None, **more) -> Place:
        """Add a site below the organisation."""
        return self.unit(name, kind="site", **more)

    def person(
        self,
        role: Role | str | None = None,
        unit: Place | None = None,
        *,
        name: str | None = None,
        email: str | None = None,
        password: str | None = None,
        is_demonstration: bool = False,
    ) -> Person:
        """Add a person, with a role in a unit (the organisation when none is named); a given password is hashed."""
        number = next(self._numbers)
        name, email = name or f"Person {number}", email or f"person{number}@alder.example"
        place = unit or self.organisation()
        with self._inside():
            with atomic():
                user_id = new_user(name=name, email=email, password=password, is_demonstration=is_demonstration)
                if role is not None:
                    add_grant(by=SYSTEM, user_id=user_id, name=name, role=Role(role), place=place)
            return Person(user_id, name, email, password, actor_by_id(user_id))

    def grant(self, person: Person, role: Role | str, unit: Place) -> Person:
        """Give a built person a further role."""
        with self._inside():
            with atomic():
                add_grant(by=SYSTEM, user_id=person.id, name=person.name, role=Role(role), place=unit)
            return Person(person.id, person.name, person.email, person.password, actor_by_id(person.id))

    def actor(self, role: Role | str = Role.QUALITY_OFFICER, unit: Place | None = None) -> Actor:
        """Return an actor with one role in a unit (the organisation when none is named)."""
        return self.person(role, unit).actor

    def administrator(self, unit: Place | None = None) -> Actor:
        """Return an administrator who can sign in, so that the organisation always keeps one."""
        return self.person(Role.ADMINISTRATOR, unit, password=PASSWORD).actor

    def officer(self, unit: Place | None = None) -> Actor:
        """Return a quality officer."""
        return self.actor(Role.QUALITY_OFFICER, unit)

    def grant_id(self, person: Person) -> int:
        """Return the id of a person's first role."""
        with self._inside():
            return grants_of([person.id])[person.id][0].id

    def closed_unit(self, name: str, *, below: Place, last_day: date) -> Place:
        """Add a unit and close it."""
        place = self.unit(name, below=below)
        with self._inside():
            close_unit(by=SYSTEM, unit_id=place.id, seen=1, last_day=last_day)
        return place

    def calendar(self, name: str, days: dict[date, str] | None = None) -> int:
        """Add a working calendar with days off; return its id."""
        with self._inside():
            calendar_id = add_calendar(by=SYSTEM, name=name)
            for day, words in (days or {}).items():
                add_day_off(by=SYSTEM, calendar_id=calendar_id, day=day, name=words)
        return calendar_id

    def invited(self, by: Actor, unit: Place, *, role: Role = Role.TEAM_MEMBER) -> Invited:
        """Invite a new person into a unit."""
        number = next(self._numbers)
        with self._inside():
            email = f"invited{number}@alder.example"
            return invite_person(by=by, name=f"Invited {number}", email=email, role=role, unit_id=unit.id, days=7)

    def job(self, *, by: Actor, unit: Place) -> int:
        """Add a job that was called off, so that nothing waits for a worker; return its id."""
        with self._inside(), atomic():
            job_id = enqueue(IDLE, by=by, unit=unit, payload={})
            cancel(by=by, job_id=job_id)
            return job_id

    def signed_in(self, person: Person, *, idle_seconds: int = 0) -> FlaskClient:
        """Return a browser in which the person is signed in, without asking the password."""
        with self._inside():
            key = store.scalar(select(User.fs_uniquifier).where(User.id == person.id))
        client = self._app.test_client()
        with client.session_transaction() as session:
            session.update(
                _user_id=key,
                _fresh=True,
                _id=uuid.uuid4().hex,
                fs_paa=time.time(),
                last_action=time.time() - idle_seconds,
                key=uuid.uuid4().hex,
            )
        return client


@pytest.fixture
def build(app) -> Build:
    """Arrange with one line: `build.unit()`, `build.person("leader", unit)`, `build.signed_in(person)`."""
    return Build(app)
