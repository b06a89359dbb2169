"""Everything the page of one measure in one unit may show, in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qitracker.audit.queries import Told, story
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.errors import NotFound
from qitracker.foundation.periods import next_period, period_end, period_of
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.measures.benchmark_rules import Benchmark
from qitracker.measures.queries import Measured, StratumChoice, benchmarks_of, strata_of, visible_measure
from qitracker.measures.queries.spans import Span, collecting_below, collecting_units
from qitracker.measures.rules import Definition, Frequency, has_denominator
from qitracker.people.calendar import WorkCalendar, add_working_days
from qitracker.people.queries import calendar_of, visible_place
from qitracker.results.comparison import Compared, compared, gap_words, target_of
from qitracker.results.intervals import Bounds, interval_sentence, intervals_of
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.remarks import Remarks, remarks_of
from qitracker.results.queries.rows import Stored, own_rows, rolled_rows
from qitracker.results.rollup import Total, why_not
from qitracker.results.series import analysis_of, merged_phases
from qitracker.results.status import facts_of, latest_signal
from qitracker.results.versions import definition_phases
from qitracker.spc.analysis import Analysis, Assurance, PhaseStart
from qitracker.spc.assurance import assurance
from qitracker.spc.choices import chart_choices

SHORT_UNIT = 3
TOLD = 6


@dataclass(frozen=True)
class View:
    """How the reader wants to see the series: empty means as the measure has it."""

    chart: str = ""
    rule_set: str = ""
    stratum: str = ""


@dataclass(frozen=True)
class Reported:
    """One series with everything that was said of it: what page, export and report are all made from."""

    key: SeriesKey
    place: Place
    measured: Measured
    definition: Definition
    stratum: StratumChoice | None
    stored: Stored
    remarks: Remarks
    phases: tuple[PhaseStart, ...]
    analysis: Analysis
    comparisons: tuple[Compared, ...]
    benchmarks: tuple[Benchmark, ...]

    @property
    def target(self) -> Compared | None:
        """Return the target that holds at the end of the latest period."""
        return target_of(self.comparisons)

    @property
    def assurance(self) -> Assurance:
        """Return what the usual range says of the target."""
        return assurance(self.analysis, self.target.value if self.target else None)

    @property
    def coverage(self) -> Total | None:
        """Return how complete the latest period of a parent is, None for a unit that collects itself."""
        return self.stored.totals.get(self.stored.rows[-1].start) if self.stored.totals else None


@dataclass(frozen=True)
class MeasurePage:
    """Everything templates/results/show.html may use besides the drawn chart."""

    reported: Reported
    unit_slug: str
    strata: tuple[StratumChoice, ...]
    charts: tuple[str, ...]
    is_parent: bool
    not_added_up: Sentence | None
    next_start: date | None
    next_due: date | None
    begins: date | None  # the first day for which the unit collects the measure
    history: tuple[Told, ...]
    may_record: bool
    may_annotate: bool
    may_define: bool
    may_report: bool
    may_import: bool

    @property
    def has_denominator(self) -> bool:
        """Say whether a table of this measure has a column for the denominator."""
        return has_denominator(self.reported.definition.scoring)

    @property
    def recorded(self) -> frozenset[date]:
        """Return the periods somebody recorded; the others are holes between them."""
        return frozenset(row.start for row in self.reported.stored.rows)

    @property
    def intervals(self) -> dict[date, Bounds]:
        """Return the 95 % interval of each ratio of observed and expected, by period; nothing for other scorings."""
        return intervals_of(self.reported.analysis, self.reported.definition)

    @property
    def interval_words(self) -> Sentence | None:
        """Return what the latest ratio's interval says against what was expected."""
        return interval_sentence(self.reported.analysis, self.reported.definition)

    @property
    def short_unit(self) -> str:
        """Return the unit where it is short enough to stand behind every number."""
        unit = self.reported.definition.unit
        return unit if len(unit) <= SHORT_UNIT else ""

    @property
    def side(self) -> str:
        """Return on which side the latest signal lies, for the variation icon."""
        return latest_signal(facts_of(self.reported.analysis)).side or "high"

    @property
    def gaps(self) -> tuple[Sentence | None, ...]:
        """Return for each comparison how far the latest result is from it."""
        return tuple(gap_words(one, self.reported.definition) for one in self.reported.comparisons)


