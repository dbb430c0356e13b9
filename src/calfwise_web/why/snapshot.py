"""What the Why page shows, worked out when something changed: the causes in their order, and eight weeks of days."""

from datetime import date, timedelta

import msgspec
from msgspec import Struct

from calfwise import library
from calfwise.assess import why
from calfwise.model.care.screening import locked_before
from calfwise.model.fix.case import Episode, felt
from calfwise.model.fix.cause import Ranked
from calfwise.model.fix.selftest import due
from calfwise.model.journal import Prefers
from calfwise.model.session import SorenessNote
from calfwise_web.units import units_of
from calfwise_web.whole import Whole

PAGE = "why"
DAYS_SHOWN = 56
"""Eight weeks."""
DAYS_AFTER = 14
"""So many of them after soreness began, where that is longer ago than eight weeks."""


class SoreDays(Struct, frozen=True):
    """The soreness that is asked about."""

    first: date
    last: date
    felt: str
    """When it began: "left 3, right 2"."""
    over: bool
    """Whether a later word said that it is no longer so."""


class DayOf(Struct, frozen=True, array_like=True):
    """One day of the timeline."""

    day: date
    length_m: float = 0.0
    left: int | None = None
    """The sorest word of the day; `None`: nobody said anything."""
    right: int | None = None


class Shown(Struct, frozen=True):
    """All that the Why page shows."""

    today: date
    """On the runner's own calendar, when this was worked out."""
    prefers: Prefers
    sore: SoreDays | None
    causes: tuple[Ranked, ...]
    """In their order, lengths in the runner's own unit."""
    life: dict[str, bool]
    """What was answered, by the question's id."""
    days: tuple[DayOf, ...]
    """In order of time; those on which nothing happened too."""
    runs: int
    locked: bool = False
    """A sign that was said to be looked at by somebody first: a longer run does not explain it away."""
    retest: tuple[str, ...] = ()
    """Self-tests that were done once and are due again, by id."""


_decoder = msgspec.json.Decoder(Shown)


def shown_of(body: bytes | memoryview) -> Shown:
    """A snapshot read again."""
    return _decoder.decode(body)


def why_body(whole: Whole) -> bytes:
    """The snapshot of a journal's Why page."""
    return msgspec.json.encode(shown(whole))


def shown(whole: Whole) -> Shown:
    """What the page shows of a journal."""
    history, now = whole.history, whole.now
    prefers = history.prefers or Prefers(at=now)
    reasons = library.reasons()
    answer = why(
        whole.answer,
        runner=history.runner,
        history=history,
        reasons=reasons,
        now=now,
        length=units_of(prefers).length,
    )
    sore = _sore_days(whole, answer.episode) if answer.episode else None
    return Shown(
        today=now.date(),
        prefers=prefers,
        sore=sore,
        causes=answer.causes,
        life={id_: said for id_, said in history.life.items() if id_ in reasons.questions},
        days=_days(whole, _last_day(now.date(), sore)),
        runs=whole.runs,
        locked=bool(locked_before(gate=library.gate(), history=history, now=now)),
        retest=due(library.self_tests(), history, now=now),
    )


def _sore_days(whole: Whole, episode: Episode) -> SoreDays:
    said = [note for note in whole.history.soreness if note.at <= whole.now]
    return SoreDays(
        first=_day(whole, episode.first),
        last=_day(whole, episode.last),
        felt=felt(episode.first),
        over=said[-1] != episode.last,
    )


def _last_day(today: date, sore: SoreDays | None) -> date:
    """Today, but for soreness that began before the last eight weeks: then the weeks around its first day."""
    if sore is None or (today - sore.first).days < DAYS_SHOWN - DAYS_AFTER:
        return today
    return sore.first + timedelta(days=DAYS_AFTER)


def _days(whole: Whole, last: date) -> tuple[DayOf, ...]:
    first = last - timedelta(days=DAYS_SHOWN - 1)
    days = {day: DayOf(day) for day in (first + timedelta(days=ahead) for ahead in range(DAYS_SHOWN))}
    for outing in whole.answer.outings:
        if (held := days.get(outing.day)) is not None:
            days[outing.day] = msgspec.structs.replace(held, length_m=held.length_m + outing.distance_m)
    for note in whole.history.soreness:
        if note.at <= whole.now and (held := days.get(_day(whole, note))) is not None:
            left, right = _sorer(held.left, note.soreness.left), _sorer(held.right, note.soreness.right)
            days[held.day] = msgspec.structs.replace(held, left=left, right=right)
    return tuple(days.values())


def _sorer(one: int | None, other: int | None) -> int | None:
    return max((nrs for nrs in (one, other) if nrs is not None), default=None)


def _day(whole: Whole, note: SorenessNote) -> date:
    return note.at.astimezone(whole.now.tzinfo).date()
