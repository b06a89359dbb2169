"""Rights that change while a report is made: nobody keeps what they lost meanwhile."""

from flask import current_app
from pytest import mark, raises
from sqlalchemy import delete, update

from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import NotAllowed, NotFound
from qitracker.foundation.permissions import Role
from qitracker.people.models import GrantRow, User
from qitracker.reports import queries
from qitracker.reports.jobs import make_report
from qitracker.reports.shelf import folder
from tests.builders.reports import Worker, a_reported_measure, asked


def take_role(person):
    with atomic():
        store.execute(delete(GrantRow).where(GrantRow.user_id == person.id))


def put_in_lesser_role(person):
    with atomic():
        store.execute(update(GrantRow).where(GrantRow.user_id == person.id).values(role=Role.TEAM_MEMBER))


def shut_out(person):
    with atomic():
        store.execute(update(User).where(User.id == person.id).values(active=False))


class Meanwhile(Worker):
    """A worker during whose last step something happens to the rights of the one who asked."""

    def __init__(self, happens):
        super().__init__()
        self.happens = happens

    def progress(self, done, total, words=""):
        if done == total - 1:
            self.happens()


@mark.parametrize("change", [take_role, put_in_lesser_role, shut_out])
def test_a_right_lost_while_the_report_is_made_leaves_neither_report_nor_file(build, change):
    place = build.unit("Ward")
    measured = a_reported_measure(build, build.organisation(), [place], title="Falls")
    person = build.person(Role.QUALITY_OFFICER, place)
    with raises((NotAllowed, NotFound)):
        make_report(Meanwhile(lambda: change(person)), person.actor, **asked(place, [measured]))
    assert queries.report_list(by=build.officer(place)) == ()
    assert not list(folder(current_app.extensions["settings"]).glob("*"))
