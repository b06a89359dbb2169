"""The trail is only ever appended to; whoever gets past the database's own refusal is found by the check."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from qitracker.audit.commands import check_trail, record, seal_committed
from qitracker.audit.events import tell
from qitracker.cli import cli
from qitracker.foundation.db import atomic, db, store
from tests.builders.people import SYSTEM

EVENT = tell("tests.happened", "{actor} did something.")
ENTRIES = 5


@pytest.fixture(autouse=True)
def entries(app):
    """Write and seal some entries."""
    with app.app_context():
        for number in range(ENTRIES):
            with atomic():
                record(EVENT, by=SYSTEM, subject=("test", number), after={"note": f"Told {number}, ½ µg, 0.1"})
        assert seal_committed() == ENTRIES
        yield


def ids() -> list[int]:
    found = list(store.scalars(text("SELECT id FROM audit_entry ORDER BY id")))
    store.rollback()
    return found


def past_the_triggers(statement: str) -> None:
    """Change the trail as somebody with the database file in hand could."""
    store.rollback()
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(statement))
        return
    with closing(sqlite3.connect(db.engine.url.database)) as file:
        for (trigger,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {trigger}")
        file.execute(statement)
        file.commit()


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET {} = 'x'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_or_forget(table, deed):
    column = "event" if table == "audit_entry" else "seal"
    with pytest.raises(DBAPIError, match="only ever appended"), atomic():
        store.execute(text(deed.format(table, column)))
    assert check_trail().sealed == ENTRIES


def test_a_whole_trail_is_said_to_be_whole():
    with atomic():
        record(EVENT, by=SYSTEM, subject=("test", "last"))
    found = check_trail()
    assert (found.sealed, found.broken_entry, found.unsealed) == (ENTRIES, None, 1)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET actor_name = 'Somebody else' WHERE id = {}",
        'UPDATE audit_entry SET after = \'{{"note": "Other"}}\' WHERE id = {}',
        "UPDATE audit_entry SET at = '2001-01-01 00:00:00+00:00' WHERE id = {}",
        "UPDATE audit_seal SET seal = 'aaaa' WHERE entry_id = {}",
        "DELETE FROM audit_entry WHERE id = {}",
    ],
)
@pytest.mark.parametrize("place", [0, 2, ENTRIES - 1])
def test_an_entry_changed_behind_the_back_of_the_product_is_named(change, place):
    entry = ids()[place]
    past_the_triggers(change.format(entry))
    found = check_trail()
    assert (found.broken_entry, found.sealed) == (entry, place)


def test_an_entry_and_its_seal_taken_out_of_the_middle_are_noticed():
    entry = ids()[2]
    past_the_triggers(f"DELETE FROM audit_seal WHERE entry_id = {entry}")
    past_the_triggers(f"DELETE FROM audit_entry WHERE id = {entry}")
    assert check_trail().broken_entry == ids()[2]


def test_the_command_names_the_broken_entry(app, settings, monkeypatch, capsys):
    entry = ids()[1]
    past_the_triggers(f"UPDATE audit_entry SET event = 'tests.other' WHERE id = {entry}")
    monkeypatch.setattr("qitracker.cli.installation", lambda: settings)
    with pytest.raises(Exception, match=f"broken at entry {entry}; 1 entries before it are whole"):
        cli.main(["audit", "check"], standalone_mode=False)
