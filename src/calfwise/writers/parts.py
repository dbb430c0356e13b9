"""What the player guides on a planned day, for formats that cannot ask it."""

from datetime import UTC, datetime, time

from calfwise.model.care.protocol import PlayerContent
from calfwise.model.fix.practice import practice_of
from calfwise.model.session import PracticeItem
from calfwise.model.weeks import LaidDay


def parts_of(day: LaidDay, *, content: PlayerContent) -> dict[str, tuple[PracticeItem, ...]]:
    """Sets and rests of every routine of the day at its level, by the routine's id.

    A routine or a level that the library does not know (any more) is left out: its element gets by on its numbers.
    """
    at = datetime.combine(day.on, time(), UTC)
    return {
        element.routine: practice_of(element.routine, element.level, content=content, at=at, reason="").items
        for element in day.elements
        if element.routine in content.routines
        and element.level is not None
        and 1 <= element.level <= len(content.routines[element.routine].levels)
    }
