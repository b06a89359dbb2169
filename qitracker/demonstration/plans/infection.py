"""Infection: a bundle that worked, and a campaign whose gain was held."""

from qitracker.demonstration.course import Aim, Course, Parts, Peer, Plan, Slip, comment, new_limits, note

MAREN, SAOIRSE, BRAM = "Maren Ashgrove", "Saoirse Fennimore", "Bram Quillfeather"

CLABSI = Plan(
    "clabsi-rate",
    owner=BRAM,
    aims=(Aim(1.0),),
    peers=(Peer(1.9, ended=5),),
    courses=(
        Course(
            "0102",
            430,
            4.4,
            turns=((15, 0.8),),
            remarks=(
                new_limits(
                    36,
                    "The usual range stays that of the time before the bundle, so that its effect shows.",
                    MAREN,
                    frozen=16,
                ),
                note(15, "Line bundle begins", MAREN),
                note(9, "Daily line review", MAREN),
            ),
        ),
        Course("0302", 620, 0.9),
    ),
)
HAND_HYGIENE = Plan(
    "hand-hygiene",
    owner=BRAM,
    aims=(Aim(85),),
    peers=(Peer(82),),
    parts=Parts((0.55, 0.25, 0.20), (0.03, -0.06, 0.0)),
    courses=(
        Course("0101", 90, 0.72, drift=0.001),
        Course("0102", 110, 0.88),
        Course(
            "0103",
            120,
            0.73,
            turns=((16, 0.89),),
            remarks=(
                note(16, "Gel at every bed", BRAM),
                new_limits(16, "Gel at every bed and a nurse who observes each week", BRAM),
            ),
            slips=(Slip(3, 14, "One digit was missing; the sheet of the ward says more.", BRAM),),
        ),
        Course("0104", 100, 0.80),
        Course("0105", 70, 0.84, unrecorded=1),
        Course("0201", 85, 0.76),
        Course("0202", 80, 0.79, unrecorded=1),
        Course("0203", 95, 0.81, turns=((8, 0.88),)),
        Course("0204", 90, 0.78),
    ),
)
PLANS = (
    HAND_HYGIENE,
    CLABSI,
    Plan(
        "clabsi-sir",
        owner=BRAM,
        aims=(Aim(1.0),),
        courses=(Course("0102", 1.9, 1.25, turns=((4, 0.5),)), Course("0302", 0.9, 0.9)),
    ),
    Plan(
        "cauti-rate",
        owner=BRAM,
        aims=(Aim(2.0),),
        courses=(
            Course("0102", 390, 2.1),
            Course("0103", 210, 2.8),
            Course(
                "0204", 190, 3.2, remarks=(comment(2, "Both cases had a catheter for more than 10 days.", SAOIRSE),)
            ),
        ),
    ),
    Plan(
        "cdiff",
        owner=BRAM,
        peers=(Peer(4.2),),
        courses=(
            Course("0103", 800, 5.0),
            Course("0104", 700, 3.5),
            Course("0201", 520, 4.0),
            Course("0204", 790, 6.0),
        ),
    ),
    Plan(
        "ssi-rate",
        owner=BRAM,
        lag=2,
        aims=(Aim(2.0),),
        courses=(Course("0104", 95, 0.030), Course("0203", 88, 0.022)),
    ),
)
