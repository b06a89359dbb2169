"""The names a reader sees for the choices of a definition; each is a sentence of the catalogue."""

from collections.abc import Mapping
from typing import Final

from qitracker.foundation.words import Sentence, say
from qitracker.measures.rules import Aim, Area, Frequency, Interval, Kind, Scoring
from qitracker.spc.analysis import Direction, State

KIND_TITLES: Final[Mapping[Kind, Sentence]] = {
    Kind.STRUCTURE: say("Structure"),
    Kind.PROCESS: say("Process"),
    Kind.OUTCOME: say("Outcome"),
    Kind.BALANCING: say("Balancing"),
    Kind.EXPERIENCE: say("Experience"),
}

AIM_TITLES: Final[Mapping[Aim, Sentence]] = {
    Aim.SAFE: say("Safe"),
    Aim.TIMELY: say("Timely"),
    Aim.EFFECTIVE: say("Effective"),
    Aim.EFFICIENT: say("Efficient"),
    Aim.EQUITABLE: say("Equitable"),
    Aim.PATIENT_CENTERED: say("Patient-centred"),
}

AREA_TITLES: Final[Mapping[Area, Sentence]] = {
    Area.PERSON_CENTERED: say("Person-centred care"),
    Area.SAFETY: say("Safety"),
    Area.CHRONIC: say("Chronic conditions"),
    Area.COORDINATION: say("Seamless care coordination"),
    Area.EQUITY: say("Equity"),
    Area.AFFORDABILITY: say("Affordability and efficiency"),
    Area.WELLNESS: say("Wellness and prevention"),
    Area.BEHAVIORAL: say("Behavioural health"),
}

SCORING_TITLES: Final[Mapping[Scoring, Sentence]] = {
    Scoring.PROPORTION: say("Share of cases"),
    Scoring.RATE: say("Rate of events per exposure"),
    Scoring.RATIO: say("Ratio of two amounts"),
    Scoring.OBSERVED_EXPECTED: say("Observed over expected"),
    Scoring.MEAN: say("Mean"),
    Scoring.MEDIAN: say("Median"),
    Scoring.COUNT: say("Count"),
    Scoring.TIME_BETWEEN: say("Time between events"),
    Scoring.CASES_BETWEEN: say("Cases between events"),
}

SCORING_HINTS: Final[Mapping[Scoring, Sentence]] = {
    Scoring.PROPORTION: say("Each case either meets it or does not: 41 of 50 hand contacts."),
    Scoring.RATE: say("Events for an amount of exposure: 7 falls in 4,218 patient days."),
    Scoring.RATIO: say("Two amounts that are not part of each other: hours worked for each patient day."),
    Scoring.OBSERVED_EXPECTED: say("What happened, beside what a model expects for these patients."),
    Scoring.MEAN: say("The average of a figure taken for each patient: days in hospital."),
    Scoring.MEDIAN: say("The middle figure: half of the patients waited less, half waited more."),
    Scoring.COUNT: say("A number of events where the chance is about the same each period."),
    Scoring.TIME_BETWEEN: say("Days from one rare event to the next."),
    Scoring.CASES_BETWEEN: say("Cases from one rare event to the next."),
}

DIRECTION_TITLES: Final[Mapping[Direction, Sentence]] = {
    Direction.UP: say("Higher is better"),
    Direction.DOWN: say("Lower is better"),
    Direction.NONE: say("Neither is better"),
}

FREQUENCY_TITLES: Final[Mapping[Frequency, Sentence]] = {
    Frequency.DAY: say("Every day"),
    Frequency.WEEK: say("Every week"),
    Frequency.MONTH: say("Every month"),
    Frequency.QUARTER: say("Every quarter"),
    Frequency.YEAR: say("Every year"),
    Frequency.EVENT: say("At each event"),
}

INTERVAL_TITLES: Final[Mapping[Interval, Sentence]] = {
    Interval.MID_P: say("Exact, mid-P (as for infection ratios)"),
    Interval.BYAR: say("Byar, exact below 10 events (as for mortality ratios)"),
}

STATE_TITLES: Final[Mapping[State, Sentence]] = {
    State.VALUE: say("Value"),
    State.MISSING: say("Missing"),
    State.SUPPRESSED: say("Suppressed"),
    State.NOT_APPLICABLE: say("Not applicable"),
    State.NO_CASES: say("No cases"),
    State.NOT_CALCULATED: say("Not calculated"),
}
