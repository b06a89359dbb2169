"""The RCA of an anticoagulant that was not restarted: in analysis, and one of its statements still needs work."""

from qitracker.demonstration.stories.outline import Deed, SeriesName, Story, Then, Turn
from qitracker.demonstration.stories.outline_rca import event, moment, statement, why

BRAM, ROSALIND, LEOFRIC = "Bram Quillfeather", "Rosalind Appleyard", "Leofric Vane"
CLEMENTINE, ISOLDE, NOOR = "Clementine Aske", "Isolde Marwood", "Noor Castlereagh"
CLOTS, RECONCILED = SeriesName("vte-hospital", "0104"), SeriesName("med-rec-24", "0104")

DAY = 36
"""Days back on which the anticoagulant was paused."""

EVENT = event(
    at=Then(DAY, "08:10"),
    text="Anticoagulant not restarted for four days after surgery",
    story="An anticoagulant was paused in the morning of a planned hip operation. The operation and the night went "
    "well. Nobody restarted the medicine. On the fifth morning the night nurse saw a swollen leg; a scan showed a "
    "clot, and treatment began the same morning. The patient stayed eleven days longer and went home well.",
    expected="By the ward's guideline it is restarted on the evening after the operation, or the reason is written.",
    place="Surgical ward 2, after transfer from theatre",
    reached="event",
    harm="ahrq1.moderate",
    severity_actual="va1.major",
    severity_potential="va1.catastrophic",
    probability="va1.uncommon",
)
TIMELINE = (
    moment(DAY, "08:10", "Anticoagulant paused for the hip operation.", "order log"),
    moment(
        DAY,
        "08:12",
        "The pause is saved without a day on which it ends.",
        "order log",
        instead="A pause of a high-risk medicine carries its last day",
    ),
    moment(DAY, "20:45", "Moved from theatre to the ward, third transfer within the hour.", "transfer form"),
    moment(
        DAY,
        "20:50",
        "The handover names what runs; what is paused is not read out.",
        "two interviews",
        instead="Paused medicines are read out and repeated",
    ),
    moment(
        DAY - 1,
        "08:30",
        "Ward round. The tab with paused medicines is not opened.",
        "audit trail",
        instead="Each round looks at what is paused",
    ),
    moment(DAY - 2, "08:30", "Ward round, the same tab again stays shut.", "audit trail", instead="As the day before"),
    moment(
        DAY - 3,
        "17:00",
        "The pharmacist's round of the weekend ends before the evening transfers are in.",
        "rota",
        instead="Each transfer is seen within 24 hours",
    ),
    moment(DAY - 4, "07:55", "The night nurse sees a swollen leg.", "notes"),
    moment(DAY - 4, "09:20", "A scan shows a clot; treatment begins.", "scan report"),
    moment(DAY - 4, "09:40", "Reported. Patient and family are told the same day.", "report"),
)
WHYS = (
    why(
        "No restart day stands on the chart",
        "task",
        why(
            "The pause order has no field for it",
            "equipment",
            why(
                "E-prescribing lets a high-risk medicine be paused without an end",
                "equipment",
                statement(
                    "The pause order accepts a high-risk medicine without a last day",
                    "a chart that names no restart",
                    "the anticoagulant stayed off for four days",
                ),
                evidence="Screen recording with a test patient; order log",
                root="pause without end",
            ),
        ),
        evidence="Copy of the chart",
    ),
    why(
        "Nobody saw the pause on three ward rounds",
        "team",
        why(
            "Paused medicines stand on a second tab that the round does not open",
            "equipment",
            evidence="Audit trail of four other patients: opened on 2 of 19 rounds",
        ),
        why(
            "No pharmacist sees transfers of the evening at weekends",
            "staff",
            why(
                "Weekend cover ends before the evening transfers",
                "organisation",
                statement(
                    "Inadequate weekend cover, and the nurse forgot to ask",
                    "paused medicines that nobody looked at from Friday evening on",
                    "the pause was not noticed",
                ),
                evidence="Rota of the last six months; times of 41 transfers",
                root="weekend cover",
            ),
        ),
    ),
    why("The patient could not say what was missing", "patient", evidence="Interview with patient and daughter"),
    why("Two guidelines name different evenings for the restart", "rules", evidence="Both documents, side by side"),
    why("Three transfers arrive within one hour", "environment"),
)

DEEDS = (
    Deed(
        "A pause order of a high-risk medicine must carry its last day",
        "engineering_control_forcing_function",
        ROSALIND,
        BRAM,
        made=20,
        due=-10,
        answers="pause without end",
        judged_by=CLOTS,
        detail="The supplier has the change in test; pharmacy names the medicines it holds for.",
        turns=(Turn(12, "running"),),
    ),
    Deed(
        "Show paused medicines on the first tab of the round",
        "software_change",
        LEOFRIC,
        BRAM,
        made=20,
        due=-24,
        answers="pause without end",
        judged_by=RECONCILED,
    ),
    Deed(
        "Pharmacist on call until 21:00 at weekends",
        "staffing_up_or_workload_down",
        NOOR,
        BRAM,
        made=18,
        due=-45,
        answers="weekend cover",
        judged_by=RECONCILED,
    ),
    Deed(
        "Remind staff of paused medicines at handover",
        "training",
        CLEMENTINE,
        BRAM,
        made=18,
        due=3,
        answers="weekend cover",
        turns=(Turn(15, "running"),),
    ),
)

ANTICOAGULANT = Story(
    kind="rca",
    unit="0104",
    title="Anticoagulant not restarted for four days after surgery",
    by=BRAM,
    made=31,
    leader=ROSALIND,
    team=(ROSALIND, LEOFRIC, CLEMENTINE, ISOLDE, BRAM),
    writers=(ROSALIND, CLEMENTINE, LEOFRIC),
    sittings=(30, 24, 20),
    rows=(EVENT, *TIMELINE, *WHYS),
    turns=(Turn(30, "analysis"),),
    deeds=DEEDS,
)
