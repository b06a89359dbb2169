"""The FMEA of medicines reconciliation at admission: at work, and half of its answers under way."""

from qitracker.demonstration.stories.outline import (
    Deed,
    SeriesName,
    Story,
    Turn,
    cause,
    effect,
    finds,
    mode,
    prevents,
    step,
)

SAOIRSE, THEODORA, CASIMIR = "Saoirse Fennimore", "Theodora Lyle", "Casimir Holloway"
WILHELMINA, INGRAM, AMBROSE = "Wilhelmina Stroud", "Ingram Wetherby", "Ambrose Fairweather"
RECONCILED = SeriesName("med-rec-24", "0201")

ASK = step(
    "Ask what the patient takes at home",
    step(
        "Ask the patient or whoever looks after them",
        mode(
            "A medicine is left out of the list",
            effect("Withdrawal, or an illness gets worse again", 7),
            effect("The pharmacist has to ring round the next day", 3, on="staff"),
            cause(
                "The patient is too ill or confused to answer, and nobody else is asked",
                8,
                prevents("Box “who was asked” on the admission sheet"),
                finds("Pharmacist compares the list on the next working day", 6),
                key="nobody asked",
            ),
            cause(
                "Drops, inhalers, patches and weekly tablets are not thought of as medicines",
                6,
                finds("Prompt card at four of nine bays", 5),
                key="not thought of",
            ),
            cause(
                "What is bought without a prescription is not asked for",
                5,
                finds("Question in the pharmacist's interview", 4),
            ),
        ),
    ),
    step(
        "Get a second source: pharmacy, practice or care home",
        mode(
            "Only one source is used",
            effect("A wrong dose is given for up to three days", 7),
            effect("The agreed two sources are not met", 2, on="process"),
            cause(
                "The shared record needs a sign-in of its own and takes nine minutes",
                9,
                prevents("Two sign-ins for each shift"),
                finds("Monthly audit of 20 admissions", 7),
                key="own sign-in",
            ),
            cause(
                "After 17:00 and at weekends no pharmacist is there who knows whom to ring",
                8,
                finds("Pharmacist compares the list on the next working day", 6),
                key="no pharmacist",
            ),
        ),
    ),
)
WRITE = step(
    "Write the list into the record",
    mode(
        "A wrong dose or form is written down",
        effect("Overdose of a medicine with a narrow margin", 9),
        effect("The order has to be written again", 3, on="staff"),
        cause(
            "Doses are typed as free text from a photographed box",
            5,
            finds("Dose range check, which most people click away", 5),
        ),
        cause(
            "Two strengths stand beside each other in the pick list",
            4,
            prevents("Tall letters for 40 look-alike names"),
            finds("Second nurse reads back insulin and opioids", 3),
            reason="The supplier changes the pick list in the spring; until then read-back covers the dangerous ones.",
        ),
    ),
)
COMPARE = step(
    "Compare with what was ordered",
    mode(
        "A difference is seen but not settled",
        effect("A medicine is stopped or doubled without anybody meaning it", 8),
        cause(
            "The note for the doctor lies in a second tab that nobody opens on the round",
            6,
            finds("Pharmacist asks again by telephone", 5),
            key="second tab",
        ),
        cause("The doctor who ordered has gone off duty", 5, finds("Handover list, when there is time", 5)),
    ),
    mode(
        "The comparison does not take place",
        effect("Every error of the list reaches the patient", 8),
        cause(
            "The pharmacist post stands empty and no one else may do it",
            10,
            finds("The monthly figure, weeks later", 8),
            key="post empty",
        ),
    ),
)
TELL = step(
    "Tell the patient and the next ward",
    mode(
        "The patient does not learn what changed",
        effect("Takes the old tablets as well after going home", 6),
        cause(
            "The leaflet is printed at discharge only", 6, finds("Call after three days to one in ten", 7), key="tell"
        ),
        cause(
            "The talk falls into the doctor's round and is cut short",
            4,
            prevents("Quiet half hour after lunch on two wards"),
            finds("Patient repeats in their own words", 3),
        ),
    ),
    mode(
        "The next ward gets an old list",
        effect("The comparison is done twice or not at all", 5, on="process"),
        cause("The printed list travels with the patient and is never replaced", 4, finds("Ward clerk checks date", 5)),
    ),
)
CHECK = step(
    "Check that it was done within 24 hours",
    mode(
        "A late list goes unseen",
        effect("Nobody acts before the next dose is due", 5),
        cause("The clock starts with the bed, not with the arrival", None, finds("Dashboard each morning", None)),
    ),
)

DEEDS = (
    Deed(
        "Open the shared record from the admission sheet with the ward's own sign-in",
        "software_change",
        THEODORA,
        SAOIRSE,
        made=48,
        due=-10,
        answers="own sign-in",
        judged_by=RECONCILED,
        detail="One press of a button opens the record of the right patient. The supplier tests it in the third week.",
        turns=(Turn(34, "running"),),
    ),
    Deed(
        "Pharmacist on duty until 21:00 and on both days of the weekend",
        "staffing_up_or_workload_down",
        SAOIRSE,
        SAOIRSE,
        made=48,
        due=9,
        answers="no pharmacist",
        judged_by=RECONCILED,
        turns=(Turn(40, "running"),),
    ),
    Deed(
        "Trained pharmacy technicians may take the list and compare it",
        "redundancy",
        THEODORA,
        SAOIRSE,
        made=41,
        due=-35,
        answers="post empty",
        judged_by=RECONCILED,
        detail="Two technicians finish their course next month; a pharmacist signs a sample of ten a week.",
    ),
    Deed(
        "Ask the care home or family by a fixed order of calls when the patient cannot answer",
        "standard_communication_tool",
        WILHELMINA,
        SAOIRSE,
        made=41,
        due=5,
        answers="nobody asked",
    ),
    Deed(
        "One card with pictures of drops, inhalers, patches and weekly tablets at every bay",
        "checklist_or_cognitive_aid",
        INGRAM,
        SAOIRSE,
        made=41,
        due=20,
        answers="not thought of",
        judged_by=RECONCILED,
        turns=(Turn(33, "running"), Turn(22, "done")),
    ),
    Deed(
        "Remind all doctors by e-mail to open the second tab",
        "policy_or_memo",
        CASIMIR,
        SAOIRSE,
        made=46,
        due=30,
        answers="second tab",
        turns=(
            Turn(
                32,
                "dropped",
                "The team agreed that another reminder changes nothing; the note moves to the first tab instead.",
            ),
        ),
    ),
    Deed(
        "Show open differences on the first tab of the round",
        "software_change",
        CASIMIR,
        SAOIRSE,
        made=32,
        due=-42,
        answers="second tab",
        judged_by=RECONCILED,
    ),
)

ADMISSION = Story(
    kind="fmea",
    unit="0201",
    title="Medicines reconciliation at admission",
    by=SAOIRSE,
    made=62,
    leader=SAOIRSE,
    team=(SAOIRSE, THEODORA, CASIMIR, WILHELMINA, INGRAM, "Pernille Duskwood", AMBROSE),
    writers=(WILHELMINA, THEODORA, CASIMIR),
    sittings=(61, 54, 48, 41),
    rows=(ASK, WRITE, COMPARE, TELL, CHECK),
    signal=RECONCILED,
    turns=(Turn(60, "analysis"),),
    deeds=DEEDS,
)
