"""Deeds on people and places, one file per group; what other packages may call is listed here."""

from qitracker.people.commands.calendars import add_calendar, add_day_off, remove_day_off
from qitracker.people.commands.closing import close_unit, merge_units, reopen_unit
from qitracker.people.commands.grants import grant_role, hand_over, revoke_role
from qitracker.people.commands.invitations import Invited, invite_person, renew_invitation, take_up_invitation
from qitracker.people.commands.leaving import remove_person
from qitracker.people.commands.profile import change_person, change_profile
from qitracker.people.commands.units import add_unit, change_unit, found_organisation, move_unit

__all__ = [
    "Invited",
    "add_calendar",
    "add_day_off",
    "add_unit",
    "change_person",
    "change_profile",
    "change_unit",
    "close_unit",
    "found_organisation",
    "grant_role",
    "hand_over",
    "invite_person",
    "merge_units",
    "move_unit",
    "remove_day_off",
    "remove_person",
    "renew_invitation",
    "reopen_unit",
    "revoke_role",
    "take_up_invitation",
]
