"""Safety: falls that grew after a ward moved, pressure injuries that became fewer, and rare events."""

from qitracker.demonstration.course import Aim, Course, Peer, Plan, comment, note
from qitracker.spc.analysis import State

BRAM, EMEKA, SAOIRSE = "Bram Quillfeather", "Emeka Thornbury", "Saoirse Fennimore"
ANSELM = "Anselm Brackenbury"

FALLS = Plan(
    "falls-all",
    owner=BRAM,
    aims=(Aim(6.0),),
    peers=(Peer(6.3, ended=5),),
    looked_at=12,
    courses=(
        Course("0103", 800, 5.6),
        Course("0104", 700, 4.2),
        Course("0202", 610, 6.4),
        Course(
            "0203",
            680,
            4.6,
            turns=((19, 9.6), (11, 3.6)),
            salt=1,
            remarks=(note(11, "Toilet rounds and low beds", ANSELM),),
        ),
        Course(
            "0204",
            790,
            6.2,
            turns=((9, 10.6),),
            remarks=(
                note(9, "Ward moves to Harbour wing", SAOIRSE),
                comment(1, "Four of the falls were on the way to the new bathrooms, at night.", EMEKA),
            ),
        ),
    ),
)
PLANS = (
    Plan(
        "falls-injury",
        owner=BRAM,
        aims=(Aim(1.5),),
        peers=(Peer(1.7),),
        courses=(
            Course("0103", 800, 1.4),
            Course("0104", 700, 1.0),
            Course("0202", 610, 1.6, states={7: State.MISSING}),
            Course("0203", 680, 1.2),
            Course("0204", 790, 1.5, turns=((9, 2.6),), remarks=(note(9, "Ward moves to Harbour wing", SAOIRSE),)),
        ),
    ),
    FALLS,
    Plan(
        "pressure-injury",
        owner=BRAM,
        aims=(Aim(3.0),),
        courses=(
            Course("0102", 24, 0.09),
            Course("0103", 27, 0.04),
            Course("0104", 26, 0.03),
            Course(
                "0203",
                90,
                0.075,
                turns=((10, 0.02),),
                salt=9,
                remarks=(note(10, "New mattresses", ANSELM),),
            ),
            Course("0204", 28, 0.06),
        ),
    ),
    Plan(
        "vte-hospital",
        owner=BRAM,
        lag=2,
        courses=(Course("0104", 310, 3.4), Course("0203", 260, 4.0, states={6: State.SUPPRESSED})),
    ),
    Plan("days-between-serious", owner=BRAM, courses=(Course("0104", 1, 75), Course("0201", 1, 95))),
    Plan(
        "nurse-hours",
        owner=BRAM,
        courses=(
            Course("0102", 270, 19.5, spread=0.7),
            Course(
                "0103",
                800,
                6.4,
                turns=((9, 6.9),),
                spread=0.18,
                remarks=(note(9, "Two posts filled", BRAM),),
            ),
            Course("0204", 790, 6.0, spread=0.2),
        ),
    ),
)
