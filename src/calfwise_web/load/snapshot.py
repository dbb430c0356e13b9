"""What the Load page shows, worked out when something changed."""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from msgspec import Struct

from calfwise.assess import LoadHistory
from calfwise.model import constants as c
from calfwise.model.journal import Prefers
from calfwise.model.load.alignment import StanceStory
from calfwise.model.load.budget import Budget
from calfwise.model.load.change import Comparison, Notice, held_of
from calfwise.model.load.easy import Easy
from calfwise.model.load.outings import Outing
from calfwise.model.load.used_to import UsedTo
from calfwise.model.session import SorenessNote
from calfwise_web.load.spans import BAREFOOT, Span, month_of, stretches, summed, week_of
from calfwise_web.whole import Whole

PAGE = "load"
WEEKS_SHOWN = 53
DAYS_OF_WEEKS = 12
"""Single days are shown for so many weeks."""
RECENT = timedelta(days=c.LONGEST_WINDOW_DAYS)


class News(Struct, frozen=True):
    """Something that was new for the calves."""

    notice: Notice
    compared: Comparison | None = None
    """Where it is about length: the numbers, which the page writes in the runner's own unit."""


class Shown(Struct, frozen=True):
    """All that the Load page shows."""

    today: date
    """On the runner's own calendar, when this was worked out."""
    prefers: Prefers
    """Units, first weekday and time zone as they were then."""
    days: tuple[Span, ...]
    """Of 12 weeks, this one included; those without a run too."""
    weeks: tuple[Span, ...]
    """Of a year, this one included."""
    months: tuple[Span, ...]
    """From the first run on."""
    in_all: Span
    last_day: date | None
    longest_m: float | None
    """Of the 30 days up to today."""
    budget: Budget
    latest: Comparison | None
    alert: Comparison | None
    """The latest outing, if it is one."""
    big_steps: tuple[date, ...]
    """Days of all alerts."""
    news: tuple[News, ...]
    """Of 30 days, newest first."""
    soreness: tuple[SorenessNote, ...]
    """Of 30 days, newest first."""
    shoes: dict[str, str]
    """Names by id; of runs on bare feet, by `BAREFOOT`."""
    stance: StanceStory = StanceStory()
    """Which source of ground contact speaks for the forces."""
    easy: Easy | None = None
    """What an own easy kilometre asks."""
    used_to: tuple[UsedTo, UsedTo] | None = None
    """Of 30 and of 90 days."""


_decoder = msgspec.msgpack.Decoder(Shown)


def shown_of(body: bytes | memoryview) -> Shown:
    """A snapshot read again."""
    return _decoder.decode(body)


def load_body(whole: Whole) -> bytes:
    """The snapshot of a journal's Load page."""
    return msgspec.msgpack.encode(shown(whole))


def shown(whole: Whole) -> Shown:
    """What the page shows of a journal: some 300 stretches of days at most for ten years, whatever the runs."""
    answer, today = whole.answer, whole.now.date()
    home = whole.now.tzinfo
    assert home is not None, "now must be aware"
    prefers = whole.history.prefers or Prefers(at=whole.now)
    begins = week_of(prefers.first_weekday)
    days = whole.days
    this_week = begins(today)
    first = days[0].first if days else today
    # A run may be dated tomorrow: somebody flew over the date line.
    last = max(today, days[-1].first) if days else today
    return Shown(
        today=today,
        prefers=prefers,
        days=stretches(days, _day, first=this_week - timedelta(weeks=DAYS_OF_WEEKS - 1), last=last),
        weeks=stretches(days, begins, first=this_week - timedelta(weeks=WEEKS_SHOWN - 1), last=last),
        months=stretches(days, month_of, first=first, last=last),
        in_all=summed(first, days),
        last_day=days[-1].first if days else None,
        longest_m=_longest_m(answer.outings, since=today - RECENT),
        budget=answer.budget,
        latest=answer.change.latest,
        alert=answer.change.alert,
        big_steps=tuple(alert.day for alert in answer.change.alerts),
        news=_news(answer, whole),
        soreness=tuple(note for note in reversed(whole.history.soreness) if whole.now - RECENT <= note.at <= whole.now),
        shoes={BAREFOOT: "barefoot", **{shoe.id: shoe.name for shoe in whole.history.shoes if not shoe.barefoot}},
        stance=answer.stance,
        easy=answer.easy,
        used_to=answer.used_to,
    )


def _day(day: date) -> date:
    return day


def _longest_m(outings: Sequence[Outing], *, since: date) -> float | None:
    return max((outing.distance_m for outing in outings if outing.day >= since and outing.distance_m), default=None)


def _news(answer: LoadHistory, whole: Whole) -> tuple[News, ...]:
    """The model's notices, those about length with their numbers."""
    since = whole.now - RECENT
    # What is recent is held against the 30 days before it, so twice as many tell all of it.
    held_each = held_of([o for o in answer.outings if o.start >= since - RECENT], races=frozenset())
    longer = (
        held.compared
        for held in reversed(held_each)
        if held.outing.start >= since and held.compared is not None and held.compared.ratio > c.SPIKE_SMALL
    )
    return tuple(News(notice, next(longer) if notice.kind == "longer" else None) for notice in answer.change.notices)
