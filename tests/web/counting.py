"""How many statements a page takes."""

from sqlalchemy import event

from qitracker.foundation.db import db


def statements(app, deed) -> int:
    """Count the statements that a page takes."""
    counted = []

    def note(_connection, _cursor, statement, *_more):
        counted.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert deed().status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len([one for one in counted if not one.startswith(("BEGIN", "PRAGMA"))])
