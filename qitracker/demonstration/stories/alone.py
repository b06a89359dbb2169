"""Actions that answer a signal by themselves, without a worksheet."""

from qitracker.demonstration.stories.outline import Deed, SeriesName, Turn

BRAM, SAOIRSE, EMEKA = "Bram Quillfeather", "Saoirse Fennimore", "Emeka Thornbury"
MOVED, HURT = SeriesName("falls-all", "0204"), SeriesName("falls-injury", "0204")

ALONE: tuple[Deed, ...] = (
    Deed(
        "Light the way to the new bathrooms by sensors at floor level",
        "architectural_or_plant_change",
        "Horatio Dunmore",
        SAOIRSE,
        made=75,
        due=12,
        unit="0204",
        signal=MOVED,
        judged_by=MOVED,
        detail="Estates have the lamps; the electrician is booked for the second half of the month.",
        turns=(Turn(50, "running"),),
    ),
    Deed(
        "Offer the way to the toilet at 22:00 and 05:00 to everybody at risk",
        "standardize_equipment_or_process",
        EMEKA,
        SAOIRSE,
        made=75,
        due=45,
        unit="0204",
        signal=MOVED,
        judged_by=HURT,
        turns=(Turn(70, "running"), Turn(44, "done")),
    ),
    Deed(
        "Put a poster about slippers on every door",
        "warning_or_label",
        EMEKA,
        SAOIRSE,
        made=75,
        due=60,
        unit="0204",
        signal=MOVED,
        turns=(Turn(66, "dropped", "Posters were up before the move and nobody had read one. The lamps come first."),),
    ),
    Deed(
        "Advertise the pharmacist post together with the neighbouring hospital",
        "staffing_up_or_workload_down",
        "Corwin Thackleby",
        SAOIRSE,
        made=30,
        due=-21,
        unit="0201",
        signal=SeriesName("antibiotic-review", "0201"),
        judged_by=SeriesName("antibiotic-review", "0201"),
    ),
    Deed(
        "Give the insertion trolley one closed set for every central line",
        "standardize_equipment_or_process",
        "Maren Ashgrove",
        BRAM,
        made=500,
        due=450,
        unit="0102",
        judged_by=SeriesName("clabsi-rate", "0102"),
        detail="Part of the bundle: drape, gown, line and dressing in one pack; the door stays shut while it is open.",
        turns=(Turn(490, "running"), Turn(455, "done")),
    ),
)
