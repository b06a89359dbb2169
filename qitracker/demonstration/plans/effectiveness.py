"""Effectiveness: a bundle on its way to a rising target, six good months that mean nothing yet, clinics' figures."""

from qitracker.demonstration.course import Aim, Course, Peer, Plan, note

BRAM, YUSRA, DELPHINE = "Bram Quillfeather", "Yusra Hallowell", "Delphine Marchbanks"

SEPSIS = Plan(
    "sepsis-bundle",
    owner=BRAM,
    lag=1,
    aims=(Aim(steps=((24, 55.0), (12, 65.0), (6, 70.0), (0, 75.0))),),
    courses=(
        Course(
            "0101",
            46,
            0.52,
            turns=((13, 0.68),),
            salt=13,
            remarks=(note(13, "Sepsis trolley and alarm", YUSRA),),
        ),
        Course("0201", 34, 0.55),
    ),
)
READMISSION = Plan(
    "readmission-30",
    owner=BRAM,
    lag=1,
    aims=(Aim(12.0),),
    peers=(Peer(13.1),),
    courses=(
        Course("0103", 175, 0.140, salt=34),
        Course("0104", 190, 0.095),
        Course("0201", 210, 0.155),
        Course("0203", 160, 0.070),
    ),
)
PLANS = (
    SEPSIS,
    READMISSION,
    Plan(
        "mortality-oe",
        owner="Isaura Wintergreen",
        lag=1,
        aims=(Aim(1.0),),
        courses=(Course("0102", 6.8, 1.02), Course("0103", 4.6, 0.95), Course("0202", 3.4, 1.05)),
    ),
    Plan(
        "ntsv-caesarean",
        owner=BRAM,
        aims=(Aim(24.0),),
        courses=(Course("0105", 72, 0.255),),
    ),
    Plan("ed-revisit-72", owner=BRAM, courses=(Course("0101", 2900, 0.041),)),
    Plan(
        "hba1c-poor",
        owner=DELPHINE,
        aims=(Aim(25.0),),
        courses=(Course("0301", 310, 0.31, drift=-0.006), Course("0302", 120, 0.27)),
    ),
    Plan(
        "bp-control",
        owner=DELPHINE,
        aims=(Aim(75.0),),
        courses=(Course("0301", 540, 0.70), Course("0302", 140, 0.62)),
    ),
)
