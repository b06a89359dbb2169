"""Who may try the demonstration: one person of each role with the password made for this installation alone."""

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from qitracker.people.demonstration import DemonstrationPerson

FILE_NAME = "demonstration-sign-in.txt"


def lines_of(people: Iterable[DemonstrationPerson]) -> tuple[str, ...]:
    """Return one line for the first person of each role: role, address, password, name and unit."""
    first: dict[str, DemonstrationPerson] = {}
    for person in people:
        first.setdefault(person.role, person)
    return tuple(_line(person) for person in first.values())


def keep(people: Iterable[DemonstrationPerson], instance: Path) -> None:
    """Write everybody's sign-in where only the owner of the installation reads it."""
    people = tuple(people)
    first = lines_of(people)
    others = [line for line in map(_line, people) if line not in first]
    text = "\n".join([*first, "", "Everybody else:", *others, ""])
    path = instance / FILE_NAME
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    path.chmod(0o600)


def kept(instance: Path) -> tuple[str, ...]:
    """Return the lines of the first person of each role; none where the demonstration was not made here."""
    path = instance / FILE_NAME
    if not path.is_file():
        return ()
    return tuple(path.read_text(encoding="utf-8").partition("\n\n")[0].splitlines())


def words(lines: Iterable[str], instance: Path) -> str:
    """Return what is printed at a start; nothing where there is nobody to sign in as."""
    lines = tuple(lines)
    if not lines:
        return ""
    told = "Sign in on this machine as one of these invented people:"
    return "\n".join([told, "", *_table(lines), "", f"Everybody's passwords are kept in {instance / FILE_NAME}."])


def _table(lines: Iterable[str]) -> list[str]:
    """Return the lines below their headings, each column as wide as it must be; names only where there is room."""
    rows = [
        ("Role", "E-mail address", "Password", "Name"),
        *(tuple(re.split(r" {2,}", line.strip())) for line in lines),
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    shown = 4 if sum(widths) + 8 <= shutil.get_terminal_size((200, 24)).columns else 3
    return ["  ".join(["", *map(str.ljust, row[:shown], widths)]).rstrip() for row in rows]


def _line(person: DemonstrationPerson) -> str:
    return f"  {person.title.lower():<16}  {person.email:<46}  {person.password}  {person.name}, {person.unit}"
