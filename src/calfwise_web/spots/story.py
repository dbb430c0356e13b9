"""The story of one spot, shaped: how it stands, what comes next, and what happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator

from calfwise import library
from calfwise.model.care.technique import Position
from calfwise.model.run import Side
from calfwise.model.session import Spot
from calfwise_web.spots.life import Life, State
from calfwise_web.spots.pages import Standing, capital, closed_said, standing_of, tender_said, trend_of
from calfwise_web.spots.record import RESTS_AFTER, Past, Touch, rest
from calfwise_web.spots.snapshot import NextTime
from calfwise_web.spots.words import on, spot_said, until, way_said
from calfwise_web.templatetags.words import said
from calfwise_web.units import NOTHING

MOMENTS = 40
"""So many on one page of a story."""
IN_OUR_WORDS = {
    "it keeps until tomorrow": "two or three spots are enough for one day",
}
"""The planner's reason, where this page would sound as if it knew the cause, or was of another day."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something of a spot's story."""

    at: datetime
    text: str
    tag: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One page of a spot's story."""

    moments: tuple[Moment, ...]
    """In order of time."""
    page: Page[Moment]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing of what would come next."""

    technique: str
    tool: str
    position: Position
    zone: str
    side: Side


@dataclass(frozen=True, slots=True)
class SpotPage:
    """One spot's story."""

    title: str
    chart: str
    where: str
    note: str
    standing: Standing | None
    """`None`: nothing was ever said of it."""
    tender: str
    trend: str
    last: str
    """Looked after."""
    sessions: int
    began: str
    next: tuple[str, ...]
    figure: Figure | None
    caption: str
    closed: str
    drawn: bool
    """Whether there is any number to draw."""


def spot_page(spot: Spot, life: Life | None, *, closed: tuple[Side, ...], now: datetime) -> SpotPage:
    """A spot's page, before anything was said of it too."""
    zone = library.content().zones[spot.zone]
    next_time = life.place.next_time if life else None
    return SpotPage(
        title=spot_said(spot),
        chart=str(spot),
        where=zone.where,
        note=zone.note,
        standing=standing_of(life, now) if life else None,
        tender=tender_said(life, now.date()) if life else NOTHING,
        trend=capital(trend_of(life)) if life else "",
        last=_last_said(life, now.date()) if life else NOTHING,
        sessions=len(life.worked) if life else 0,
        began=_began(life, now.date()) if life else "",
        next=tuple(_next(life, now)) if life else (),
        figure=_figure(spot, next_time) if next_time else None,
        caption=way_said(next_time.technique, next_time.tool) if next_time else "",
        closed=closed_said(closed) if spot.side in closed else "",
        drawn=life is not None and life.place.told.felt is not None,
    )


def _figure(spot: Spot, next_time: NextTime) -> Figure:
    return Figure(next_time.technique, next_time.tool, next_time.position, spot.zone, spot.side)


def _began(life: Life, today: date) -> str:
    """When this place came up."""
    first = min((moment.at for moment in _moments(life)), default=None)
    return f"It came up {on(first.date(), today)}." if first else ""


def _next(life: Life, now: datetime) -> Iterator[str]:
    """What the planner does with it, and why."""
    state = life.state(now)
    if state is State.RESTING:
        yield from _rests(life, now)
    elif state is State.WAITING and life.place.waiting is not None:
        why = life.place.waiting.reason
        yield "It comes before new spots at your next check-in, as long as that calf is sore."
        yield f"Why it waits: {IN_OUR_WORDS.get(why, why)}."
        yield f"After {library.content().caps.waiting_days} days of waiting it is looked for anew."
    elif state is State.QUIET:
        yield "Nothing to do. Mark it again if it is ever tender."
    else:
        yield "Mark it at your next check-in if it is tender. The most tender spots have their turn first."
    if life.place.next_time is not None and state is not State.QUIET:
        yield _way_next(life.place.next_time)


def _rests(life: Life, now: datetime) -> Iterator[str]:
    felt = next((touch.felt for _, touch in reversed(life.worked) if touch.felt in RESTS_AFTER), "worse")
    rests_until = life.place.told.rests_until or now
    yield f"It was {felt} the morning after, so it rests {until(rests_until, now.date())}."
    yield "Then it has its turn again, if it is tender."


def _way_next(next_time: NextTime) -> str:
    why = IN_OUR_WORDS.get(next_time.why, next_time.why)
    lighter = ", lighter, as you asked last time" if next_time.lighter else ""
    return f"The likely way: {_small(way_said(next_time.technique, next_time.tool))}{lighter}. Why: {why}."


def story(life: Life, *, page: str | None) -> Story:
    """What happened, in order of time; of a long story the latest page first."""
    moments = sorted(_moments(life), key=lambda moment: moment.at, reverse=True)
    found = Paginator(moments, MOMENTS).get_page(page)
    return Story(tuple(reversed(found.object_list)), found)


def _moments(life: Life) -> Iterator[Moment]:
    """Everything, in any order. What was said on the day of a session stands with the session."""
    worked = {past.at.date() for past, _ in life.worked}
    for past, touch in life.worked:
        yield _session(past, touch)
    for past in life.left:
        yield Moment(past.at, "It was planned, but the session ended before.", "not reached", "plain")
    marks = {mark.at.date(): mark for mark in life.place.told.marks if mark.at.date() not in worked}
    for waits in life.place.told.waits:
        mark = marks.pop(waits.at.date(), None)
        felt = f"{_mark_said(mark.nrs)} " if mark else ""
        yield Moment(waits.at, f"{felt}It waited: {IN_OUR_WORDS.get(waits.reason, waits.reason)}.", "waits", "wait")
    for mark in marks.values():
        yield Moment(mark.at, _mark_said(mark.nrs))


def _mark_said(nrs: int) -> str:
    return f"Tender at {nrs} of 10 when pressed." if nrs else "Not tender when pressed."


def _session(past: Past, touch: Touch) -> Moment:
    lines = [f"{way_said(touch.technique, touch.tool)}{', eased on the way' if touch.eased else ''}."]
    if numbers := numbers_said(touch):
        lines.append(f"Tenderness {numbers}.")
    lines.append(f"The morning after: {touch.felt}." if touch.felt else "No word from the morning after.")
    if touch.felt in RESTS_AFTER:
        at = past.at + rest(library.content())
        lines.append(f"Rest until {at:%A}, {said(at.date())}.")
    if past.stopped_early:
        lines.append("The session was stopped early.")
    return Moment(past.at, " ".join(lines), touch.felt or "", _tone(touch.felt))


def _tone(felt: str | None) -> str:
    return {"better": "good", "worse": "wait", "bruised": "wait", "same": "plain"}.get(felt or "", "")


def numbers_said(touch: Touch) -> str:
    """Tenderness before and after.

    >>> numbers_said(Touch(0, "press-and-hold", "ball", 6, 4))
    '6 before, 4 after'
    >>> numbers_said(Touch(0, "press-and-hold", "ball", None, 4)), numbers_said(Touch(0, "x", "y", None, None))
    ('4 after', '')
    """
    told = ((touch.before_nrs, "before"), (touch.after_nrs, "after"))
    return ", ".join(f"{nrs} {when}" for nrs, when in told if nrs is not None)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _last_said(life: Life, today: date) -> str:
    """When it was last looked after."""
    return capital(on(life.worked[-1][0].at.date(), today).removeprefix("on ")) if life.worked else NOTHING
