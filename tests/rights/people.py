"""Pages and deeds of units, calendars and people."""

from datetime import date

from qitracker.foundation.permissions import Permission, Role
from qitracker.people import commands
from tests.builders.people import SYSTEM, Build
from tests.rights import Deed, Page, Scene, deed, every, for_all_who_sign_in, for_holders, holders, page, public

KEEP, MANAGE = Permission.UNIT_MANAGE, Permission.PEOPLE_MANAGE
DAY = date(2026, 5, 31)


def over_the_whole(path: str) -> Page:
    """A page about what the whole organisation shares: for its administrators alone."""
    return Page(path, every(403), every(403), holders(KEEP, 200, 403))


def about_a_person(path: str, *, refused: int = 404) -> Page:
    """A page about somebody with a role in the ward: whoever does not manage people there does not know them."""
    return Page(path, holders(MANAGE, 200, refused), every(404), holders(MANAGE, 200, refused))


PAGES = {
    "units.index": for_all_who_sign_in("/units"),
    "units.add": for_holders("/units/add", Permission.UNIT_ADD),
    "units.show": page("/units/ward"),
    "units.edit": page("/units/ward/edit", needs=KEEP),
    "units.move": page("/units/ward/move", needs=KEEP),
    "units.close": page("/units/ward/close", needs=KEEP),
    "units.merge": page("/units/ward/merge", needs=KEEP),
    "units.calendars": over_the_whole("/calendars"),
    "units.calendar": over_the_whole("/calendars/{calendar_id}"),
    "people.index": for_holders("/people", MANAGE),
    "people.invite": for_holders("/people/invite", MANAGE),
    "people.show": about_a_person("/people/{person.id}"),
    "people.edit": about_a_person("/people/{person.id}/edit"),
    "people.hand_over": about_a_person("/people/{person.id}/hand-over"),
    "people.remove": about_a_person("/people/{person.id}/remove"),
    "people.me": for_all_who_sign_in("/me"),
    "people.take_up": public("/invitation/{token}"),
}


def over_the_whole_deed(do) -> Deed:
    done = holders(KEEP, "ok", "NotAllowed")
    return Deed(do, every("NotAllowed"), every("NotAllowed"), done, stranger="NotAllowed")


def on_a_person(do) -> Deed:
    done = holders(MANAGE, "ok", "NotFound")
    return Deed(do, done, every("NotFound"), done)


def seen(scene: Scene, name: str) -> dict[str, int]:
    return {"unit_id": scene[name].id, "seen": 1}


DEEDS = {
    "people.add_unit": deed(
        lambda by, s: commands.add_unit(
            by=by, parent_id=s["ward"].id, kind="unit", name="Bay", code="B", valid_from=date(2021, 1, 1)
        ),
        needs=Permission.UNIT_ADD,
    ),
    "people.change_unit": deed(
        lambda by, s: commands.change_unit(
            by=by,
            **seen(s, "ward"),
            name="Ward A",
            code="A",
            timezone=None,
            calendar_id=None,
            valid_from=date(2020, 1, 1),
        ),
        needs=KEEP,
    ),
    "people.move_unit": deed(
        lambda by, s: commands.move_unit(by=by, **seen(s, "ward"), parent_id=s["beside"].id), needs=KEEP
    ),
    "people.close_unit": deed(lambda by, s: commands.close_unit(by=by, **seen(s, "ward"), last_day=DAY), needs=KEEP),
    "people.reopen_unit": deed(lambda by, s: commands.reopen_unit(by=by, unit_id=s["closed"].id, seen=2), needs=KEEP),
    "people.merge_units": deed(
        lambda by, s: commands.merge_units(
            by=by, source_id=s["ward"].id, target_id=s["beside"].id, seen=1, last_day=DAY
        ),
        needs=KEEP,
    ),
    "people.found_organisation": Deed(
        lambda by, _s: commands.found_organisation(by=by, name="Second", code="2", timezone="UTC", valid_from=DAY),
        own=every("NotAllowed"),
        other=every("NotAllowed"),
        whole=every("NotAllowed"),
        stranger="NotAllowed",
    ),
    "people.add_calendar": over_the_whole_deed(lambda by, _s: commands.add_calendar(by=by, name="Another")),
    "people.add_day_off": over_the_whole_deed(
        lambda by, s: commands.add_day_off(by=by, calendar_id=s["calendar_id"], day=date(2026, 1, 2), name="Bridge")
    ),
    "people.remove_day_off": over_the_whole_deed(
        lambda by, s: commands.remove_day_off(by=by, calendar_id=s["calendar_id"], day=DAY)
    ),
    "people.invite_person": deed(
        lambda by, s: commands.invite_person(
            by=by, name="New", email="new@alder.example", role=Role.LEADER, unit_id=s["ward"].id, days=7
        ),
        needs=MANAGE,
    ),
    "people.renew_invitation": on_a_person(
        lambda by, s: commands.renew_invitation(by=by, user_id=s["person"].id, days=7)
    ),
    "people.grant_role": Deed(
        lambda by, s: commands.grant_role(by=by, user_id=s["person"].id, role=Role.LEADER, unit_id=s["ward"].id),
        own=holders(MANAGE, "ok", "NotAllowed"),
        other=every("NotFound"),
        whole=holders(MANAGE, "ok", "NotAllowed"),
    ),
    "people.revoke_role": on_a_person(
        lambda by, s: commands.revoke_role(by=by, user_id=s["person"].id, grant_id=s["grant_id"])
    ),
    "people.hand_over": on_a_person(
        lambda by, s: commands.hand_over(by=by, user_id=s["person"].id, successor_id=s["successor"].id)
    ),
    "people.remove_person": Deed(
        lambda by, s: commands.remove_person(by=by, user_id=s["person"].id),
        own=holders(MANAGE, "ok", "NotAllowed"),
        other=holders(MANAGE, "NotFound", "NotAllowed"),
        whole=holders(MANAGE, "ok", "NotAllowed"),
        stranger="NotAllowed",
    ),
    "people.change_person": on_a_person(
        lambda by, s: commands.change_person(
            by=by, user_id=s["person"].id, seen=1, name="N", email="n@alder.example", discipline=""
        )
    ),
    "people.change_profile": Deed(
        lambda by, _s: commands.change_profile(by=by, seen=1, name="Me", discipline="", language=None),
        own=every("ok"),
        other=every("ok"),
        whole=every("ok"),
        stranger="NotAllowed",
    ),
}


def arrange(build: Build, scene: Scene) -> None:
    """Add a person and a closed unit in the North, a calendar with a day off, and an open invitation."""
    scene["person"] = build.person(Role.TEAM_MEMBER, scene["ward"])
    scene["successor"] = build.person(Role.FACILITATOR, scene["ward"])
    scene["grant_id"] = build.grant_id(scene["person"])
    scene["closed"] = build.closed_unit("Closed", below=scene["north"], last_day=DAY)
    scene["calendar_id"] = build.calendar("Alder days", {DAY: "Founders' day"})
    scene["token"] = build.invited(SYSTEM, scene["ward"]).token
