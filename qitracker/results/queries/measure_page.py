"""Everything the page of one measure in one unit may show: read in a fixed number of statements, then calculated."""

from dataclasses import dataclass
from datetime import date

from qitracker.audit.queries import Told, story
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.errors import NotFound
from qitracker.foundation.periods import period_end, period_of, shift_period
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Period, Quantity, Sentence, say
from qitracker.measures.queries import StratumChoice, strata_of, visible_measure
from qitracker.measures.queries.spans import Span, collecting_below, collecting_units
from qitracker.measures.rules import Definition, Frequency, has_denominator
from qitracker.people.calendar import WorkCalendar, add_working_days
from qitracker.people.queries import UnitChoice, calendar_of
from qitracker.people.queries.names import PersonChoice, who_may
from qitracker.people.queries.with_above import FoundUnit, offered
from qitracker.results.comparison import gap_words
from qitracker.results.intervals import Bounds, interval_sentence, intervals_of
from qitracker.results.keys import day_of
from qitracker.results.queries.came_of import CameOf, came_of
from qitracker.results.queries.checkers import closed_periods_words
from qitracker.results.queries.elsewhere import units_with_results
from qitracker.results.queries.recorded import closed_periods
from qitracker.results.queries.reported import PLAIN, Reported, SeriesFacts, View, read_series, report
from qitracker.results.rollup import why_not
from qitracker.results.rules import Entry
from qitracker.results.status import facts_of, latest_signal
from qitracker.results.wording import numbers_of
from qitracker.spc.choices import chart_choices
from qitracker.spc.wording.figures import short_unit
from qitracker.spc.wording.story import TOO_EARLY, tell

TOLD = 6
LOOKED_BACK_ON = 36  # periods among which the next to record is found
DEEDS = (
    Permission.RESULT_RECORD,
    Permission.CHART_ANNOTATE,
    Permission.REPORT_MAKE,
    Permission.IMPORT_RUN,
    Permission.SHEET_MANAGE,
)


@dataclass(frozen=True)
class PageFacts:
    """All that was read for the page, and who asks: whatever the page shows follows from it alone."""

    series: SeriesFacts
    view: View
    unit_slug: str
    strata: tuple[StratumChoice, ...]
    collected: Span | None  # the days for which the unit collects the measure itself
    closed: tuple[date, ...]  # the periods in which the reader cannot record any more
    to_ask: tuple[PersonChoice, ...]  # who may open them again
    has_below: bool  # units below it collect the measure
    calendar: WorkCalendar
    history: tuple[Told, ...]
    came_of: CameOf
    elsewhere: tuple[FoundUnit, ...]  # with results of the measure, and what stands above them
    may: tuple[Permission, ...]
    today: date
    fiscal_start: int

    @property
    def is_parent(self) -> bool:
        """Say whether the unit shows the sum of those below it."""
        return self.collected is None and self.has_below


@dataclass(frozen=True)
class MeasurePage:
    """Everything templates/results/show.html may use besides the drawn chart."""

    reported: Reported
    today: date
    unit_slug: str
    strata: tuple[StratumChoice, ...]
    part_words: Sentence | None  # which part is shown, where nobody asked for one and there is no total
    charts: tuple[str, ...]
    is_parent: bool
    not_added_up: Sentence | None
    closed: tuple[date, ...]
    closed_words: Sentence | None  # how many of the periods that can be chosen are closed, and whom to ask
    next_start: date | None
    next_due: date | None
    begins: date | None  # the first day for which the unit collects the measure
    history: tuple[Told, ...]
    came_of: CameOf
    stratum_asked: str  # the part somebody asked for, by its code
    elsewhere: tuple[UnitChoice, ...]  # where the measure, or the part asked for, has a chart; this unit among them
    may_record: bool
    may_annotate: bool
    may_report: bool
    may_import: bool
    may_study: bool

    @property
    def has_denominator(self) -> bool:
        """Say whether a table of this measure has a column for the denominator."""
        return has_denominator(self.reported.definition.scoring)

    @property
    def recorded(self) -> frozenset[date]:
        """Return the periods somebody recorded; the others are holes between them."""
        return frozenset(row.start for row in self.reported.stored.rows)

    @property
    def is_too_early(self) -> bool:
        """Say whether the headline calls it too early, so that no mark beside it may say "as usual"."""
        return tell(self.reported.analysis).story in TOO_EARLY

    @property
    def intervals(self) -> dict[date, Bounds]:
        """Return the 95 % interval of each ratio of observed and expected, by period; nothing for other scorings."""
        return intervals_of(self.reported.analysis, self.reported.definition)

    @property
    def interval_words(self) -> Sentence | None:
        """Return what the latest ratio's interval says against what was expected."""
        return interval_sentence(self.reported.analysis, self.reported.definition)

    @property
    def compared_start(self) -> date | None:
        """Return the first day of the period that is compared: the latest that counts."""
        at = self.reported.analysis.latest
        return None if at is None else self.reported.analysis.points[at].start

    @property
    def is_earlier(self) -> bool:
        """Say whether a later period holds a value that does not count."""
        held = [point.start for point in self.reported.analysis.points if point.value is not None]
        return bool(held) and held[-1] != self.compared_start

    @property
    def so_far(self) -> tuple[Sentence, ...]:
        """Return what is known of each period that is not over, and what that is worth."""
        return tuple(
            say(
                "{period} is not over: {value} so far ({numbers}). It is drawn hollow and judged after {end}.",
                period=Period(point.start, self.reported.analysis.frequency),
                value=Quantity(point.value, self.reported.definition.unit, self.reported.definition.decimals),
                numbers=numbers_of(
                    Entry(point.start, point.state, point.numerator, point.denominator), self.reported.definition
                ),
                end=period_end(point.start, self.reported.analysis.frequency),
            )
            for point in self.reported.analysis.points
            if not point.is_over and point.value is not None
        )

    @property
    def short_unit(self) -> str:
        """Return the unit where it is short enough to stand behind every number."""
        return short_unit(self.reported.definition.unit)

    @property
    def side(self) -> str:
        """Return on which side the latest signal lies, for the variation icon."""
        return latest_signal(facts_of(self.reported.analysis)).side or "high"

    @property
    def gaps(self) -> tuple[Sentence | None, ...]:
        """Return for each comparison how far the latest result is from it."""
        return tuple(gap_words(one, self.reported.definition) for one in self.reported.comparisons)


