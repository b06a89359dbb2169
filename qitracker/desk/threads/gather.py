"""Gather whole threads, many at once: from their beginnings to what is said of their actions. Few statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from qitracker.actions.queries import ActionLine, actions_by_id
from qitracker.actions.queries.lines import KIND as ACTION
from qitracker.actions.rules import ActionState
from qitracker.desk.threads.chain import Analysis, Chain, Deed, Signal, in_order
from qitracker.desk.threads.effect import Effect, Verdict, effect_of
from qitracker.foundation.actor import Actor
from qitracker.links.queries import Edge, answering, leading_from
from qitracker.links.registry import described, row_ids
from qitracker.links.rules import Linked, Role
from qitracker.results.episodes import KIND as EPISODE
from qitracker.results.keys import SERIES, SeriesKey
from qitracker.results.queries.episodes import episodes_by_id
from qitracker.results.queries.followed import Followed, followed
from qitracker.worksheets.causes import Cause
from qitracker.worksheets.linked import ROW, SHEET
from qitracker.worksheets.queries.reached import SheetFacts, causes_of, reached_sheets, row_names


@dataclass(frozen=True)
class Beginnings:
    """Where threads begin: at episodes, or at worksheets that answer none."""

    episodes: frozenset[int] = frozenset()
    sheets: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Work:
    """What answers the beginnings, as far as the reader may see it."""

    sheets: Mapping[int, SheetFacts]
    causes: Mapping[int, tuple[Cause, ...]]
    studies: Mapping[int, tuple[Linked, ...]]
    deeds: Mapping[int, Deed]
    answering: Mapping[tuple[str, int], frozenset[int]] = field(default_factory=dict)  # (kind, id) → actions
    looked_into: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # episode → sheets


def gathered(beginnings: Beginnings, *, by: Actor) -> tuple[Chain, ...]:
    """Return the threads that begin there, as far as `by` may see them; the episodes first. At most 31 statements."""
    signals = _signals(beginnings.episodes, by)
    work = _work(signals, beginnings.sheets, by)
    begun = [_chain(signal, work.looked_into.get(key, ()), work) for key, signal in signals.items()]
    alone = [_chain(None, (key,), work) for key in sorted(beginnings.sheets) if key in work.sheets]
    return (*begun, *alone)


def _signals(ids: Collection[int], by: Actor) -> dict[int, Signal]:
    known = described(EPISODE, [str(one) for one in sorted(ids)], by)
    found = [one for one in episodes_by_id(row_ids(known)) if str(one.id) in known] if known else []
    lines = followed([one.key for one in found]) if found else {}
    return {one.id: Signal(one, known[str(one.id)], lines.get(one.key)) for one in found}


def _work(signals: Collection[int], alone: Collection[int], by: Actor) -> _Work:
    edges = answering(EPISODE, [str(one) for one in signals])
    looked_into = _ends(edges, SHEET)
    wanted = {*alone, *(sheet for some in looked_into.values() for sheet in some)}
    sheets = {sheet.id: sheet for sheet in reached_sheets(by, wanted)} if wanted else {}
    on_rows = answering(ROW, row_names(sheets)) if sheets else []
    deeds = _deeds([*edges, *on_rows], by)
    return _Work(
        sheets=sheets,
        causes=causes_of(sheets.values()) if sheets else {},
        studies=_studies(sheets, by),
        deeds=deeds,
        answering={
            (kind, int(end)): frozenset(some)
            for kind, held in ((EPISODE, edges), (ROW, on_rows))
            for end, some in _ends(held, ACTION).items()
        },
        looked_into={key: tuple(one for one in some if one in sheets) for key, some in looked_into.items()},
    )


def _ends(edges: Iterable[Edge], kind: str) -> dict[int, tuple[int, ...]]:
    """Return for each thing that is answered the things of one kind that answer it."""
    found: dict[int, list[int]] = defaultdict(list)
    for edge in edges:
        if edge.start.kind == kind:
            found[int(edge.end.id)].append(int(edge.start.id))
    return {key: tuple(some) for key, some in found.items()}


def _studies(sheets: Collection[int], by: Actor) -> dict[int, tuple[Linked, ...]]:
    edges = [one for one in leading_from(SHEET, [str(key) for key in sheets]) if one.role == Role.STUDIES]
    known = described(SERIES, sorted({edge.end.id for edge in edges}), by)
    found: dict[int, list[Linked]] = defaultdict(list)
    for edge in edges:
        if edge.end.id in known:
            found[int(edge.start.id)].append(known[edge.end.id])
    return {key: tuple(some) for key, some in found.items()}


def _deeds(edges: Iterable[Edge], by: Actor) -> dict[int, Deed]:
    """Return the actions among what answers, without those that were dropped."""
    rows: dict[int, set[int]] = {}
    for edge in edges:
        if edge.start.kind == ACTION:
            answered = rows.setdefault(int(edge.start.id), set())
            if edge.end.kind == ROW:
                answered.add(int(edge.end.id))
    lines = [line for line in actions_by_id(rows, by=by) if line.state is not ActionState.DROPPED] if rows else []
    keys = {line.judged_by for line in lines if line.judged_by}
    known = described(SERIES, [key.subject[1] for key in sorted(keys)], by)
    seen = followed([key for key in keys if key.subject[1] in known]) if known else {}
    return {line.id: _deed(line, frozenset(rows[line.id]), known, seen) for line in lines}


def _deed(
    line: ActionLine, rows: frozenset[int], known: Mapping[str, Linked], seen: Mapping[SeriesKey, Followed]
) -> Deed:
    if line.judged_by is None:
        return Deed(line, rows, None, None, Effect(Verdict.UNJUDGED))
    if line.judged_by.subject[1] not in known:
        return Deed(line, rows, None, None, Effect(Verdict.ELSEWHERE if line.done_on else Verdict.OPEN))
    held = seen.get(line.judged_by)
    effect = effect_of(held.marks if held else (), line.done_on)
    return Deed(line, rows, known[line.judged_by.subject[1]], held, effect)


def _chain(signal: Signal | None, sheets: Iterable[int], work: _Work) -> Chain:
    analyses = tuple(
        Analysis(work.sheets[key], work.causes.get(key, ()), work.studies.get(key, ())) for key in dict.fromkeys(sheets)
    )
    at = [(ROW, cause.row_id) for one in analyses for cause in one.causes]
    if signal:
        at.append((EPISODE, signal.episode.id))
    ids = {one for place in at for one in work.answering.get(place, ())}
    return Chain(signal, analyses, in_order(work.deeds[one] for one in ids if one in work.deeds))
