"""Medicines: a definition that came to count something else, and a review that slipped when a post stood empty."""

from qitracker.demonstration.course import Aim, Course, Peer, Plan, Reworded, comment, note

BRAM, SAOIRSE = "Bram Quillfeather", "Saoirse Fennimore"

RECONCILED = Plan(
    "med-rec-24",
    owner=BRAM,
    aims=(Aim(80),),
    reworded=Reworded(
        14,
        "Admissions where the list of medicines at home was taken from two sources, compared with the orders, and "
        "every difference settled, within 24 hours.",
        "Two sources are asked for since the regional agreement; one was enough before.",
    ),
    courses=(
        Course("0103", 110, 0.84, turns=((14, 0.68),), salt=1, unrecorded=1),
        Course("0104", 95, 0.79, turns=((14, 0.66),)),
        Course(
            "0201",
            150,
            0.81,
            turns=((14, 0.70), (7, 0.60)),
            salt=3,
            remarks=(note(7, "Pharmacist post empty", SAOIRSE),),
        ),
        Course("0204", 60, 0.77, turns=((14, 0.61),), salt=1),
    ),
)
PLANS = (
    RECONCILED,
    Plan(
        "antibiotic-review",
        owner=BRAM,
        aims=(Aim(80),),
        peers=(Peer(78),),
        courses=(
            Course("0103", 64, 0.76, turns=((12, 0.86),), remarks=(note(12, "Review on the round", BRAM),)),
            Course("0104", 58, 0.74),
            Course(
                "0201",
                80,
                0.81,
                turns=((8, 0.68),),
                remarks=(
                    note(8, "Pharmacist post empty", SAOIRSE),
                    comment(1, "The post is advertised for the third time.", SAOIRSE),
                ),
            ),
        ),
    ),
    Plan(
        "med-harm",
        owner=BRAM,
        courses=(Course("0103", 800, 1.3), Course("0104", 700, 1.1), Course("0204", 790, 1.6)),
    ),
)
