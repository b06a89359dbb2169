"""What tests of home and board share: a ward with measures, and the count of statements."""

import re
from datetime import date

from sqlalchemy import event

from qitracker.foundation import clock
from qitracker.foundation.db import db
from qitracker.foundation.periods import period_of, shift_period

LAST_MONTH = shift_period(period_of(clock.today(), "month"), "month", -1)
BEGINS = shift_period(LAST_MONTH, "month", -35)
CALM = [(78, 100), (82, 100)] * 10
BETTER = [*CALM, *[(92, 100)] * 8]
WORSE = [*CALM, *[(66, 100)] * 8]


def first_of(numbers) -> date:
    """Return the month in which a series begins that ends with last month."""
    return shift_period(LAST_MONTH, "month", 1 - len(numbers))


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


def titles(page) -> list[str]:
    """Return the titles of the measures that a board lists, in their order."""
    return re.findall(r'<th scope="row" class="m"><a [^>]*>([^<]+)</a>', page.text)
