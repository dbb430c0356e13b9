"""Whether what a check-in closed was opened since: by a professional's word, or by quiet mornings."""

from calfwise import library
from calfwise.model.care.outcomes import Reason
from calfwise.model.care.signs import Level
from calfwise_web.today.seen import locked_sides
from calfwise_web.today.snapshot import Checked, Today


def is_lifted(today: Today, checked: Checked) -> bool:
    """Whether a professional's word, or quiet mornings, opened since then what that check-in closed."""
    if checked.level is Level.BLOCK:
        closed = {lock.reason.id for lock in today.locks}
        return any(stands_for_long(reason) and reason.id not in closed for reason in checked.reasons)
    return bool(set(checked.locked) - set(locked_sides(today.still_locked)))


def stands_for_long(reason: Reason) -> bool:
    """Whether it is a standing condition, and not of one day."""
    question = library.gate().questions.get(reason.id)
    return question is not None and question.asked == "standing"
