"""The snapshot of the weeks ahead, and what is wanted of them just now."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from calfwise.model.journal import WantsWeeks
from calfwise.model.weeks import WeeksWish
from calfwise_web import access
from calfwise_web.journal.lines import events_of, home_of
from calfwise_web.journal.models import Journal, Snapshot
from calfwise_web.journal.reading import decoded
from calfwise_web.weeks.shown import PAGE, Near, Shown, near_of, shown_of


@dataclass(frozen=True, slots=True)
class Held:
    """What is there to be shown."""

    shown: Shown
    today: date
    """On the runner's own calendar."""
    behind: bool
    """What is shown is an earlier state of the journal."""


def held(request: HttpRequest, *, now: datetime) -> Held:
    """Everything the page rests on; an account that nothing was worked out for has no wish yet."""
    row = access.snapshot(request, PAGE)
    shown = decoded(row, shown_of)
    if shown is None:
        prefers = access.preferences(request)
        here = now.astimezone(home_of(prefers))
        return Held(Shown(here, prefers, (), None), here.date(), behind=row is not None)
    assert row is not None
    here = now.astimezone(home_of(shown.prefers))
    behind = row.revision < access.journal(request).revision or shown.now.date() < here.date()
    return Held(shown, here.date(), behind)


def present_wish(journal: Journal) -> WeeksWish | None:
    """The last word on what is wanted: asked of the journal itself, for it may be newer than what pages show."""
    last = events_of(journal, "weeks-wanted")
    return last[-1].wish if last and isinstance(last[-1], WantsWeeks) else None


def near(row: Snapshot | None) -> Near | None:
    """The next days; none where nothing was worked out, or by another calfwise."""
    return decoded(row, near_of)
