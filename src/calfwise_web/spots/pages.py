"""The list of spots, shaped: every number and sentence as it is read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.urls import reverse

from calfwise.model.run import Side
from calfwise.model.session import Spot
from calfwise_web.figures.calves import CalvesMap, Mark
from calfwise_web.spots.life import Life, State, lives_of
from calfwise_web.spots.snapshot import Spots
from calfwise_web.spots.words import on, since, spot_said, trend_said, until
from calfwise_web.units import NOTHING

LOOKS: dict[State, Literal["", "resting", "tender", "quiet", "silent"]] = {
    State.RESTING: "resting",
    State.TENDER: "tender",
    State.SILENT: "silent",
    State.QUIET: "quiet",
}
TONES = {State.RESTING: "wait", State.WAITING: "wait", State.QUIET: "good", State.SILENT: "plain"}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a spot stands: a word with its shape, and a sentence."""

    word: str
    look: str
    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class SpotRow:
    """One spot in the list."""

    spot: Spot
    title: str
    standing: Standing
    last: str
    """Looked after."""
    tender: str
    trend: str
    sessions: int


@dataclass(frozen=True, slots=True)
class SpotsPage:
    """All of the list."""

    map: CalvesMap
    rows: tuple[SpotRow, ...]
    looks: tuple[Standing, ...]
    """Those on the map, each once: what its shapes mean."""
    closed: str
    """Which legs get no massage at present."""


# ------------------------------------------------------------------------------------------------------------- the list
def spots_page(spots: Spots, *, now: datetime) -> SpotsPage:
    """Every place that was ever tender, worked on, or waits."""
    order = list(State)
    lives = sorted(lives_of(spots), key=lambda life: (order.index(life.state(now)), life.spot))
    rows = tuple(_row(life, now) for life in lives)
    return SpotsPage(
        map=CalvesMap(
            marks=tuple(_mark(life, now) for life in lives),
            name="Both calves from behind, with your spots",
            links={str(life.spot): address_of(life.spot) for life in lives},
        ),
        rows=rows,
        looks=tuple({row.standing.word: row.standing for row in rows}.values()),
        closed=closed_said(spots.closed),
    )


def address_of(spot: Spot) -> str:
    return reverse("spots:spot", args=[spot.side, spot.zone])


def closed_said(closed: tuple[Side, ...]) -> str:
    """Which legs get no massage at present.

    >>> closed_said((Side.LEFT,)), closed_said(())
    ('The left leg gets no massage for now. Today says why, and what lifts it.', '')
    """
    if not closed:
        return ""
    legs = "Neither leg gets any" if len(closed) > 1 else f"The {closed[0]} leg gets no"
    return f"{legs} massage for now. Today says why, and what lifts it."


def _row(life: Life, now: datetime) -> SpotRow:
    today = now.date()
    last = life.worked[-1][0].at.date() if life.worked else None
    return SpotRow(
        spot=life.spot,
        title=spot_said(life.spot),
        standing=standing_of(life, now),
        last=f"Last looked after {on(last, today)}" if last else "",
        tender=f"Tenderness {tender_said(life, today)}" if life.place.told.felt else "",
        trend=capital(trend_of(life)),
        sessions=len(life.worked),
    )


def _mark(life: Life, now: datetime) -> Mark:
    state, felt = life.state(now), life.place.told.felt
    return Mark(
        side=life.spot.side,
        zone=life.spot.zone,
        tenderness_nrs=felt.nrs if felt else None,
        waiting=state is State.WAITING,
        state=LOOKS.get(state, ""),
    )


def standing_of(life: Life, now: datetime) -> Standing:
    """How a spot stands now."""
    state = life.state(now)
    look = "waiting" if state is State.WAITING else LOOKS.get(state, "") or "cared"
    return Standing(state, look, TONES.get(state, ""), _standing_said(life, state, now))


def _standing_said(life: Life, state: State, now: datetime) -> str:
    today = now.date()
    waiting, rests_until, heard_at = life.place.waiting, life.place.told.rests_until, life.heard_at
    if state is State.RESTING and rests_until is not None:
        return f"Resting {until(rests_until, today)}"
    if state is State.WAITING and waiting is not None:
        return f"Waiting {since(waiting.since.astimezone(now.tzinfo).date(), today)}"
    if heard_at is None:
        return "Nothing said yet"
    day = heard_at.date()
    if state is State.QUIET:
        return f"Quiet {on(day, today)}" if day == today else f"Quiet when last felt, {on(day, today)}"
    if state is State.SILENT:
        return f"No word {since(day, today)}"
    return f"Marked {on(day, today)}" if state is State.TENDER else "Being looked after"


def tender_said(life: Life, today: date) -> str:
    """How tender it was when last pressed."""
    felt = life.place.told.felt
    return f"{felt.nrs} of 10 {on(felt.at.date(), today)}" if felt else NOTHING


def trend_of(life: Life) -> str:
    touches = [touch for _, touch in life.worked]
    return trend_said([touch.before_nrs for touch in touches], [touch.after_nrs for touch in touches])


def capital(text: str) -> str:
    """As a line begins."""
    return text[:1].upper() + text[1:]
