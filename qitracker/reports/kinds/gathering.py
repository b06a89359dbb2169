"""Gathers the report on measures: one series after the other, worded as their pages are, into a frozen snapshot."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.locale import Reader
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.measures.queries import Measured, strata_of_all
from qitracker.measures.queries.spans import collecting_below
from qitracker.people.queries import organisation
from qitracker.reports.kinds.measures import MeasurePart, MeasuresReport
from qitracker.reports.kinds.parts import part_of
from qitracker.results.queries.reported import View, report_series
from qitracker.spc.analysis import Reading
from qitracker.spc.wording.chances import chance_outside

Progress = Callable[[int, int], object]

MOST_LETTERS = 140
"""A headline longer than this tells only the worse half; the rest is counted in the lead."""


@dataclass(frozen=True)
class Frame:
    """What a report is about and how it is written."""

    unit: Place
    series: Sequence[tuple[Measured, str]]  # each with the code of its part, "" for the whole
    first: date
    last: date
    today: date
    timezone: str
    now: datetime
    document: str
    paper: str
    name: str  # of the installation


def gather(*, by: Actor, frame: Frame, reader: Reader, progress: Progress) -> MeasuresReport:
    """Return the frozen data of a report.

    Raises:
        NotAllowed: `by` may not make reports of this unit, or not read its results.
    """
    by.must(Permission.REPORT_MAKE, on=frame.unit)
    by.must(Permission.RESULT_READ, on=frame.unit)
    parts = []
    strata = strata_of_all(measured.id for measured, _ in frame.series)
    for number, (measured, part) in enumerate(frame.series):
        progress(number, len(frame.series))
        reported = report_series(
            place=frame.unit,
            measured=measured,
            strata=strata.get(measured.id, ()),
            view=View(stratum=part),
            today=frame.today,
            below=collecting_below(measured.id, [frame.unit.id]).get(frame.unit.id, ()),
            since=frame.first,
            until=frame.last,
        )
        parts.append(part_of(reported, reader=reader))
    return _whole(by, frame, tuple(parts), reader)


def _whole(by: Actor, frame: Frame, parts: tuple[MeasurePart, ...], reader: Reader) -> MeasuresReport:
    single = len(parts) == 1
    title = say("{measure} in {unit}", measure=parts[0].full_name, unit=frame.unit.name) if single else None
    whole = organisation()
    return MeasuresReport(
        title=reader.say(title or say("Quality measures of {unit}", unit=frame.unit.name)),
        headline=parts[0].headline if single else _headline(parts, reader),
        lead=parts[0].lead if single else reader.say(_lead(parts)),
        unit=frame.unit.name,
        period=reader.say(say("{first} to {last}", first=frame.first, last=frame.last)),
        data_as_of=frame.now,
        made_at=frame.now,
        made_by=by.name,
        document=frame.document,
        measures=parts,
        organisation=whole.name if whole.id != frame.unit.id else frame.name,
        label=reader.say(say("Quality improvement · internal")),
        not_included=tuple(_not_included(parts, reader)),
        chance="" if single else reader.say(_chance(parts)),
        method=tuple(reader.say(sentence) for sentence in _method(parts)),
        language=str(reader.locale).replace("_", "-"),
        timezone=frame.timezone,
        paper=frame.paper,
    )


def _method(parts: Sequence[MeasurePart]) -> Iterator[Sentence]:
    """Say how these pages were made: what does not occur in them is not told."""
    charts = {part.chart for part in parts if part.latest}
    if charts - {"run"}:
        yield say(
            "Each chart is drawn from the periods of this report; limits lie 3 sigma from the average of each phase."
        )
    if "run" in charts:
        yield say(
            "A run chart has a median and no limits; it stands where fewer than 10 results are too few for limits."
        )
    yield say(
        "Better and worse are said only where a rule of the chart finds a signal, never for the last change alone."
    )
    yield say("A missing, hidden or not applicable value is a gap, never zero; 0 of 0 is “no cases”.")
    if any(part.benchmarks for part in parts):
        yield say("A result is compared with the targets and benchmarks that hold at the end of its period.")


def _headline(parts: Sequence[MeasurePart], reader: Reader) -> str:
    """Tell the worst signal, then the best news; what does not fit is in the lead."""
    worse, better = _named(parts, Reading.WORSE), _named(parts, Reading.BETTER)
    changed = _named(parts, Reading.CHANGED)
    both = say("{worse} got worse; {better} got better.", worse=_joined(worse), better=_joined(better))
    if worse and better and len(reader.say(both)) <= MOST_LETTERS:
        return reader.say(both)
    for names, words in (
        (worse, say("{names} got worse.")),
        (better, say("{names} got better.")),
        (changed, say("{names} changed.")),
    ):
        if names:
            return reader.say(say(words.text, names=_joined(names)))
    if not any(part.latest for part in parts):
        return reader.say(say("None of the {count} measures has results in this period.", count=len(parts)))
    return reader.say(say("None of the {count} measures shows a change.", count=len(parts)))


def _named(parts: Sequence[MeasurePart], reading: Reading) -> list[str]:
    return [part.full_name for part in parts if part.reading is reading]


def _joined(names: Sequence[str]) -> Sentence | str:
    """Return up to two names, and how many more there are."""
    if len(names) > 2:
        return say("{first} and {count} more measures", first=names[0], count=len(names) - 1)
    return say("{first} and {second}", first=names[0], second=names[1]) if len(names) == 2 else "".join(names)


def _lead(parts: Sequence[MeasurePart]) -> Sentence:
    """Count how the measures read; what did not happen is not counted."""
    counts = Counter(_kind(part) for part in parts)
    told = [say((one if counts[kind] == 1 else many).text, count=counts[kind]) for kind, (one, many) in LEADS.items()
            if counts[kind]]  # fmt: skip
    if len(told) == 1:
        (kind,) = counts
        return say("{told}.", told=say(LEADS[kind][1].text, count=say("All measures")))
    return say("Of {count} measures, {told}.", count=len(parts), told=_listed(told))


def _kind(part: MeasurePart) -> str:
    if part.latest is None:
        return "empty"
    return "early" if part.early and part.reading is Reading.USUAL else part.reading


LEADS = {
    Reading.WORSE: (say("{count} got worse"), say("{count} got worse")),
    Reading.BETTER: (say("{count} got better"), say("{count} got better")),
    Reading.CHANGED: (say("{count} changed"), say("{count} changed")),
    Reading.USUAL: (say("{count} varies as usual"), say("{count} vary as usual")),
    "early": (say("{count} is too early to call"), say("{count} are too early to call")),
    "empty": (say("{count} has no results"), say("{count} have no results")),
}
"""How one measure of a kind is told, and several."""


def _listed(told: Sequence[Sentence]) -> Sentence:
    """Return "a, b and c"."""
    listed = told[0]
    for number, more in enumerate(told[1:], start=2):
        listed = say("{first} and {last}" if number == len(told) else "{first}, {last}", first=listed, last=more)
    return listed


def _not_included(parts: Sequence[MeasurePart], reader: Reader) -> list[str]:
    found = []
    for part in parts:
        if part.empty_reason:
            found.append(reader.say(say("{name}: no results in this period.", name=part.full_name)))
        elif part.completeness:
            words = say("{name}: the latest period holds {units}.", name=part.full_name, units=part.completeness)
            found.append(reader.say(words))
    return found


def _chance(parts: Sequence[MeasurePart]) -> Sentence:
    """Say how often chance alone marks a point on one of so many charts."""
    every = round(1 / (len(parts) * chance_outside()))
    return say(
        "With {count} charts, chance alone puts a point outside the limits about once in {every} periods.",
        count=len(parts),
        every=every,
    )