def page_facts(
    *, by: Actor, place: Place, measure: str, unit: str, today: date, view: View = PLAIN, fiscal_start: int = 1
) -> PageFacts:
    """Return what the page of a measure in a unit is made from. Raises NotFound for what the reader may not know of."""
    if not by.may(Permission.RESULT_READ, on=place):
        raise NotFound
    measured = visible_measure(measure, by=by)
    strata = strata_of(measured.id)
    collected = collecting_units(measured.id, [place.id]).get(place.id)
    below = collecting_below(measured.id, [place.id]).get(place.id, [])
    series = read_series(place=place, measured=measured, strata=strata, stratum=view.stratum, below=below)
    return PageFacts(
        series=series,
        view=view,
        unit_slug=unit,
        strata=strata,
        collected=collected,
        closed=_closed(measured.definition.frequency, place, by),
        to_ask=who_may(Permission.RESULT_LOCK, place),
        has_below=bool(below),
        calendar=calendar_of(place.id),
        history=story([series.key.subject], limit=TOLD),
        came_of=came_of(series.key, by=by, phases=series.remarks.phases),
        elsewhere=units_with_results(measured.id, by=by, stratum_id=series.key.stratum_id if view.stratum else None),
        may=tuple(each for each in DEEDS if by.may(each, on=place)),
        today=today,
        fiscal_start=fiscal_start,
    )


def measure_page(facts: PageFacts) -> MeasurePage:
    """Return the page; a pure function of what was read."""
    reported = report(facts.series, view=facts.view, today=facts.today)
    scoring = reported.definition.scoring
    start = _next_start(reported, facts, facts.collected) if facts.collected else None
    return MeasurePage(
        reported=reported,
        today=facts.today,
        unit_slug=facts.unit_slug,
        strata=facts.strata,
        part_words=_part_words(facts),
        charts=chart_choices(scoring),
        is_parent=facts.is_parent,
        not_added_up=why_not(scoring) if facts.is_parent else None,
        closed=facts.closed,
        closed_words=_closed_words(facts, reported),
        next_start=start,
        begins=facts.collected.begins if facts.collected else None,
        next_due=_due(start, reported.definition, facts.calendar) if start else None,
        history=facts.history,
        came_of=facts.came_of,
        stratum_asked=facts.view.stratum,
        elsewhere=offered(facts.elsewhere),
        may_record=Permission.RESULT_RECORD in facts.may and not facts.is_parent,
        may_annotate=Permission.CHART_ANNOTATE in facts.may,
        may_report=Permission.REPORT_MAKE in facts.may,
        may_import=Permission.IMPORT_RUN in facts.may,
        may_study=Permission.SHEET_MANAGE in facts.may,
    )


def _closed(frequency: str, place: Place, by: Actor) -> tuple[date, ...]:
    """Return the periods that are locked; submitted ones too for whoever may not correct. One statement."""
    may_correct = by.may(Permission.RESULT_CORRECT, on=place)
    stages = closed_periods(frequency, [place.id])
    return tuple(sorted(day_of(start) for (_, start), stage in stages.items() if stage == "locked" or not may_correct))


def _closed_words(facts: PageFacts, reported: Reported) -> Sentence | None:
    """Return why periods are missing in the list of the form: they are closed, with nothing recorded in them."""
    recorded = {row.start for row in reported.stored.rows}
    begins = facts.collected.begins if facts.collected else facts.today
    frequency = reported.definition.frequency
    shut = [start for start in facts.closed if start not in recorded and period_end(start, frequency) >= begins]
    return closed_periods_words(shut, frequency, facts.to_ask)


def _part_words(facts: PageFacts) -> Sentence | None:
    part = facts.series.stratum
    if part is None or facts.view.stratum:
        return None
    return say("There is no total here; shown is {part}. Choose another part to see its chart.", part=part.title)


def _next_start(reported: Reported, facts: PageFacts, span: Span) -> date | None:
    """Return the period to record next, of those that nobody recorded or closed.

    The oldest that is over after the last recorded one; else the newest that is over; else the running one.
    """
    frequency, today = reported.definition.frequency, facts.today
    if frequency is Frequency.EVENT:
        return today
    running = period_of(today, frequency, fiscal_start=facts.fiscal_start)
    begun = period_of(span.begins, frequency, fiscal_start=facts.fiscal_start)
    taken = {*facts.closed, *(row.start for row in reported.stored.rows)}
    periods = [shift_period(running, frequency, -back) for back in range(LOOKED_BACK_ON, -1, -1)]
    waiting = [start for start in periods if begun <= start and start not in taken]
    over = [start for start in waiting if start != running]
    last = reported.stored.rows[-1].start if reported.stored.rows else None
    after = [start for start in over if last is not None and start > last]
    return (after or over[-1:] or waiting or [None])[0]


def _due(start: date, definition: Definition, calendar: WorkCalendar) -> date:
    return add_working_days(period_end(start, definition.frequency), definition.due_days, calendar)
