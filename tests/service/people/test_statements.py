"""Pages of people and units ask the database as often for many rows as for few."""

from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event

from qitracker.foundation.db import db, store
from qitracker.foundation.permissions import Permission
from qitracker.people import queries
from qitracker.people.models import User
from qitracker.people.queries.people_pages import people_page, person_page
from qitracker.people.queries.unit_pages import unit_page, unit_tree

TODAY = date(2026, 6, 1)


@contextmanager
def counted():
    """Count the statements sent while the block runs."""
    sent = []

    def note(_connection, _cursor, statement, *_more):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


READINGS = {
    "tree": (5, lambda by, person: unit_tree(by=by, today=TODAY)),
    "unit": (13, lambda by, person: unit_page(by=by, slug="north", today=TODAY)),
    "people": (6, lambda by, person: people_page(by=by)),
    "person": (8, lambda by, person: person_page(by=by, user_id=person.id)),
    "chooser": (2, lambda by, person: queries.visible_units(by, Permission.UNIT_MANAGE, on=TODAY)),
    "actor": (2, lambda by, person: queries.actor_of(store.get(User, person.id))),  # the account, then its roles
}


@pytest.mark.parametrize("name", READINGS)
def test_the_number_of_statements_does_not_grow_with_the_rows(build, name):
    most, read = READINGS[name]
    by, north = build.administrator(), build.site("North")
    person = build.person("leader", north)
    with counted() as few:
        read(by, person)
    for number in range(8):
        build.person("team_member", build.unit(f"Ward {number}", below=north))
    with counted() as many:
        read(by, person)
    assert len(many) <= len(few)
    assert len(many) <= most
