"""One series: what was read of it, and everything that page, export and report say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qitracker.foundation.actor import Place
from qitracker.foundation.errors import NotFound
from qitracker.foundation.periods import period_end
from qitracker.foundation.words import say
from qitracker.measures.benchmark_rules import Benchmark
from qitracker.measures.queries import Measured, StratumChoice, benchmarks_of
from qitracker.measures.queries.spans import Span
from qitracker.measures.rules import Definition
from qitracker.results.comparison import Compared, compared, target_of
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.remarks import Remarks, remarks_of
from qitracker.results.queries.rows import Stored, own_rows, rolled_rows
from qitracker.results.rollup import Total
from qitracker.results.series import analysis_of, merged_phases
from qitracker.results.versions import definition_phases
from qitracker.spc.analysis import Analysis, Assurance, PhaseStart
from qitracker.spc.assurance import assurance
from qitracker.spc.dispersion import is_too_narrow


@dataclass(frozen=True)
class View:
    """How the reader wants to see the series: empty means as the measure has it."""

    chart: str = ""
    rule_set: str = ""
    stratum: str = ""


PLAIN = View()


@dataclass(frozen=True)
class SeriesFacts:
    """One series as the database holds it: nothing in it is calculated."""

    key: SeriesKey
    place: Place
    measured: Measured
    stratum: StratumChoice | None
    stored: Stored
    remarks: Remarks
    benchmarks: tuple[Benchmark, ...]


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
    def is_too_narrow(self) -> bool:
        """Say whether the drawn limits are too narrow for such large numbers, so that another chart has to judge."""
        return is_too_narrow(self.analysis)

    @property
    def coverage(self) -> Total | None:
        """Return how complete the latest period of a parent is, None for a unit that collects itself."""
        return self.stored.totals.get(self.stored.rows[-1].start) if self.stored.totals else None


def read_series(
    *,
    place: Place,
    measured: Measured,
    strata: Sequence[StratumChoice],
    stratum: str = "",
    below: Sequence[Span] = (),
    until: date | None = None,
    since: date | None = None,
) -> SeriesFacts:
    """Return what is stored of one series. `since`/`until` keep the periods that begin between them.

    Five statements, six for a parent, seven where it sums parts. Raises NotFound for a part the measure does not have.
    """
    own = own_rows(measured.id, [place.id])
    stored: dict[SeriesKey, Stored] = {key: Stored(rows) for key, rows in own.items()}
    if not stored and below:
        stored = rolled_rows(measured.id, {place.id: below}, measured.definition)
    part = _stratum(stratum, strata, stored)
    key = SeriesKey(place.id, measured.id, part.id if part else 0)
    return SeriesFacts(
        key=key,
        place=place,
        measured=measured,
        stratum=part,
        stored=_cut(stored.get(key, Stored()), since, until),
        remarks=remarks_of(measured.id, [place.id]).get(key, Remarks()),
        benchmarks=benchmarks_of(measured.id, place.lineage),
    )


def report(facts: SeriesFacts, *, view: View, today: date) -> Reported:
    """Return the series analysed and compared; a pure function of what was read."""
    definition = facts.measured.definition
    phases = merged_phases(facts.remarks.phase_starts, definition_phases(facts.measured))
    analysis = analysis_of(
        facts.stored.rows,
        definition,
        today=today,
        phases=phases,
        excluded=facts.remarks.excluded_starts,
        chart=view.chart or None,
        rule_set=view.rule_set or None,
    )
    return Reported(
        key=facts.key,
        place=facts.place,
        measured=facts.measured,
        definition=definition,
        stratum=facts.stratum,
        stored=facts.stored,
        remarks=facts.remarks,
        phases=phases,
        analysis=analysis,
        comparisons=_comparisons(analysis, facts.benchmarks, definition, facts.place, today),
        benchmarks=facts.benchmarks,
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
    """Return one series, read, analysed and compared: see `read_series` and `report`."""
    facts = read_series(
        place=place, measured=measured, strata=strata, stratum=view.stratum, below=below, until=until, since=since
    )
    return report(facts, view=view, today=today)


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
    latest = analysis.points[at] if at is not None else None
    value = latest.value if latest and latest.included else None
    ends = period_end(latest.start, analysis.frequency) if latest else today
    return compared(benchmarks, value, period_ends=ends, today=today, definition=definition, lineage=place.lineage)
