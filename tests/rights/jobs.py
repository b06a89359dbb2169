"""Pages and deeds of jobs: each belongs to the person who asked for it."""

from qitracker.jobs import commands
from tests.rights import Deed, Page, every

ANOTHERS = {"own": every(404), "other": every(404), "whole": every(404)}

PAGES = {
    "jobs.show": Page("/jobs/{job_id}", **ANOTHERS),
    "jobs.progress": Page("/jobs/{job_id}/progress", **ANOTHERS),
}
DEEDS = {
    "jobs.cancel": Deed(
        lambda by, s: commands.cancel(by=by, job_id=s["job_id"]),
        own=every("NotFound"),
        other=every("NotFound"),
        whole=every("NotFound"),
    ),
}


def arrange(build, scene) -> None:
    """Add a job that somebody else asked for."""
    scene["job_id"] = build.job(by=build.person("quality_officer", scene["ward"]).actor, unit=scene["ward"])
