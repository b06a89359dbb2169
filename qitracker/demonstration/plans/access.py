"""Access: winters in the emergency department, stays that shorten slowly, and an outbreak that cancelled operations."""

from qitracker.demonstration.course import Aim, Course, Parts, Peer, Plan, comment, left_out, note
from qitracker.spc.analysis import State

BRAM, YUSRA, ANSELM, SAOIRSE, DELPHINE = (
    "Bram Quillfeather",
    "Yusra Hallowell",
    "Anselm Brackenbury",
    "Saoirse Fennimore",
    "Delphine Marchbanks",
)

FOUR_HOURS = Plan(
    "ed-4-hours",
    owner=BRAM,
    aims=(Aim(78.0),),
    parts=Parts((0.3, 0.7), (-0.14, 0.06)),
    courses=(
        Course("0101", 4300, 0.72, season=-0.055, drift=0.0002),
        Course("0201", 1500, 0.79, season=-0.03),
    ),
)
STAY = Plan(
    "los-mean",
    owner=BRAM,
    aims=(Aim(8.5, unit="0204"),),
    courses=(
        Course("0103", 190, 6.4, spread=0.42),
        Course("0202", 70, 9.1, spread=0.8),
        Course(
            "0204",
            85,
            10.6,
            drift=-0.055,
            spread=0.4,
            remarks=(note(26, "Dressed by noon", SAOIRSE),),
        ),
    ),
)
CANCELLED = Plan(
    "surgery-cancelled",
    owner=BRAM,
    aims=(Aim(5.0),),
    parts=Parts((0.35, 0.40, 0.25), of_numerator=True),
    courses=(
        Course("0104", 140, 0.062, salt=1),
        Course(
            "0203",
            125,
            0.055,
            odd={20: 0.24},
            remarks=(
                left_out(20, "Norovirus closed the ward for 16 days; this was not the usual process.", BRAM),
                note(20, "Norovirus", ANSELM),
            ),
        ),
        Course(
            "0303",
            210,
            0.034,
            states={15: State.NO_CASES},
            remarks=(comment(15, "The theatres were rebuilt; no operation was planned.", DELPHINE),),
        ),
    ),
)
PLANS = (
    FOUR_HOURS,
    Plan(
        "lwbs",
        owner=BRAM,
        aims=(Aim(3.0),),
        courses=(Course("0101", 4300, 0.034, turns=((9, 0.047),), remarks=(note(9, "Triage nurse moved", YUSRA),)),),
    ),
    Plan(
        "door-to-needle",
        owner=BRAM,
        aims=(Aim(45),),
        courses=(Course("0202", 14, 54, turns=((11, 44),), spread=5.5, remarks=(note(11, "Scan first", SAOIRSE),)),),
    ),
    STAY,
    CANCELLED,
    Plan(
        "discharge-summary-48",
        owner=BRAM,
        aims=(Aim(90),),
        courses=(
            Course("0103", 170, 0.78, turns=((11, 0.88),)),
            Course("0104", 180, 0.83, unrecorded=1),
            Course("0202", 66, 0.80, unrecorded=2),
            Course("0203", 150, 0.86),
        ),
    ),
    Plan(
        "theatre-turnaround",
        owner=BRAM,
        aims=(Aim(25),),
        peers=(Peer(27, ended=5),),
        courses=(
            Course("0203", 30, 34, spread=2.6),
            Course("0303", 55, 29, turns=((20, 25.5),), spread=2.0, remarks=(note(20, "Second porter", DELPHINE),)),
        ),
    ),
)
