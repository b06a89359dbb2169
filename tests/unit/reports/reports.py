"""Invented reports: an invented hospital, measures with believable stories, benchmarks and notes."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from random import Random

from qitracker.foundation.periods import shift_period
from qitracker.reports.kinds.improvement import (
    ActionLine,
    AnalysisPart,
    Figure,
    ImprovementReport,
    MixLine,
    RiskLine,
    RootLine,
    ThreadLine,
)
from qitracker.reports.kinds.measures import (
    BenchmarkLine,
    Definition,
    MeasurePart,
    MeasuresReport,
    NoteLine,
    PhaseLine,
    ValueRow,
)
from qitracker.spc.analyse import analyse
from qitracker.spc.analysis import Analysis, Direction, PhaseStart, Point, Series, State
from qitracker.spc.assurance import assurance
from qitracker.spc.wording import alt_text, headline, reasons, target_sentence

START = date(2023, 11, 1)
NAMES = (
    "Medicines reconciled in 24 h",
    "Falls with injury",
    "Time to antibiotics",
    "Pressure injuries",
    "A&E seen in 4 h",
)


def report(count: int = 3, *, months: int = 36, **changes: object) -> MeasuresReport:
    """Return a report of `count` measures of an invented ward."""
    parts = tuple(part(number, months=months) for number in range(count))
    made = MeasuresReport(
        title="Quality measures of Ward 4B",
        headline=parts[0].headline,
        lead="One of the measures got worse, one got better; the others vary as usual.",
        unit="Ward 4B, Alder Site",
        organisation="Three Rivers Hospitals",
        period="November 2023 to October 2026",
        data_as_of=datetime(2026, 11, 10, 6, 0, tzinfo=UTC),
        made_at=datetime(2026, 11, 12, 8, 15, tzinfo=UTC),
        made_by="quality officer",
        document="MR-12",
        label="Quality improvement · internal",
        measures=parts,
        not_included=("Hand hygiene: no results since June 2026; entry restarts in December.",),
        chance="With 5 charts, chance alone gives about 1 false signal in 20 months.",
        method=("Limits are drawn at 3 sigma from the average of each phase.", "Rules: Making Data Count."),
    )
    return replace(made, **changes)


def improvement(count: int = 3, **changes: object) -> ImprovementReport:
    """Return an improvement report of an invented ward: risks, an analysis, actions open and done."""
    base = report(count)
    told = {one.name: getattr(base, one.name) for one in fields(base) if one.name not in ("format", "title")}
    scores = ((9, 5, 5, "H", ""), (9, 4, 3, "H", "No action: the supplier changes it"), (5, 4, 3, "L", ""))
    risks = tuple(
        RiskLine(str(at), f"Cause {at}", "A dose is left out", "Pain", "Admission", *scores[at - 1][:4],
                 scores[at - 1][0] * scores[at - 1][1] * scores[at - 1][2], scores[at - 1][4], at < 3)
        for at in (1, 2, 3)
    )  # fmt: skip
    late = ActionLine("Sensors light the way", "Ward 4B", "Nora Ferndale", START, "Planned", 3, "Stronger", days_late=9)
    done = ActionLine(
        "Beds stand low", "Ward 4B", "Piet Alderman", START, "Done", 2, "Intermediate", 0, "Falls", "It worked"
    )
    root = RootLine("A", "A pause has no end", ("A form led to a gap, which increased …",), ("Beds stand low (done)",))
    made = ImprovementReport(
        **told,
        title="Improvement report of Ward 4B",
        decisions=("Who takes on “Cause 1”?",),
        figures=tuple(Figure(str(at), "of 3 measures got worse") for at in range(3)),
        risks=risks,
        risks_headline="One risk that needs action first has neither an action nor a reason",
        analyses=(AnalysisPart("Dose missed", "Ward 4B", "A dose was missed", "SAC 3", "at work", (root,)),),
        roots_headline="One root cause is open",
        actions=(late,),
        actions_headline="One action is open, and it is overdue",
        finished=(done,),
        mix=(MixLine("This unit", 20.0, 30.0, 50.0, 10, ours=True), MixLine("Hibbert 2018", 8.0, 44.0, 48.0, 1137)),
        threads=(ThreadLine("Falls", "A signal led to one action.", "It worked.", 1),),
        scales=("Risks are scored on the Hospital scale, version 1.",),
    )
    return replace(made, **changes)


def part(number: int, *, months: int = 36) -> MeasurePart:
    """Return one measure; every second is a rate per 1,000 bed days, one has gaps and an expired benchmark."""
    rate = number % 2 == 1
    unit, multiplier, decimals = ("per 1,000 bed days", 1000.0, 1) if rate else ("%", 100.0, 0)
    direction = Direction.DOWN if rate else Direction.UP
    analysis = _analysis(number, months, rate, multiplier, direction)
    name = NAMES[number % len(NAMES)] + (f" {number}" if number >= len(NAMES) else "")
    target = 2.0 if rate else 90.0
    told = headline(analysis, name=name, unit=unit, decimals=decimals)
    return MeasurePart(
        name=name,
        headline=str(told.sentence),
        definition=Definition(
            number + 1,
            (
                ("Counted", "admissions with all regular medicines checked against two sources within 24 h"),
                ("Out of", "all admissions that stay over 24 h"),
                ("Left out", "transfers from the same site"),
                ("Better is", "lower" if rate else "higher"),
                ("Source", "electronic prescribing, monthly export; pharmacist of the ward"),
            ),
        ),
        chart=analysis.chart,
        direction=direction,
        frequency="month",
        rows=_rows(analysis),
        phases=tuple(PhaseLine(p.first, p.last, p.reason, p.centre, p.baseline) for p in analysis.phases),
        unit=unit,
        axis_words="" if not rate else "Injuries per 1,000 bed days",
        decimals=decimals,
        numerator_label="Falls" if rate else "Reconciled",
        denominator_label="Bed days" if rate else "Admissions",
        reading=analysis.reading,
        early=analysis.early,
        happened=tuple(str(one) for one in reasons(analysis, unit=unit, decimals=decimals)),
        assurance=assurance(analysis, target),
        target_words=str(target_sentence(analysis, target, unit=unit, decimals=decimals)),
        against=("Peers had 84 % in the same quarter; the ward is within 1 point of it.",),
        benchmarks=_benchmarks(number, target),
        notes=(
            NoteLine(date(2026, 3, 12), "evening transfers begin"),
            NoteLine(date(2026, 7, 15), "transfer blocked until list is reconciled"),
        ),
        caption="Grey band: usual range, 3 sigma; it steps because each month has its own number of patients.",
        alt=str(alt_text(analysis, name=name, unit=unit, decimals=decimals, target=target)),
    )


def _analysis(number: int, months: int, rate: bool, multiplier: float, direction: Direction) -> Analysis:
    random = Random(number)
    starts = tuple(shift_period(START, "month", i) for i in range(months))
    sizes = [float(random.randint(700, 900) if rate else random.randint(95, 121)) for _ in starts]
    share = 0.0028 if rate else 0.82
    counts: list[float | None] = [
        float(sum(random.random() < share * (0.86 if 28 <= i < 31 and number == 0 else 1) for _ in range(int(size))))
        for i, size in enumerate(sizes)
    ]
    states = [State.VALUE] * months
    if number == 2 and months > 12:
        states[5], states[11] = State.MISSING, State.SUPPRESSED
        counts[5] = counts[11] = None
    series = Series(starts, tuple(counts), tuple(sizes), multiplier, tuple(states), "month")
    phases = (PhaseStart(date(2025, 4, 1), "weekend pharmacist starts"),) if number == 0 and months > 24 else ()
    return analyse(series, chart="u" if rate else "p", rule_set="mdc", direction=direction, phases=phases)


def _rows(analysis: Analysis) -> tuple[ValueRow, ...]:
    return tuple(
        ValueRow(
            start=p.start,
            state=p.state,
            value=p.value,
            numerator=p.numerator,
            denominator=p.denominator,
            centre=p.centre,
            lower=p.lower,
            upper=p.upper,
            phase=p.phase,
            included=p.included,
            reading=p.reading,
            words=_words(p),
        )
        for p in analysis.points
    )


def _words(point: Point) -> str:
    if point.state is not State.VALUE:
        return point.state.value.capitalize()
    return ", ".join(point.rules).capitalize().replace("_", " ") or "As usual"


def _benchmarks(number: int, target: float) -> Sequence[BenchmarkLine]:
    aim = BenchmarkLine("Target", "Board, 2026/27", True, target, -2.2, effective_from=date(2026, 4, 1), words="target")
    peers = BenchmarkLine(
        "Peers",
        "Rivers Medicines Network",
        value=84.0 if number % 2 == 0 else 2.6,
        gap=0.8,
        population="31 wards of the region",
        data_period="Q2 2026",
        effective_from=date(2026, 1, 1),
        effective_to=date(2026, 12, 31),
        words="peers",
    )
    gone = BenchmarkLine("National average", "National audit 2023", missing_since=date(2025, 1, 1))
    return (aim, peers, gone) if number != 2 else (gone,)
