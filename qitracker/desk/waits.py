"""What waits for a person, as one sentence. Pure."""

from qitracker.foundation.words import Sentence, say


def waits_words(*, unanswered: int, late: int, overdue: int, sheets: int) -> Sentence | None:
    """Return "2 signals wait for an answer, 3 results are late and 1 action is overdue", None where nothing waits."""
    parts = [
        _counted(unanswered, say("1 signal waits for an answer"), say("{count} signals wait for an answer")),
        _counted(late, say("1 result is late"), say("{count} results are late")),
        _counted(overdue, say("1 action is overdue"), say("{count} actions are overdue")),
        _counted(sheets, say("1 worksheet waits for you"), say("{count} worksheets wait for you")),
    ]
    found = [part for part in parts if part]
    if not found:
        return None
    said = found[0]
    for at, part in enumerate(found[1:], 2):
        said = (
            say("{before} and {last}", before=said, last=part)
            if at == len(found)
            else say("{before}, {next}", before=said, next=part)
        )
    return said


def _counted(count: int, one: Sentence, many: Sentence) -> Sentence | None:
    if not count:
        return None
    return one if count == 1 else Sentence(many.text, {"count": count})
