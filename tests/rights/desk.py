"""Pages and deeds of the desk: everybody has a home and a board; whose numbers they hold is tested beside them."""

from datetime import date

from qitracker.desk import commands
from qitracker.foundation.permissions import Permission
from tests.builders.measures import a_measure
from tests.builders.people import Build
from tests.builders.results import TODAY, a_series, the_episode
from tests.rights import Scene, deed, for_all_who_sign_in, page

PAGES = {
    "board.index": for_all_who_sign_in("/board"),
    "board.find": for_all_who_sign_in("/board/find"),
    "board.silent": for_all_who_sign_in("/board/silent"),
    "threads.index": for_all_who_sign_in("/threads"),
    "threads.show": page("/threads/{episode_id}", needs=Permission.RESULT_READ),
    "threads.show_sheet": page("/threads/sheet/{sheet_id}", needs=Permission.SHEET_READ),
}

DEEDS = {
    "desk.end_silent_collections": deed(
        lambda by, s: commands.end_silent_collections(by=by, slug=s["fallen_silent"].slug, today=TODAY),
        needs=Permission.MEASURE_DEFINE,
    ),
}


def arrange(build: Build, scene: Scene) -> None:
    """Add a measure of the North that one ward goes on with, and the other left years ago."""
    long_ago = date(2020, 1, 1)
    units = [scene["ward"], scene["beside"]]
    measured = a_measure(build, scene["north"], units, begins=long_ago, title="Fallen silent")
    a_series(build, scene["ward"], measured, [(41, 50)] * 12, first=long_ago)
    scene["fallen_silent"] = measured
    falling = a_measure(build, scene["north"], [scene["ward"]], begins=long_ago, title="Falling")
    a_series(build, scene["ward"], falling, [*[(78, 100), (82, 100)] * 9, *[(66, 100)] * 7])
    scene["episode_id"] = the_episode(build, scene["ward"], falling)
