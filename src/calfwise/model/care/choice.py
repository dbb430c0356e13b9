"""Which technique, tool and position for one spot, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from calfwise.model.care.content import Content
from calfwise.model.care.leaning import Leaning
from calfwise.model.care.leant import technique_leant, way_leant
from calfwise.model.care.outcomes import LegLimits
from calfwise.model.care.technique import CROSS_STROKES, LONG_STROKES, PRESS_AND_HOLD, Position, Technique, Way
from calfwise.model.journal import History
from calfwise.model.session import WHOLE_CALF, SessionItem, Spot, TenderSpot

LEARNING_ORDER = (PRESS_AND_HOLD, CROSS_STROKES, LONG_STROKES)
"""In the first sessions each technique has its turn, so that the runner learns what suits."""
BY_HAND_FROM_NRS = 6
"""From this tenderness on hands come before tools: they feel how hard they press. Coach's rule. [NRS]"""


class Choice(NamedTuple):
    """A way of working on one spot."""

    technique: str
    way: Way
    reason: str
    sources: tuple[str, ...] = ()
    """Of a reason that leans on the runner's own sessions."""


@dataclass(frozen=True, slots=True)
class Kit:
    """What is at hand, and where the runner sits."""

    tools: frozenset[str]
    position: Position


def choose(
    spot: TenderSpot,
    *,
    content: Content,
    limits: LegLimits,
    kit: Kit,
    history: History,
    planned: Sequence[SessionItem],
    leaning: Leaning | None = None,
) -> Choice | None:
    """The technique for a spot, with its tool and position; `None` where nothing is allowed or at hand.

    In the first three unrestricted sessions the technique used least so far; then what suits the zone, unless the
    runner's own sessions lean towards another that is allowed here. `planned` are the items already chosen for today.
    """
    zone = content.zones[spot.spot.zone]
    fitting = [
        (id_, ways)
        for id_ in zone.techniques
        if content.techniques[id_].up_to_tenderness_nrs >= spot.tenderness_nrs
        and (ways := ways_of(id_, content=content, limits=limits, kit=kit, tenderness_nrs=spot.tenderness_nrs))
    ]
    if not fitting:
        return None
    if is_learning(content, history):
        used = _used(history, planned)
        id_, ways = min(fitting, key=lambda one: (used.get(one[0], 0), LEARNING_ORDER.index(one[0])))
        return Choice(id_, ways[0], "each technique has its turn in your first sessions")
    suits = f"it suits the {zone.title[0].lower()}{zone.title[1:]}"
    if leaning is None:
        id_, ways = fitting[0]
        return Choice(id_, ways[0], suits)
    techniques = [id_ for id_, _ in fitting]
    tries = leaning.tries and not planned
    technique = technique_leant(techniques, leaning=leaning, zone=spot.spot.zone, content=content, tries=tries)
    tool = way_leant(dict(fitting)[technique.id], leaning=leaning, content=content, tries=tries)
    why = "; ".join(text for text in (technique.reason or suits, tool.reason) if text)
    sources = leaning.sources if technique.reason or tool.reason else ()
    return Choice(technique.id, tool.way, why, sources)


def is_learning(content: Content, history: History) -> bool:
    """Whether these are still the first sessions, or nobody knows."""
    unrestricted = sum(1 for past in history.sessions if not past.session.limited)
    return not history.known or unrestricted < content.caps.first_sessions


def way_of(id_: str, *, content: Content, limits: LegLimits, kit: Kit) -> Way | None:
    """A technique's tool and position: what is at hand, in the position asked for first; `None` where none is."""
    return next(iter(ways_of(id_, content=content, limits=limits, kit=kit)), None)


def ways_of(id_: str, *, content: Content, limits: LegLimits, kit: Kit, tenderness_nrs: int = 0) -> tuple[Way, ...]:
    """The ways of a technique that may stand in for each other, the usual one first.

    What is at hand, all in one position, the one asked for if there is any; only by hand where hands should feel how
    hard they press and can.
    """
    technique = content.techniques[id_]
    if limits.techniques is not None and id_ not in limits.techniques:
        return ()
    usable = [way for way in technique.ways if _at_hand(way, content, kit) and not _too_hard(way, content, limits)]
    by_hand = limits.hands_only or tenderness_nrs >= BY_HAND_FROM_NRS
    ordered = sorted(usable, key=lambda way: _preference(way, technique, content, kit, by_hand))
    if not ordered:
        return ()
    usual = ordered[0]
    feels = by_hand and content.tools[usual.tool].by_hand
    return tuple(
        way for way in ordered if way.position == usual.position and (content.tools[way.tool].by_hand or not feels)
    )


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
