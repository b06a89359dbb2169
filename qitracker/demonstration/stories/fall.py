"""The RCA of a fall at night: closed, its actions done, and the verdict in the measure that called for it."""

from qitracker.demonstration.stories.outline import Deed, SeriesName, Story, Then, Turn
from qitracker.demonstration.stories.outline_rca import event, moment, statement, why

ANSELM, OSRIC, MARGUERITE = "Anselm Brackenbury", "Osric Pellingham", "Marguerite Oakden"
THEODORA, INGRAM, PERNILLE = "Theodora Lyle", "Ingram Wetherby", "Pernille Duskwood"
FALLS = SeriesName("falls-all", "0203")

NIGHT = 356
"""Days back of the night in question."""

EVENT = event(
    at=Then(NIGHT, "02:40"),
    text="Fall on the way to the toilet at night, with a broken hip",
    story="On the third night after a knee replacement a patient rang, waited, got up alone and fell beside the bed. "
    "The other hip was broken and was operated on the next day. It was the fourth fall of that month at night.",
    expected="A call at night is answered within five minutes, and the bed stands low while nobody is beside it.",
    place="Orthopaedic ward, four-bed room at the end of the corridor",
    reached="event",
    harm="ahrq1.severe",
    severity_actual="va1.major",
    severity_potential="va1.catastrophic",
    probability="va1.frequent",
)
TIMELINE = (
    moment(NIGHT + 1, "23:00", "Night begins: two nurses for 28 beds, as planned.", "rota"),
    moment(
        NIGHT,
        "00:10",
        "A sleeping tablet is given, four hours before the morning's first round.",
        "chart",
        instead="None after 23:00 for people at risk of falling",
    ),
    moment(NIGHT, "01:30", "Wound looked at; the bed is raised for it.", "notes"),
    moment(
        NIGHT, "01:40", "The bed stays at working height.", "interview", instead="Down again before leaving the room"
    ),
    moment(NIGHT, "02:20", "Both nurses begin the turning round at the other end.", "interviews"),
    moment(NIGHT, "02:26", "The patient rings.", "call log"),
    moment(NIGHT, "02:40", "No answer for 14 minutes; the patient gets up and falls.", "call log", instead="5 minutes"),
    moment(NIGHT, "02:43", "Found by the nurse on the way back; doctor there within six minutes.", "notes"),
    moment(NIGHT, "10:00", "Patient and family are told what is known; asked for their account.", "notes"),
)
WHYS = (
    why(
        "The call was not answered in time",
        "team",
        why(
            "Both nurses were in one room at the far end",
            "task",
            why(
                "The turning round takes both nurses off the corridor at the same hours each night",
                "organisation",
                statement(
                    "The turning round, planned for two at 02:00 and 05:00, takes both nurses off the corridor",
                    "calls of 14 minutes and longer at those hours",
                    "a patient gets up alone and falls",
                ),
                evidence="Call log of 60 nights: 71 of 96 long waits lie in these hours",
                root="turning round",
            ),
        ),
        evidence="Call log",
    ),
    why(
        "The bed stood 62 cm high",
        "equipment",
        why(
            "Beds keep the height at which they were left, and nothing shows it from the door",
            "equipment",
            statement(
                "Beds of this make keep the height at which they were left and show it nowhere",
                "11 of 28 beds at working height at night",
                "getting up ends in a fall",
            ),
            evidence="Count on five nights",
            root="bed height",
        ),
    ),
    why(
        "The patient was drowsy",
        "patient",
        why(
            "Sleeping tablets can be ordered without a latest hour",
            "rules",
            statement(
                "The order set offers sleeping tablets on demand without a latest hour",
                "tablets given after midnight on 9 of 30 nights",
                "a patient is unsteady when getting up",
            ),
            evidence="Charts of a month; pharmacy",
            root="late tablets",
        ),
    ),
    why("The light switch is behind the bed", "environment", evidence="Seen in the room"),
)

DEEDS = (
    Deed(
        "One nurse stays on the corridor: turning and toilet rounds at set times, in turns",
        "simplify_process",
        OSRIC,
        ANSELM,
        made=340,
        due=330,
        answers="turning round",
        judged_by=FALLS,
        turns=(Turn(338, "running"), Turn(332, "done")),
    ),
    Deed(
        "Buy beds that go down by themselves and glow at the floor when low, tried out by two night teams",
        "new_device_usability_tested",
        INGRAM,
        ANSELM,
        made=340,
        due=270,
        answers="bed height",
        judged_by=FALLS,
        detail="Three makes were tried for two weeks each; the night teams chose.",
        turns=(Turn(325, "running"), Turn(281, "done")),
    ),
    Deed(
        "Order set: no sleeping tablet after 23:00 without the reason",
        "software_change",
        THEODORA,
        ANSELM,
        made=340,
        due=310,
        answers="late tablets",
        judged_by=SeriesName("falls-injury", "0203"),
        turns=(Turn(330, "running"), Turn(314, "done")),
    ),
    Deed(
        "A lecture on falls for all night staff",
        "training",
        MARGUERITE,
        ANSELM,
        made=340,
        due=300,
        answers="turning round",
        turns=(Turn(331, "dropped", "Everybody knew the risk. What was missing was a second pair of hands."),),
    ),
)

FALL = Story(
    kind="rca",
    unit="0203",
    title="Fall on the way to the toilet at night",
    by=ANSELM,
    made=349,
    leader=ANSELM,
    team=(ANSELM, OSRIC, MARGUERITE, THEODORA, INGRAM, PERNILLE, "Ambrose Fairweather"),
    writers=(OSRIC, ANSELM, MARGUERITE),
    sittings=(348, 344, 340),
    rows=(EVENT, *TIMELINE, *WHYS),
    signal=FALLS,
    turns=(Turn(348, "analysis"), Turn(320, "review"), Turn(275, "closed")),
    deeds=DEEDS,
)
