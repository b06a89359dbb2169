"""An invented hospital group with people in every role. Only the passwords differ from one installation to the next."""

from dataclasses import dataclass
from datetime import date

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor, Place, system
from qitracker.foundation.db import atomic
from qitracker.foundation.errors import Invalid
from qitracker.foundation.permissions import Role
from qitracker.foundation.words import say
from qitracker.people import events
from qitracker.people.commands.calendars import add_calendar
from qitracker.people.commands.closing import merge_units
from qitracker.people.commands.grants import add_grant
from qitracker.people.commands.invitations import new_user
from qitracker.people.commands.units import add_unit, found_organisation
from qitracker.people.passwords import spoken_password
from qitracker.people.queries.places import unit_facts
from qitracker.people.rules import ROLE_TITLES
from qitracker.people.setup import has_administrator

ORGANISATION = ("000", "Thistledown Health")
FIRST_DAY = date(2015, 1, 1)
MERGED_ON = date(2024, 12, 31)

# code, name, time zone, country and part of it for the holidays
SITES = (
    ("010", "Thistledown General", "Europe/London", "GB", "ENG"),
    ("020", "Saltmere Hospital", "Europe/Dublin", "IE", ""),
    ("030", "Coldspring Clinics", "America/Halifax", "CA", "NS"),
)
UNITS = (
    ("0101", "Emergency department", "010"),
    ("0102", "Intensive care", "010"),
    ("0103", "Medical ward 3", "010"),
    ("0104", "Surgical ward 2", "010"),
    ("0105", "Maternity", "010"),
    ("0201", "Acute assessment", "020"),
    ("0202", "Stroke unit", "020"),
    ("0203", "Orthopaedic ward", "020"),
    ("0204", "Care of older people", "020"),
    ("0301", "Family medicine", "030"),
    ("0302", "Dialysis centre", "030"),
    ("0303", "Day surgery", "030"),
)
MERGED_UNIT = ("0106", "Medical ward 4", "010", "0103")  # goes on as Medical ward 3

# role, name, discipline, code of the unit; the first of each role is the one to try
PEOPLE = (
    (Role.ADMINISTRATOR, "Ottilie Penhaligon", "Informatics", "000"),
    (Role.QUALITY_OFFICER, "Bram Quillfeather", "Quality improvement", "000"),
    (Role.FACILITATOR, "Maren Ashgrove", "Nurse", "0102"),
    (Role.TEAM_MEMBER, "Tobin Larkspur", "Nurse", "0103"),
    (Role.LEADER, "Isaura Wintergreen", "Medical director", "000"),
    (Role.ADMINISTRATOR, "Corwin Thackleby", "Informatics", "020"),
    (Role.QUALITY_OFFICER, "Saoirse Fennimore", "Infection prevention", "020"),
    (Role.QUALITY_OFFICER, "Delphine Marchbanks", "Quality improvement", "030"),
    (Role.FACILITATOR, "Anselm Brackenbury", "Physiotherapist", "0203"),
    (Role.FACILITATOR, "Yusra Hallowell", "Doctor", "0101"),
    (Role.TEAM_MEMBER, "Rosalind Appleyard", "Pharmacist", "010"),
    (Role.TEAM_MEMBER, "Kito Summerhayes", "Doctor", "0202"),
    (Role.TEAM_MEMBER, "Birgit Oakenshaw", "Midwife", "0105"),
    (Role.TEAM_MEMBER, "Emeka Thornbury", "Dietitian", "0204"),
    (Role.TEAM_MEMBER, "Lucinda Merriweather", "Nurse", "0302"),
    (Role.TEAM_MEMBER, "Wilhelmina Stroud", "Nurse", "0201"),
    (Role.TEAM_MEMBER, "Casimir Holloway", "Doctor", "0201"),
    (Role.TEAM_MEMBER, "Theodora Lyle", "Pharmacist", "020"),
    (Role.TEAM_MEMBER, "Ingram Wetherby", "Occupational therapist", "020"),
    (Role.TEAM_MEMBER, "Pernille Duskwood", "Social worker", "020"),
    (Role.TEAM_MEMBER, "Ambrose Fairweather", "Patient partner", "020"),
    (Role.TEAM_MEMBER, "Osric Pellingham", "Nurse", "0203"),
    (Role.TEAM_MEMBER, "Marguerite Oakden", "Doctor", "0203"),
    (Role.TEAM_MEMBER, "Clementine Aske", "Nurse", "0104"),
    (Role.TEAM_MEMBER, "Leofric Vane", "Doctor", "0104"),
    (Role.TEAM_MEMBER, "Isolde Marwood", "Social worker", "010"),
    (Role.TEAM_MEMBER, "Philippa Ravensworth", "Doctor", "0302"),
    (Role.LEADER, "Horatio Dunmore", "Head of nursing", "020"),
    (Role.LEADER, "Noor Castlereagh", "Ward manager", "0104"),
)


@dataclass(frozen=True)
class DemonstrationPerson:
    """One person to try the product as. The password is known only here and to whoever prints it."""

    role: Role
    title: str
    name: str
    email: str
    password: str
    unit: str


@dataclass(frozen=True)
class Demonstration:
    """What was made: places by code, and the people in the order of PEOPLE."""

    places: dict[str, Place]
    people: tuple[DemonstrationPerson, ...]


def make_demonstration_people() -> Demonstration:
    """Found the invented group with its units, calendars and people.

    Raises:
        Invalid: the installation is in use already.
    """
    if has_administrator():
        raise Invalid(say("This installation is in use already. Make the demonstration in an empty one."))
    by = system("The demonstration")
    with atomic():
        places = _places(by)
        people = tuple(_person(by, *one, places=places) for one in PEOPLE)
    return Demonstration(places, people)


def _places(by: Actor) -> dict[str, Place]:
    code, name = ORGANISATION
    top = found_organisation(by=by, name=name, code=code, timezone=SITES[0][2], valid_from=FIRST_DAY)
    made = {code: top}
    for code, name, timezone, country, part in SITES:
        calendar_id = add_calendar(by=by, name=name, country=country, subdivision=part)
        made[code] = add_unit(
            by=by,
            parent_id=top.id,
            kind="site",
            name=name,
            code=code,
            valid_from=FIRST_DAY,
            timezone=timezone,
            calendar_id=calendar_id,
        )
    for code, name, site in (*UNITS, MERGED_UNIT[:3]):
        made[code] = add_unit(by=by, parent_id=made[site].id, kind="unit", name=name, code=code, valid_from=FIRST_DAY)
    ended, goes_on = made[MERGED_UNIT[0]].id, made[MERGED_UNIT[3]].id
    merge_units(by=by, source_id=ended, target_id=goes_on, seen=unit_facts(ended).version, last_day=MERGED_ON)
    return made


def _person(
    by: Actor, role: Role, name: str, discipline: str, code: str, *, places: dict[str, Place]
) -> DemonstrationPerson:
    email = f"{name.lower().replace(' ', '.')}@thistledown.example"
    password = spoken_password()
    user_id = new_user(name=name, email=email, discipline=discipline, password=password, is_demonstration=True)
    after = {"name": name, "email": email, "discipline": discipline}
    record(events.PERSON_INVITED, by=by, subject=("person", user_id), unit=places[code], after=after)
    add_grant(by=by, user_id=user_id, name=name, role=role, place=places[code])
    return DemonstrationPerson(role, str(ROLE_TITLES[role]), name, email, password, places[code].name)
