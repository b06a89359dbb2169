"""Prevention: a target that is always met, and an offer that is made in winter only."""

from qitracker.demonstration.course import Aim, Course, Plan

BRAM = "Bram Quillfeather"

WINTER = (10, 11, 12, 1, 2, 3)

PLANS = (
    Plan(
        "vte-risk",
        owner=BRAM,
        aims=(Aim(90),),
        courses=(
            Course("0103", 190, 0.965),
            Course("0104", 210, 0.972),
            Course("0201", 240, 0.955, unrecorded=1),
            Course("0203", 160, 0.981),
        ),
    ),
    Plan(
        "flu-patients",
        owner=BRAM,
        aims=(Aim(90),),
        courses=(Course("0103", 70, 0.82, only=WINTER), Course("0204", 60, 0.86, only=WINTER)),
    ),
)
