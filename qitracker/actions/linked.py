"""How actions show themselves at the end of a link."""

from collections.abc import Collection

from qitracker.actions.queries.lines import KIND, ActionLine, actions_by_id
from qitracker.actions.rules import ActionState
from qitracker.foundation.actor import Actor
from qitracker.foundation.words import Sentence, say
from qitracker.links.registry import linkable, row_ids
from qitracker.links.rules import Linked


@linkable(KIND)
def describe_actions(ids: Collection[str], by: Actor) -> dict[str, Linked]:
    """Return what these actions are; without those that `by` may not read. Two statements."""
    return {str(line.id): _linked(line) for line in actions_by_id(row_ids(ids), by=by)}


def _linked(line: ActionLine) -> Linked:
    return Linked(KIND, str(line.id), line.title, f"/actions/{line.id}", words_of(line), line.state)


def words_of(line: ActionLine) -> Sentence:
    """Say whose it is, how it stands and until when."""
    if line.state is ActionState.DONE:
        return say("{owner}, done on {day}", owner=line.owner_name, day=line.done_on)
    if line.state is ActionState.DROPPED:
        return say("{owner}, dropped: {reason}", owner=line.owner_name, reason=line.reason)
    if line.state is ActionState.RUNNING:
        return say("{owner}, running, due {day}", owner=line.owner_name, day=line.due)
    return say("{owner}, planned, due {day}", owner=line.owner_name, day=line.due)
