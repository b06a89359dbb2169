"""When an episode begins, goes on and ends; and the stations of the thread that follows it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from qitracker.links.rules import Linked
from qitracker.results.episodes import Answered, Carried, Episode, Known, Signal, course
from qitracker.results.keys import SeriesKey, series_key
from qitracker.results.queries.remarks import Remark
from qitracker.results.stations import end_words, stations
from qitracker.results.wording import episode_words
from qitracker.spc.analysis import Reading

WARD, TOTAL = 7, 0
SHIFT = Signal(WARD, TOTAL, "shift", "below", "w", first=100, last=130)
STORED = Known(1, WARD, TOTAL, "shift", "below", "w", first=100, last=130, is_open=True)
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)
LOW = Episode(5, SeriesKey(1, 2), "below", Reading.WORSE, MARCH, JUNE, is_open=True)
FMEA = Linked("sheet", "9", "Admission", "/worksheets/9", "Analysis", "analysis")
LIST = Linked("action", "3", "Block transfers", "/actions/3", "Ada Hill", "done")


def test_a_new_signal_begins_an_episode():
    assert course([SHIFT], []).begun == (SHIFT,)


def test_a_signal_that_is_refreshed_unchanged_changes_nothing():
    assert course([SHIFT], [STORED]) == ((), (), ())


def test_a_signal_that_lasts_longer_goes_on_as_the_same_episode():
    found = course([SHIFT._replace(last=160)], [STORED])
    assert found == ((), (Carried(1, "below", "w", 160),), ())


def test_a_beginning_that_moved_with_the_limits_and_a_rule_that_tells_more_are_the_same_episode():
    assert course([SHIFT._replace(first=70)], [STORED]) == ((), (), ())
    assert course([SHIFT._replace(rule="trend", side="falling")], [STORED]).begun == ()


def test_a_signal_of_another_meaning_ends_one_episode_and_begins_another():
    better = SHIFT._replace(reading="b", side="above", first=120)
    found = course([better], [STORED])
    assert (found.begun, found.ended) == ((better,), (1,))


def test_a_later_signal_that_does_not_touch_the_first_is_a_new_episode():
    later = SHIFT._replace(first=190, last=220)
    found = course([later], [STORED])
    assert (found.begun, found.ended) == ((later,), (1,))


def test_an_episode_without_its_signal_ends_and_one_that_had_ended_stays_as_it_is():
    assert course([], [STORED, STORED._replace(id=2, first=10, is_open=False)]).ended == (1,)


def test_an_episode_that_ended_by_mistake_is_opened_again_not_stored_twice():
    found = course([SHIFT], [STORED._replace(is_open=False)])
    assert found == ((), (Carried(1, "below", "w", 130),), ())


def test_the_episodes_of_another_series_are_not_mixed_up():
    found = course([SHIFT._replace(stratum_id=3)], [STORED])
    assert len(found.begun) == 1 and found.ended == (1,)


def test_an_episode_says_what_it_was_and_when():
    assert str(episode_words("below", MARCH, JUNE, is_open=True, frequency="month")) == "Lower since March 2026"
    assert str(episode_words("rising", MARCH, JUNE, is_open=False, frequency="month")) == (
        "Higher from March 2026 to June 2026"
    )
    assert str(episode_words("above", JUNE, JUNE, is_open=True, frequency="month")) == "Higher in June 2026"
    assert str(episode_words("", MARCH, JUNE, is_open=True, frequency="quarter")) == "More than chance since Q1 2026"


def test_an_open_signal_that_nobody_answers_waits_for_its_analysis():
    signal, waiting = stations([Answered(LOW, ())], (), "month")
    assert (signal.state, str(signal.kind), str(signal.title)) == ("done", "Signal, worse", "Lower since March 2026")
    assert (waiting.state, str(waiting.title), waiting.url) == ("next", "Nobody has looked into it yet.", "")


def test_a_signal_that_new_limits_took_away_is_not_told_as_if_something_had_changed():
    moved = datetime(2026, 7, 2, 9, 30, tzinfo=UTC)
    new_limits = Remark(1, date(2026, 2, 1), "New team", "Ada Hill", moved)
    over = replace(LOW, is_open=False, ended_at=moved + timedelta(seconds=2))
    assert str(end_words(over, "month", [new_limits])) == (
        "Ended by the new limits from February 2026, not by a change of the results."
    )
    by_results = replace(over, ended_at=moved + timedelta(days=30))
    for ended, phases in ((by_results, [new_limits]), (over, []), (replace(over, ended_at=None), [new_limits])):
        assert str(end_words(ended, "month", phases)) == "It is over."
    assert end_words(LOW, "month", [new_limits]) == ""


def test_the_thread_goes_from_the_signal_over_its_analysis_to_the_action():
    found = stations([Answered(LOW, (FMEA,))], (LIST,), "month")
    assert [(one.state, str(one.kind), one.url) for one in found] == [
        ("done", "Signal, worse", "/threads/5"),
        ("now", "Analysis", "/worksheets/9"),
        ("done", "Action", "/actions/3"),
    ]


def test_a_series_is_named_by_three_numbers_and_by_nothing_else():
    key = SeriesKey(12, 3, 4)
    assert series_key(key.subject[1]) == key
    assert [series_key(text) for text in ("12/3", "12/3/x", "", "1/2/3/4", "-1/2/3", "1/2/99999999999")] == [None] * 6
