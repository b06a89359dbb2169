"""What may be linked with what."""

from pytest import mark, raises

from qitracker.foundation.errors import Invalid
from qitracker.links.registry import linkable
from qitracker.links.rules import Ref, check_link

SHEET, EPISODE, SERIES, ACTION, ROW = (Ref(kind, "1") for kind in ("sheet", "episode", "series", "action", "row"))


@mark.parametrize(
    ("start", "end", "role"),
    [
        (SHEET, EPISODE, "answers"),
        (ACTION, ROW, "answers"),
        (ACTION, EPISODE, "answers"),
        (SHEET, SERIES, "studies"),
        (ACTION, SERIES, "judged_by"),
    ],
)
def test_each_role_joins_the_kinds_it_was_made_for(start, end, role):
    check_link(start, end, role)


@mark.parametrize(
    ("start", "end", "role"),
    [
        (EPISODE, SHEET, "answers"),
        (SHEET, EPISODE, "judged_by"),
        (SHEET, SHEET, "studies"),
        (SHEET, EPISODE, "likes"),
        (SHEET, Ref("episode", ""), "answers"),
    ],
)
def test_no_other_ends_directions_or_roles_are_linked(start, end, role):
    with raises(Invalid):
        check_link(start, end, role)


def test_a_kind_is_registered_once_only(monkeypatch):
    monkeypatch.setattr("qitracker.links.registry._kinds", {})
    linkable("sheet")(lambda ids, by: {})
    with raises(RuntimeError, match="sheet"):
        linkable("sheet")(lambda ids, by: {})
