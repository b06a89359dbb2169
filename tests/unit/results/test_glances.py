"""The line of a board, from the few facts of a status row, is word for word the line of the whole analysis."""

from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytest import mark

from qitracker.foundation.periods import shift_period
from qitracker.measures.rules import Definition, Scoring
from qitracker.results.glances import Ending, glance_at
from qitracker.results.series import Row, analysis_of
from qitracker.results.status import READINGS, ends_of, facts_of, status_values
from qitracker.spc.analysis import Direction, PhaseStart, State
from qitracker.spc.wording import glance_line, short_reading

HANDS = Definition("Hands", Scoring.PROPORTION, Direction.UP, "cleaned", multiplier=100, unit="%", chart="p")
FALLS = Definition("Falls", Scoring.RATE, Direction.DOWN, "falls", multiplier=1000, chart="u")
WAITS = Definition("Waits", Scoring.COUNT, Direction.NONE, "waits", chart="i")
RUN = Definition("Answers", Scoring.PROPORTION, Direction.UP, "yes", multiplier=100, chart="run")
HOLE = "nobody stored anything"
FIRST = date(2023, 1, 1)
OVER = date(2030, 1, 1)  # every period is over by then


def month(at: int) -> date:
    return shift_period(FIRST, "month", at)


def rows_of(cells) -> list[Row]:
    return [
        Row(month(at), State.MISSING, None, None) if cell is None else Row(month(at), State.VALUE, *cell)
        for at, cell in enumerate(cells)
        if cell != HOLE
    ]


def line_of_the_row(rows, definition, phases=()) -> str:
    """Write the line from what a status row keeps, as the board reads it."""
    analysis = analysis_of(rows, definition, today=OVER, phases=phases)
    kept = status_values(len(rows), ends_of(rows, "month", today=OVER), facts_of(analysis))
    count = len(kept["spark"])
    last = date.fromordinal(kept["last_start"])
    ending = Ending(
        frequency="month",
        chart=definition.chart,
        starts=[shift_period(last, "month", at - count + 1) for at in range(count)],
        values=[value for value, _ in kept["spark"]],
        readings=[READINGS[code] for _, code in kept["spark"]],
        phase_start=max((phase.start for phase in phases if phase.start <= last), default=None),
        excluded=(),
        reading=READINGS[kept["reading"]],
        rule=kept["signal_rule"],
        since=date.fromordinal(kept["signal_since"]) if kept["signal_since"] else None,
        length=kept["signal_length"],
        side=kept["signal_side"],
        centre=kept["centre"],
        lower=kept["lower"],
        upper=kept["upper"],
    )
    return str(glance_line(glance_at(ending), unit=definition.unit, decimals=2))


def line_of_the_whole(rows, definition, phases=()) -> str:
    return str(
        short_reading(analysis_of(rows, definition, today=OVER, phases=phases), unit=definition.unit, decimals=2)
    )


cells = st.lists(
    st.one_of(
        st.none(), st.just(HOLE), *[st.tuples(st.integers(0, 60).map(float), st.integers(60, 90).map(float))] * 9
    ),
    min_size=1,
    max_size=40,
)


@mark.parametrize("definition", (HANDS, FALLS, WAITS, RUN), ids=lambda one: one.title)
@settings(max_examples=200, deadline=None)
@given(cells=cells)
def test_board_and_measure_page_say_the_same_of_any_series(definition, cells):
    if definition.scoring is Scoring.COUNT:
        cells = [(cell[0], 1.0) if isinstance(cell, tuple) else cell for cell in cells]
    if definition is RUN:  # without limits a row cannot know that a long series holds hardly anything
        assume(len(cells) < 24 or sum(isinstance(cell, tuple) for cell in cells) >= 10)
    rows = rows_of(cells)
    assume(rows)
    assert line_of_the_row(rows, definition) == line_of_the_whole(rows, definition)


@mark.parametrize("back", [3, 9, 12, 20, 30])
def test_they_say_the_same_of_a_series_with_new_limits(back):
    rows = rows_of([(30.0 + at % 3, 80.0) for at in range(36 - back)] + [(52.0 + at % 4, 80.0) for at in range(back)])
    phases = [PhaseStart(month(36 - back), "New beds")]
    assert line_of_the_row(rows, HANDS, phases) == line_of_the_whole(rows, HANDS, phases)
    if back < 10:
        assert f"{back} of 10 points since" in line_of_the_row(rows, HANDS, phases)


def test_a_signal_is_told_with_its_beginning_its_length_and_its_line():
    rows = rows_of([(30.0 + at % 3, 80.0) for at in range(24)] + [(44.0, 80.0)] * 8)
    assert line_of_the_row(rows, HANDS).startswith("Higher since January 2025: 8 months in a row above the average of ")


def test_nothing_is_told_of_nothing():
    assert line_of_the_row(rows_of([None]), HANDS) == "No results yet."
