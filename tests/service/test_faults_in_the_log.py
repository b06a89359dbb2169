"""What the log keeps of a fault of the database: where it happened, which rule was broken, never what people wrote."""

import sys

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from qitracker.foundation.db import atomic, store
from qitracker.people.models import User
from qitracker.people.queries import person_facts
from qitracker.web.faults import traceback_without_values

EMAIL = "maren.ashgrove@alder.example"


def logged(deed) -> str:
    try:
        with atomic():
            deed()
    except DBAPIError:
        return traceback_without_values(sys.exc_info())
    return ""


def test_a_row_that_stands_there_already_is_not_named(build):
    person = build.person("leader", email=EMAIL, name="Maren Ashgrove")
    values = {"email": EMAIL, "name": "Maren", "fs_uniquifier": "x", "created_at": None, "version": 1}
    said = logged(lambda: store.execute(insert(User).values({**values, "id": person.id})))
    assert "IntegrityError" in said and "test_faults_in_the_log" in said
    assert EMAIL not in said and "DETAIL" not in said and "Maren" not in said
    assert person_facts(person.id).email == EMAIL


def test_a_value_that_is_no_number_is_not_quoted(app, database):
    if database.startswith("sqlite"):
        said = logged(lambda: store.execute(text("SELECT nothing_of_that_name")))
        assert "nothing_of_that_name" in said  # SQLite names columns, never values
        return
    said = logged(lambda: store.execute(text("SELECT CAST(:words AS integer)"), {"words": EMAIL}))
    assert "[22P02]" in said and EMAIL not in said


@pytest.mark.parametrize("fault", [ValueError("plain words"), KeyError("x")])
def test_other_faults_are_told_as_python_tells_them(fault):
    assert traceback_without_values((type(fault), fault, None)).endswith(f"{type(fault).__name__}: {fault}")
