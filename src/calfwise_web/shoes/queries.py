"""What is known of the runner's shoes."""

from datetime import date

from django.db.models import Count, Max, Min, QuerySet, Sum
from msgspec import Struct

from calfwise.model.journal import AboutRun, WearsShoe
from calfwise.model.runner import Shoe
from calfwise_web.journal.lines import events_of
from calfwise_web.journal.models import Journal, Run


class Worn(Struct, frozen=True):
    """What runs add up to for one pair."""

    runs: int
    distance_m: float
    strikes: int
    """Both legs."""
    first: date | None
    last: date | None


def shoes_of(journal: Journal) -> tuple[Shoe, ...]:
    """All pairs ever told of, each by its last word."""
    events = events_of(journal, "shoe")
    return tuple({event.shoe.id: event.shoe for event in events if isinstance(event, WearsShoe)}.values())


def pairs_of(shoes: tuple[Shoe, ...]) -> tuple[Shoe, ...]:
    """Those to choose from: no days on bare feet, and none taken back. Newest first."""
    pairs = [shoe for shoe in shoes if not is_barefoot_day(shoe) and not is_taken_back(shoe)]
    return tuple(sorted(pairs, key=lambda shoe: (shoe.until is None, shoe.since), reverse=True))


def is_barefoot_day(shoe: Shoe) -> bool:
    """Whether it stands for one day on bare feet."""
    return shoe.barefoot and shoe.is_for_one_day


def is_taken_back(shoe: Shoe) -> bool:
    """Whether it was noted by mistake: its time ends where it begins, so no day is its own.

    >>> is_taken_back(Shoe(id="a", name="A", since=date(2026, 5, 3), until=date(2026, 5, 3)))
    True
    """
    return shoe.until is not None and shoe.until <= shoe.since


def worn(runs: QuerySet[Run]) -> dict[str, Worn]:
    """What the runs that count add up to, by shoe."""
    summed = (
        runs.filter(twin_of=None, left_out=False)
        .exclude(shoe="")
        .values("shoe")
        .annotate(
            number=Count("pk"), distance=Sum("distance_m"), steps=Sum("strikes"), first=Min("day"), last=Max("day")
        )
        .order_by()
    )
    return {
        row["shoe"]: Worn(row["number"], row["distance"] or 0.0, row["steps"] or 0, row["first"], row["last"])
        for row in summed
    }


def named_by_runs(journal: Journal, shoe_id: str) -> int:
    """How many runs the runner said were run in it."""
    said = {event.run: event.shoe for event in events_of(journal, "run") if isinstance(event, AboutRun)}
    return sum(shoe == shoe_id for shoe in said.values())
