"""Where threads begin: all in reach, or those that run through one thing. Few statements."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Final

from qitracker.actions.queries.lines import KIND as ACTION
from qitracker.desk.threads.gather import Beginnings
from qitracker.foundation.actor import Actor
from qitracker.links.queries import answering, edges_of, leading_from
from qitracker.links.registry import described, row_ids
from qitracker.links.rules import Ref
from qitracker.results.episodes import KIND as EPISODE
from qitracker.results.keys import SERIES, series_key
from qitracker.results.queries.changes import news
from qitracker.results.queries.episodes import episodes_of, open_episodes
from qitracker.worksheets.linked import ROW, SHEET
from qitracker.worksheets.queries.reached import reached_sheets, sheets_of_rows


def all_beginnings(*, by: Actor, today: date) -> Beginnings:
    """Return where the threads of all units in reach begin: open signals, answered ones, and other worksheets."""
    edges = answering(EPISODE)
    seen = described(EPISODE, sorted({edge.end.id for edge in edges}), by)
    fresh = {one.id for one in open_episodes(news(by=by, today=today), by=by)}
    told = {edge.start.id for edge in edges if edge.start.kind == SHEET and edge.end.id in seen}
    sheets = {sheet.id for sheet in reached_sheets(by)} - set(row_ids(told))
    return Beginnings(frozenset({*row_ids(seen), *fresh}), frozenset(sheets))


def beginnings_through(ref: Ref, *, by: Actor) -> Beginnings:
    """Return where the threads begin that run through one thing, of which the reader has been let see it."""
    return _THROUGH[ref.kind](ref, by)


def _through_episode(ref: Ref, by: Actor) -> Beginnings:
    return Beginnings(frozenset(row_ids([ref.id])))


def _through_sheet(ref: Ref, by: Actor) -> Beginnings:
    return _of_sheets(row_ids([ref.id]), by)


def _through_row(ref: Ref, by: Actor) -> Beginnings:
    return _of_sheets(sheets_of_rows(row_ids([ref.id])).values(), by)


def _through_action(ref: Ref, by: Actor) -> Beginnings:
    ends = [edge.end for edge in leading_from(ACTION, [ref.id])]
    rows = row_ids([end.id for end in ends if end.kind == ROW])
    of_sheets = _of_sheets(sheets_of_rows(rows).values(), by) if rows else Beginnings()
    straight = row_ids([end.id for end in ends if end.kind == EPISODE])
    return Beginnings(of_sheets.episodes | frozenset(straight), of_sheets.sheets)


def _through_series(ref: Ref, by: Actor) -> Beginnings:
    """Return the threads of its newest episodes, of worksheets that study it and of actions that it judges."""
    key = series_key(ref.id)
    own = {one.id for one in episodes_of(key)} if key else set()
    starts = [edge.start for edge in edges_of([ref]) if edge.end == ref]
    studied = _of_sheets(row_ids([one.id for one in starts if one.kind == SHEET]), by)
    judged = [_through_action(one, by) for one in starts if one.kind == ACTION]
    return Beginnings(
        frozenset(own).union(studied.episodes, *(one.episodes for one in judged)),
        studied.sheets.union(*(one.sheets for one in judged)),
    )


def _of_sheets(ids: Collection[int], by: Actor) -> Beginnings:
    """Return the signals that worksheets answer, and those that answer none the reader may see."""
    edges = [edge for edge in leading_from(SHEET, [str(one) for one in ids]) if edge.end.kind == EPISODE]
    seen = described(EPISODE, sorted({edge.end.id for edge in edges}), by)
    told = {edge.start.id for edge in edges if edge.end.id in seen}
    return Beginnings(frozenset(row_ids(seen)), frozenset(one for one in ids if str(one) not in told))


_THROUGH: Final[Mapping[str, Callable[[Ref, Actor], Beginnings]]] = {
    EPISODE: _through_episode,
    SHEET: _through_sheet,
    ROW: _through_row,
    ACTION: _through_action,
    SERIES: _through_series,
}