def measure_page(
    *, by: Actor, measure: str, unit: str, today: date, view: View = View(), fiscal_start: int = 1
) -> MeasurePage:
    """Return the page of a measure in a unit. Raises NotFound for what the reader may not know of."""
    place = visible_place(unit, by=by)
    if not by.may(Permission.RESULT_READ, on=place):
        raise NotFound
    measured = visible_measure(measure, by=by)
    strata = strata_of(measured.id)
    collects = collecting_units(measured.id, [place.id])
    below = collecting_below(measured.id, [place.id])
    reported = report_series(
        place=place, measured=measured, strata=strata, view=view, today=today, below=below.get(place.id, ())
    )
    is_parent = place.id not in collects and bool(below)
    start = (
        None
        if is_parent or place.id not in collects
        else _next_start(reported, today, collects[place.id], fiscal_start)
    )
    calendar = calendar_of(place.id)
    return MeasurePage(
        reported=reported,
        unit_slug=unit,
        strata=strata,
        charts=chart_choices(reported.definition.scoring),
        is_parent=is_parent,
        not_added_up=why_not(reported.definition.scoring) if is_parent else None,
        next_start=start,
        begins=collects[place.id][0] if place.id in collects else None,
        next_due=_due(start, reported.definition, calendar) if start else None,
        history=story([reported.key.subject], limit=TOLD),
        may_record=by.may(Permission.RESULT_RECORD, on=place) and not is_parent,
        may_annotate=by.may(Permission.CHART_ANNOTATE, on=place),
        may_define=by.may(Permission.MEASURE_DEFINE, on=place),
        may_report=by.may(Permission.REPORT_MAKE, on=place),
        may_import=by.may(Permission.IMPORT_RUN, on=place),
    )


def report_series(
    *,
    place: Place,
    measured: Measured,
    strata: Sequence[StratumChoice],
    view: View,
    today: date,
    below: Sequence[Span] = (),
    until: date | None = None,
    since: date | None = None,
) -> Reported:
    """Return one series, analysed and compared. `since`/`until` keep the periods that begin between them."""
    definition = measured.definition
    own = own_rows(measured.id, [place.id])
    stored_by_key: dict[SeriesKey, Stored] = {key: Stored(rows) for key, rows in own.items()}
    if not stored_by_key and below:
        stored_by_key = rolled_rows(measured.id, {place.id: below}, definition)
    stratum = _stratum(view.stratum, strata, stored_by_key)
    key = SeriesKey(place.id, measured.id, stratum.id if stratum else 0)
    stored = _cut(stored_by_key.get(key, Stored()), since, until)
    remarks = remarks_of(measured.id, [place.id]).get(key, Remarks())
    phases = merged_phases(remarks.phase_starts, definition_phases(measured))
    analysis = analysis_of(
        stored.rows,
        definition,
        phases=phases,
        excluded=remarks.excluded_starts,
        chart=view.chart or None,
        rule_set=view.rule_set or None,
    )
    benchmarks = benchmarks_of(measured.id, place.lineage)
    return Reported(
        key=key,
        place=place,
        measured=measured,
        definition=definition,
        stratum=stratum,
        stored=stored,
        remarks=remarks,
        phases=phases,
        analysis=analysis,
        comparisons=_comparisons(analysis, benchmarks, definition, place, today),
        benchmarks=benchmarks,
    )


def _stratum(code: str, strata: Sequence[StratumChoice], stored: dict[SeriesKey, Stored]) -> StratumChoice | None:
    """Return the stratum asked for; without a question the total, or the first stratum where there is no total."""
    if code:
        chosen = next((one for one in strata if one.code == code), None)
        if chosen is None and code != "all":
            raise NotFound(say("This measure has no such part."))
        return chosen
    held = {key.stratum_id for key in stored}
    if 0 in held or not held:
        return None
    return next((one for one in strata if one.id in held), None)


def _cut(stored: Stored, since: date | None, until: date | None) -> Stored:
    if since is None and until is None:
        return stored
    rows = tuple(row for row in stored.rows if (since or date.min) <= row.start <= (until or date.max))
    return Stored(rows, stored.totals, stored.units_below)


def _comparisons(
    analysis: Analysis, benchmarks: Sequence[Benchmark], definition: Definition, place: Place, today: date
) -> tuple[Compared, ...]:
    at = analysis.latest
    value = analysis.points[at].value if at is not None else None
    ends = period_end(analysis.points[at].start, analysis.frequency) if at is not None else today
    return compared(benchmarks, value, period_ends=ends, today=today, definition=definition, lineage=place.lineage)


def _next_start(reported: Reported, today: date, span: Span, fiscal_start: int) -> date | None:
    """Return the period to record next: the one after the last, or the last one that has ended."""
    frequency = reported.definition.frequency
    if frequency is Frequency.EVENT:
        return today
    if reported.stored.rows:
        following = next_period(reported.stored.rows[-1].start, frequency)
        return following if following <= today else None
    current = period_of(today, frequency, fiscal_start=fiscal_start)
    last_ended = period_of(current.fromordinal(current.toordinal() - 1), frequency, fiscal_start=fiscal_start)
    begun = period_of(span[0], frequency, fiscal_start=fiscal_start)
    return max(last_ended, begun) if begun <= today else None


def _due(start: date, definition: Definition, calendar: WorkCalendar) -> date:
    return add_working_days(period_end(start, definition.frequency), definition.due_days, calendar)
