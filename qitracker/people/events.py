"""What can happen to people and places, and the sentence that tells each."""

from qitracker.audit.events import tell

UNIT_ADDED = tell("people.unit.added", "{actor} added {name} below {parent}.")
UNIT_CHANGED = tell("people.unit.changed", "{actor} changed {name}: {changes}.")
UNIT_MOVED = tell("people.unit.moved", "{actor} moved {name} from {old_parent} to {parent}.")
UNIT_MERGED = tell("people.unit.merged", "{actor} merged {name} into {target}; its last day is {last_day}.")
UNIT_CLOSED = tell("people.unit.closed", "{actor} closed {name}; its last day is {last_day}.")
UNIT_REOPENED = tell("people.unit.reopened", "{actor} opened {name} again.")
CALENDAR_ADDED = tell("people.calendar.added", "{actor} added the calendar {name}.")
CALENDAR_CHANGED = tell("people.calendar.changed", "{actor} changed the calendar {name}: {changes}.")
ORGANISATION_FOUNDED = tell("people.organisation.founded", "{actor} set up {name}.")

PERSON_INVITED = tell("people.person.invited", "{actor} invited {name}.")
INVITATION_RENEWED = tell("people.invitation.renewed", "{actor} made a new link for {name}.")
INVITATION_TAKEN_UP = tell("people.invitation.taken_up", "{actor} set a password by a one-time link.")
PASSWORD_CHANGED = tell("people.password.changed", "{actor} changed the password.")
PERSON_CHANGED = tell("people.person.changed", "{actor} changed what is known about {name}.")
PERSON_REMOVED = tell("people.person.removed", "{actor} removed {name}.")
ROLE_GRANTED = tell("people.role.granted", "{actor} made {name} {role} in {place}.")
ROLE_REVOKED = tell("people.role.revoked", "{actor} ended the role of {name} as {role} in {place}.")
HANDED_OVER = tell("people.roles.handed_over", "{actor} handed the roles of {name} over to {successor}.")
SIGNED_IN = tell("people.session.begun", "{actor} signed in.")
NAME_LOCKED = tell("people.session.locked", "Too many failed sign-ins: a name is locked for a while.")
