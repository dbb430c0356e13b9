"""Which spots come today, and which wait: yesterday's waiting ones first, then the most tender, legs in fairness."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from calfwise.model.care.content import Content
from calfwise.model.journal import CheckIn, History
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Soreness, Spot, TenderSpot, WaitingSpot

SORE_FROM_NRS = 1
"""A calf that says anything at all when walking may be searched for its tight spots. [NRS]"""
SEARCHED_FROM_NRS = 3
"""Calves quieter than this are left alone where the runner said so and marked nothing. Coach's rule. [NRS]"""
PROPOSED_PER_SEARCH = 3
"""A guided search proposes at most this many places, both legs together."""
LIKELY_TENDERNESS_NRS = 4
"""Assumed of a place that was not pressed yet: gentle enough for a first try. Coach's rule. [NRS]"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A spot that could be worked on today."""

    spot: TenderSpot
    waiting_since: datetime | None
    reason: str
    proposed: bool = False
    """Of the guided search: only if the strokes find it tender."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Today's spots in the order in which they are worked on, those that rest or are closed, and legs to search."""

    order: tuple[Candidate, ...]
    resting: tuple[WaitingSpot, ...]
    closed: tuple[WaitingSpot, ...]
    """Earlier days' spots on a leg that gets nothing today: they go on waiting."""
    searched: tuple[Side, ...]


def sort_spots(*, check_in: CheckIn, legs: Sequence[Side], history: History, content: Content, now: datetime) -> Sorted:
    """Order the spots of the legs that may be worked on.

    A waiting spot that today's check-in does not mention keeps its place as long as its calf is sore; marked 0 it is
    gone. A spot that was worse or bruised the morning after rests for 48 hours.
    """
    soreness = check_in.soreness
    marked = {tender.spot: tender.tenderness_nrs for tender in check_in.spots if tender.spot.zone in content.zones}
    waiting = _still_waiting(history, marked, soreness, content, now)
    fresh = [
        Candidate(TenderSpot(spot, nrs), None, f"tender at {nrs} of 10")
        for spot, nrs in marked.items()
        if nrs > 0 and spot not in {c.spot.spot for c in waiting}
    ]
    resting = _resting(history, content, now)
    open_ = [c for c in (*waiting, *fresh) if c.spot.spot.side in legs]
    rests = tuple(
        WaitingSpot(c.spot.spot, c.spot.tenderness_nrs, c.waiting_since or now, resting[c.spot.spot])
        for c in open_
        if c.spot.spot in resting
    )
    closed = tuple(
        WaitingSpot(c.spot.spot, c.spot.tenderness_nrs, c.waiting_since or now, "that calf gets nothing today")
        for c in waiting
        if c.spot.spot.side not in legs
    )
    ready = [c for c in open_ if c.spot.spot not in resting]
    order = (
        *_in_turn([c for c in ready if c.waiting_since], history),
        *_in_turn([c for c in ready if not c.waiting_since], history),
    )
    searched = tuple(
        side for side in legs if is_to_be_searched(check_in, side) and not any(c.spot.spot.side is side for c in open_)
    )
    return Sorted((*order, *_proposals(searched, resting, content)), rests, closed, searched)


def is_to_be_searched(check_in: CheckIn, side: Side) -> bool:
    """Whether a calf without a spot is sore enough to look for one."""
    from_nrs = SEARCHED_FROM_NRS if check_in.search is False else SORE_FROM_NRS
    return (check_in.soreness.of(side) or 0) >= from_nrs


def _still_waiting(
    history: History, marked: dict[Spot, int], soreness: Soreness, content: Content, now: datetime
) -> list[Candidate]:
    oldest = now - timedelta(days=content.caps.waiting_days)
    found = []
    for waits in history.waiting:
        spot = waits.spot
        sore = (soreness.of(spot.side) or 0) >= SORE_FROM_NRS
        nrs = marked.get(spot, waits.tenderness_nrs if waits.tenderness_nrs is not None else LIKELY_TENDERNESS_NRS)
        gone = marked.get(spot) == 0 or waits.since < oldest or spot.zone not in content.zones
        if gone or not (sore or spot in marked):
            continue
        found.append(Candidate(TenderSpot(spot, nrs), waits.since, _waited(waits.since, nrs, now)))
    return found


def _waited(since: datetime, tenderness_nrs: int, now: datetime) -> str:
    """Why it comes first. What was planned earlier today and not done yet did not wait: it was marked."""
    here = since.astimezone(now.tzinfo)
    if here.date() == now.date():
        return f"tender at {tenderness_nrs} of 10"
    day = f"{here:%A}" if (now - since).days < 7 else f"{here.day} {here:%B}"
    return f"it has waited since {day}"


def _resting(history: History, content: Content, now: datetime) -> dict[Spot, str]:
    """Spots that were worse or bruised the morning after, for 48 hours from their session."""
    rest = timedelta(hours=content.caps.worse_rest_h)
    resting: dict[Spot, str] = {}
    for at, morning in history.spot_mornings:
        treated = [past.at for past in history.sessions if past.at <= at and morning.spot in past.session.spots]
        if morning.felt in ("worse", "bruised") and treated and now - treated[-1] < rest:
            resting[morning.spot] = f"it was {morning.felt} the morning after, so it rests for two days"
    return resting


def _in_turn(candidates: Sequence[Candidate], history: History) -> list[Candidate]:
    """The most tender first; the legs take turns, beginning with the more tender one, or the one looked after less."""
    by_leg = {
        side: sorted(
            (c for c in candidates if c.spot.spot.side is side),
            key=lambda c: (-c.spot.tenderness_nrs, c.spot.spot),
        )
        for side in BOTH_SIDES
    }
    last = history.sessions[-1].session.spots if history.sessions else ()
    cared = {side: sum(1 for spot in last if spot.side is side) for side in BOTH_SIDES}
    first = min(
        BOTH_SIDES,
        key=lambda side: (-by_leg[side][0].spot.tenderness_nrs if by_leg[side] else 1, cared[side]),
    )
    turns = [by_leg[first], by_leg[first.other]]
    longest = max(len(turn) for turn in turns)
    return [turn[i] for i in range(longest) for turn in turns if i < len(turn)]


def _proposals(searched: Sequence[Side], resting: dict[Spot, str], content: Content) -> list[Candidate]:
    """Where healthy calves are tender most often, for legs whose spots nobody has marked: legs in turn."""
    zones = sorted(content.zones, key=lambda id_: content.zones[id_].often_tender)
    pairs = [(side, zone) for zone in zones for side in searched if Spot(side, zone) not in resting]
    return [
        Candidate(
            TenderSpot(Spot(side, zone), LIKELY_TENDERNESS_NRS),
            None,
            "often a tender place; only if your strokes find it tender",
            proposed=True,
        )
        for side, zone in pairs[:PROPOSED_PER_SEARCH]
    ]
