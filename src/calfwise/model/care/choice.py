"""Which technique, tool and position for one spot, and why."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from calfwise.model.care.content import Content
from calfwise.model.care.outcomes import LegLimits
from calfwise.model.care.technique import CROSS_STROKES, LONG_STROKES, PRESS_AND_HOLD, Position, Technique, Way
from calfwise.model.journal import History
from calfwise.model.session import WHOLE_CALF, SessionItem, Spot, TenderSpot

LEARNING_ORDER = (PRESS_AND_HOLD, CROSS_STROKES, LONG_STROKES)
"""In the first sessions each technique has its turn, so that the runner learns what suits."""
BY_HAND_FROM_NRS = 6
"""From this tenderness on hands come before tools: they feel how hard they press. Coach's rule. [NRS]"""
MORNINGS_TO_TELL = 2
"""So many mornings tell something about a technique. Coach's rule."""
FELT = {"better": 1, "same": 0, "worse": -1, "bruised": -2}


class Choice(NamedTuple):
    """A way of working on one spot."""

    technique: str
    way: Way
    reason: str


@dataclass(frozen=True, slots=True)
class Kit:
    """What is at hand, and where the runner sits."""

    tools: frozenset[str]
    position: Position


def choose(
    spot: TenderSpot, *, content: Content, limits: LegLimits, kit: Kit, history: History, planned: Sequence[SessionItem]
) -> Choice | None:
    """The technique for a spot, with its tool and position; `None` where nothing is allowed or at hand.

    In the first three unrestricted sessions the technique used least so far; then what helped, then what suits the
    zone. `planned` are the items already chosen for today.
    """
    zone = content.zones[spot.spot.zone]
    fitting = [
        (id_, way)
        for id_ in zone.techniques
        if content.techniques[id_].up_to_tenderness_nrs >= spot.tenderness_nrs
        and (way := way_of(id_, content=content, limits=limits, kit=kit, tenderness_nrs=spot.tenderness_nrs))
    ]
    if not fitting:
        return None
    if is_learning(content, history):
        used = _used(history, planned)
        id_, way = min(fitting, key=lambda one: (used.get(one[0], 0), LEARNING_ORDER.index(one[0])))
        return Choice(id_, way, "each technique has its turn in your first sessions")
    helped = _helped(history, spot.spot)
    best = max(fitting, key=lambda one: (helped.get(one[0], 0.0), -fitting.index(one)))
    better = helped.get(best[0], 0.0) > 0
    suits = f"it suits the {zone.title[0].lower()}{zone.title[1:]}"
    return Choice(*best, "mornings after it were better here" if better else suits)


def is_learning(content: Content, history: History) -> bool:
    """Whether these are still the first sessions, or nobody knows."""
    unrestricted = sum(1 for past in history.sessions if not past.session.limited)
    return not history.known or unrestricted < content.caps.first_sessions


def way_of(id_: str, *, content: Content, limits: LegLimits, kit: Kit, tenderness_nrs: int = 0) -> Way | None:
    """A technique's tool and position: what is at hand, in the position asked for first; `None` where none is."""
    technique = content.techniques[id_]
    if limits.techniques is not None and id_ not in limits.techniques:
        return None
    usable = [way for way in technique.ways if _at_hand(way, content, kit) and not _too_hard(way, content, limits)]
    if not usable:
        return None
    by_hand = limits.hands_only or tenderness_nrs >= BY_HAND_FROM_NRS
    return min(usable, key=lambda way: _preference(way, technique, content, kit, by_hand))


def eased_last_time(history: History, spot: Spot, technique: str) -> int:
    """How often a technique was eased the last time it was used at a place; at most 1 counts for the next plan."""
    for past in reversed(history.sessions):
        if any((item.spot, item.technique) == (spot, technique) for item in past.session.items):
            return min(1, sum(e.times for e in past.eased if (e.spot, e.technique) == (spot, technique)))
    return 0


def _at_hand(way: Way, content: Content, kit: Kit) -> bool:
    return way.tool in kit.tools or content.tools[way.tool].always_there


def _too_hard(way: Way, content: Content, limits: LegLimits) -> bool:
    return limits.hands_only and not content.tools[way.tool].by_hand


def _preference(way: Way, technique: Technique, content: Content, kit: Kit, by_hand: bool) -> tuple[bool, bool, int]:
    """The position asked for; then hands where they should feel, else what spares them; then the file's order."""
    tool = content.tools[way.tool]
    liked = tool.by_hand if by_hand else tool.spares_hands
    return way.position != kit.position, not liked, technique.ways.index(way)


def _used(history: History, planned: Sequence[SessionItem]) -> dict[str, int]:
    """How often each technique was used on a spot, today's plan included."""
    used: dict[str, int] = {}
    past = [item for done in history.sessions if not done.session.limited for item in done.session.items]
    for item in (*past, *planned):
        if item.zone != WHOLE_CALF:
            used[item.technique] = used.get(item.technique, 0) + 1
    return used


def _helped(history: History, spot: Spot) -> dict[str, float]:
    """Each technique's mornings after on this zone, either leg: +1 better to -2 bruised, on the mean."""
    felt: dict[str, list[int]] = {}
    ends = [past.at for past in history.sessions]
    for at, morning in history.spot_mornings:
        before = bisect_right(ends, at) if morning.spot.zone == spot.zone else 0
        for item in history.sessions[before - 1].session.items if before else ():
            if item.spot == morning.spot:
                felt.setdefault(item.technique, []).append(FELT[morning.felt])
    return {id_: sum(values) / len(values) for id_, values in felt.items() if len(values) >= MORNINGS_TO_TELL}
