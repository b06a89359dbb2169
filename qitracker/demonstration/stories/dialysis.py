"""The FMEA of dialysis from blood result to changed prescription: a draft that nobody has scored to the end."""

from qitracker.demonstration.stories.outline import Story, cause, effect, finds, mode, prevents, step

DELPHINE, LUCINDA, PHILIPPA = "Delphine Marchbanks", "Lucinda Merriweather", "Philippa Ravensworth"

DIALYSIS = Story(
    kind="fmea",
    unit="0302",
    title="Dialysis: from the blood result to the changed prescription",
    by=DELPHINE,
    made=9,
    leader=DELPHINE,
    team=(DELPHINE, LUCINDA, PHILIPPA),
    writers=(LUCINDA, PHILIPPA),
    sittings=(8, 2),
    rows=(
        step(
            "Take the blood before the treatment begins",
            mode(
                "The sample is drawn after the saline flush",
                effect("Potassium reads too low, the bath is set wrong", 8),
                cause(
                    "The tube for the sample lies with the things for afterwards",
                    4,
                    prevents("Order of steps on the machine's card"),
                    finds("Laboratory comments on diluted samples", 4),
                ),
            ),
            mode(
                "The label belongs to the neighbouring chair",
                effect("Two patients are treated on each other's results", 9),
                cause("Labels for a whole row are printed at once", 3, finds("Nurse reads name and number aloud", 4)),
            ),
        ),
        step(
            "Read the result and decide",
            mode(
                "A result of the evening shift is seen the next day",
                effect("A high potassium stands overnight", 9),
                cause("No doctor is in the house after 20:00", None, finds("The laboratory rings above 6.5", None)),
                cause("The call goes to the telephone at the front desk", None),
            ),
        ),
        step("Change the prescription", mode("The change is written but the machine keeps the old bath")),
        step("Check that the next treatment runs as prescribed"),
    ),
)
