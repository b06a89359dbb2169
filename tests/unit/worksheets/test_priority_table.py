"""The table of priority on paper says what the rule says, for all 1,000 triples."""

from itertools import product

from qitracker.worksheets.rules.priority import action_priority
from qitracker.worksheets.rules.priority_table import priority_table


def test_the_printed_table_gives_every_triple_its_priority():
    table = priority_table()

    def place(score, bands):
        return next(at for at, (low, high) in enumerate(bands) if low <= score <= high)

    for s, o, d in product(range(1, 11), repeat=3):
        row = table.letters[place(s, table.severity)][place(o, table.occurrence)]
        assert row[place(d, table.detection)] is action_priority(s, o, d)


def test_the_printed_table_is_as_small_as_it_can_be():
    table = priority_table()
    assert (len(table.severity), len(table.occurrence), len(table.detection)) == (5, 5, 4)
