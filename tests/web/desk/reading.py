"""What tests of home and board share: a ward with measures, and the count of statements."""

import re
from datetime import date

from qitracker.foundation import clock
from qitracker.foundation.periods import period_of, shift_period

LAST_MONTH = shift_period(period_of(clock.today(), "month"), "month", -1)
BEGINS = shift_period(LAST_MONTH, "month", -35)
CALM = [(78, 100), (82, 100)] * 10
BETTER = [*CALM, *[(92, 100)] * 8]
WORSE = [*CALM, *[(66, 100)] * 8]


def first_of(numbers) -> date:
    """Return the month in which a series begins that ends with last month."""
    return shift_period(LAST_MONTH, "month", 1 - len(numbers))


def titles(page) -> list[str]:
    """Return the titles of the measures that a board lists, in their order."""
    return re.findall(r'<th scope="row" class="m"><a [^>]*>([^<]+)</a>', page.text)
