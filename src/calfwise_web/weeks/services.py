"""What a runner wants of the weeks ahead, written down; and the next days, as they were laid and told."""

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import structs

from calfwise.model.journal import WantsWeeks, event_from_line, line_of
from calfwise.model.weeks import WeeksWish
from calfwise_web.journal import lines
from calfwise_web.journal.lines import home_of
from calfwise_web.journal.models import Journal
from calfwise_web.refresh import refresh


def want(journal: Journal, wish: WeeksWish | None, *, now: datetime) -> None:
    """Keep a wish; `None` ends the weeks. What was done stays what it was.

    On the runner's own clock: by it the journal knows which days are over, and stand as they were told.
    """
    here = now.astimezone(home_of(lines.preferences_of(journal)))
    lines.write(journal, [event_from_line(line_of(WantsWeeks(at=here, wish=wish)))])
    refresh(journal, now=now)


def leave(journal: Journal, wish: WeeksWish, days: Iterable[date], *, now: datetime) -> None:
    """These days do not suit after all."""
    want(journal, structs.replace(wish, not_on=tuple(sorted({*wish.not_on, *days}))), now=now)


def take_up(journal: Journal, wish: WeeksWish, days: Iterable[date], *, now: datetime) -> None:
    """These days suit again."""
    again = set(days)
    want(journal, structs.replace(wish, not_on=tuple(day for day in wish.not_on if day not in again)), now=now)
