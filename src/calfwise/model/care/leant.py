"""Leaning towards what felt quieter afterwards, and going on trying the others: only among what is allowed anyway."""

from collections.abc import Sequence
from typing import NamedTuple

from calfwise.model.care.content import Content
from calfwise.model.care.leaning import Leaning, Liking
from calfwise.model.care.technique import Way


class Leant(NamedTuple):
    """A technique, and why; without a reason it is the one that comes anyway."""

    id: str
    reason: str = ""


class LeantWay(NamedTuple):
    """A tool with its position, and why."""

    way: Way
    reason: str = ""


def technique_leant(fitting: Sequence[str], *, leaning: Leaning, zone: str, content: Content, tries: bool) -> Leant:
    """One of the techniques that fit a spot, the usual one first in them.

    Parameters
    ----------
    fitting
        Allowed here today, by id.
    leaning
        What the runner's own sessions say.
    zone
        Of the spot.
    content
        For titles.
    tries
        Whether this spot has what was tried least.

    Returns
    -------
    Leant
    """
    usual = fitting[0]
    if tries:
        least = min(fitting, key=lambda id_: (leaning.used(zone, id_), fitting.index(id_)))
        if least != usual:
            return Leant(least, _tried_least(least, fitting, leaning, zone))
    told = [id_ for id_ in fitting if (liking := leaning.at(zone, id_)) and liking.told]
    if tries or not told or len(fitting) == 1:
        return Leant(usual)
    best = max(told, key=lambda id_: (leaning.score_nrs(zone, id_), -fitting.index(id_)))
    rivals = [id_ for id_ in fitting if id_ != best] if best == usual else [usual]
    ahead_nrs = leaning.score_nrs(zone, best) - max(leaning.score_nrs(zone, id_) for id_ in rivals)
    if ahead_nrs < leaning.ahead_nrs:
        return Leant(usual)
    how = felt(leaning.places[zone][best], at_place=True)
    return Leant(best, f"{content.techniques[best].title.lower()}: {how}, so it comes first")


def way_leant(ways: Sequence[Way], *, leaning: Leaning, content: Content, tries: bool) -> LeantWay:
    """One of the ways that may stand in for each other, the usual one first in them; trying spares hands as usual."""
    usual = ways[0]
    if tries:
        spares = content.tools[usual.tool].spares_hands
        alike = [way for way in ways if content.tools[way.tool].spares_hands == spares]
        least = min(alike, key=lambda way: (_used(way, leaning), alike.index(way)))
        title = content.tools[least.tool].title.lower()
        return LeantWay(least, "" if least is usual else f"{title}: the tool tried least so far")
    told = [way for way in ways if (liking := leaning.tools.get(way.tool)) and liking.told]
    if not told or usual.tool not in leaning.tools:
        return LeantWay(usual)
    best = max(told, key=lambda way: (leaning.tools[way.tool].score_nrs, -ways.index(way)))
    liking = leaning.tools[best.tool]
    if best is usual or liking.score_nrs - leaning.tools[usual.tool].score_nrs < leaning.ahead_nrs:
        return LeantWay(usual)
    return LeantWay(best, f"{content.tools[best.tool].title.lower()}: {felt(liking)}")


def felt(liking: Liking, *, at_place: bool = False) -> str:
    """How it felt, with how many sessions say so.

    >>> felt(Liking(score_nrs=1.4, told=True, quieter_nrs=1.42, sessions=9))
    '1.4 of 10 quieter on average after 9 sessions'
    >>> felt(Liking(score_nrs=1.4, told=True, quieter_nrs=1.42, sessions=9), at_place=True)
    '1.4 of 10 quieter on average after 9 sessions here'
    >>> felt(Liking(score_nrs=0.4, told=True, quieter_nrs=None, sessions=2, elsewhere=8), at_place=True)
    'better mornings on average after 10 sessions, 2 of them here'
    """
    count = liking.sessions + liking.elsewhere
    where = f", {liking.sessions or 'none'} of them here" if liking.elsewhere else " here" if at_place else ""
    if liking.quieter_nrs is None:
        how = "better mornings on average"
    elif liking.quieter_nrs > 0:
        how = f"{liking.quieter_nrs:.1f} of 10 quieter on average"
    else:
        how = "fared best of all"
    return f"{how} after {count} {'session' if count == 1 else 'sessions'}{where}"


def _tried_least(id_: str, fitting: Sequence[str], leaning: Leaning, zone: str) -> str:
    used, all_ = leaning.used(zone, id_), sum(leaning.used(zone, other) for other in fitting)
    so_far = f"{used} of {all_} times" if used else "never so far"
    return f"tried least here ({so_far}): after every {leaning.try_every} sessions the others have a turn"


def _used(way: Way, leaning: Leaning) -> int:
    liking = leaning.tools.get(way.tool)
    return liking.sessions if liking else 0
