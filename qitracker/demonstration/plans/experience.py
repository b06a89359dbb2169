"""Experience: a target missed by chance alone, complaints that have no better side, and what a new hip changed."""

from qitracker.demonstration.course import Aim, Course, Plan

BRAM = "Bram Quillfeather"

RECOMMEND = Plan(
    "recommend",
    owner=BRAM,
    lag=2,
    aims=(Aim(75),),
    courses=(
        Course("0103", 46, 0.69),
        Course("0104", 62, 0.76, salt=5),
        Course("0105", 58, 0.81),
        Course("0203", 54, 0.78),
        Course("0303", 90, 0.88),
    ),
)
PLANS = (
    RECOMMEND,
    Plan(
        "complaints",
        owner=BRAM,
        courses=(
            Course("0101", 1, 9.5, unrecorded=1),
            Course("0103", 1, 3.2),
            Course("0104", 1, 2.8),
            Course("0201", 1, 4.1, turns=((8, 7.4),)),
        ),
    ),
    Plan("oxford-hip", owner=BRAM, lag=2, courses=(Course("0203", 42, 22.1, spread=0.9),)),
)
