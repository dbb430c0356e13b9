"""Random plans: inside the zones, the caps, the limits and the minutes; nothing marked is lost."""

from datetime import timedelta
from random import Random
from typing import Any, NamedTuple

from msgspec import structs

from calfwise.model.care.choice import Kit
from calfwise.model.care.content import Content
from calfwise.model.care.outcomes import Clear, LegLimits, Limited
from calfwise.model.care.planner import Plan, plan
from calfwise.model.care.technique import CROSS_STROKES, LONG_STROKES, PRESS_AND_HOLD
from calfwise.model.journal import CheckIn, History, PastSession, SpotMorning
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import WHOLE_CALF, Session, SessionItem, Soreness, Spot, TenderSpot, WaitingSpot

from . import CONTENT, NOW, ago, in_the_suite

ZONES = list(CONTENT.zones)
TOOLS = list(CONTENT.tools)
TECHNIQUES = list(CONTENT.techniques)
STRICTER: dict[str, list[int]] = {
    "spots": [1, 2], "first_spots": [1], "first_sessions": [6], "effort_nrs": [1, 2, 3], "hold_s": [5, 20],
    "hold_sets": [1, 2], "cross_s": [5, 20], "stroke_set_s": [5, 30], "stroke_sets": [1], "worse_rest_h": [72],
    "pressure_per_calf_s": [30, 60, 100, 200], "waiting_days": [2],
}  # fmt: skip


class Asked(NamedTuple):
    """All that a plan depends on."""

    screening: Clear | Limited
    check_in: CheckIn
    history: History
    content: Content
    kit: Kit
    minutes: int

    @property
    def legs(self) -> dict[Side, LegLimits]:
        free = dict.fromkeys(BOTH_SIDES, LegLimits())
        return dict(self.screening.legs) if isinstance(self.screening, Limited) else free

    @property
    def marked(self) -> dict[Spot, int]:
        return {tender.spot: tender.tenderness_nrs for tender in self.check_in.spots}

    def plan(self) -> Plan:
        return plan(**self._asdict(), now=NOW)


def asked(random: Random) -> Asked:
    """A day nobody has thought of."""
    content = CONTENT
    if random.random() < 0.3:
        names = random.sample(list(STRICTER), random.randint(1, 4))
        caps = CONTENT.caps.tightened(**{name: random.choice(STRICTER[name]) for name in names})
        content = structs.replace(CONTENT, caps=caps)
    soreness = Soreness(random.choice((0, 1, 3, 5, 8)), random.choice((0, 0, 2, 4)))
    spots = {spot(random): random.choice((0, 1, 3, 4, 5, 6, 7, 8, 10)) for _ in range(random.randint(0, 9))}
    return Asked(
        screening=Clear() if random.random() < 0.5 else limited(random),
        check_in=CheckIn(at=NOW, soreness=soreness, spots=tuple(TenderSpot(*marked) for marked in spots.items())),
        history=History() if random.random() < 0.1 else history(random),
        content=content,
        kit=Kit(frozenset(random.sample(TOOLS, random.randint(0, 4))), random.choice(("floor", "chair"))),
        minutes=random.randint(3, 30),
    )


def spot(random: Random) -> Spot:
    return Spot(random.choice(BOTH_SIDES), random.choice(ZONES))


def limited(random: Random) -> Limited:
    legs = {
        side: LegLimits(
            effort_nrs=random.choice((None, 2, 3)),
            sets=random.choice((None, 1)),
            techniques=random.choice((None, None, (LONG_STROKES,), (LONG_STROKES, PRESS_AND_HOLD))),
            hands_only=random.random() < 0.3,
        )
        for side in random.choice((BOTH_SIDES, BOTH_SIDES[:1], BOTH_SIDES[1:]))
    }
    return Limited(legs, ())


def history(random: Random) -> History:
    """Sessions of earlier days, how their spots felt the morning after, and what waits."""
    days = sorted(random.sample(range(1, 12), random.randint(0, 6)), reverse=True)
    sessions = tuple(past(random, days_before) for days_before in days)
    mornings = tuple(
        (session.at + timedelta(hours=12), SpotMorning(treated, random.choice(("better", "same", "worse", "bruised"))))
        for session in sessions
        for treated in session.session.spots
        if random.random() < 0.5
    )
    waiting = tuple(
        WaitingSpot(waits, random.choice((None, 2, 5, 9)), ago(days=random.choice((1, 1, 2, 5, 9))), "it waits")
        for waits in dict.fromkeys(spot(random) for _ in range(random.choice((0, 0, 1, 3))))
    )
    return History(known=True, sessions=sessions, spot_mornings=mornings, waiting=waiting)


def past(random: Random, days: int) -> PastSession:
    at = ago(days=days, hours=random.choice((-1, 0, 5)))
    items = tuple(
        SessionItem(
            side=treated.side, zone=treated.zone, technique=random.choice(TECHNIQUES), tool="thumbs", position="floor",
            sets=1, seconds=30, rest_s=0, effort_nrs=3, reason="it was tender", sources=(),
        )
        for treated in (spot(random) for _ in range(random.randint(1, 3)))
    )  # fmt: skip
    return PastSession(at, Session(id=f"{days}", at=at, items=items, limited=random.random() < 0.3), (), False)


@in_the_suite(1_000, share=0.5)
def test_random_plans_stay_inside_zones_caps_limits_and_minutes(count):
    random = Random(20_260_521)
    told = {"session": 0, "none": 0, "limited": 0, "queue": 0}
    for _ in range(count):
        question = asked(random)
        answer = question.plan()
        assert question.plan() == answer
        nothing_is_lost(question, answer)
        told["queue"] += bool(answer.queue)
        if answer.session is None:
            told["none"] += 1
            continue
        told["session"] += 1
        told["limited"] += answer.session.limited
        for item in answer.session.items:
            item_is_allowed(question, item)
        session_is_allowed(question, answer.session)
        the_rested_and_the_waiting_have_their_turn(question, answer.session)
    assert min(told.values()) > count / 50, told


def item_is_allowed(question: Asked, item: SessionItem) -> None:
    caps, limits, technique = question.content.caps, question.legs[item.side], CONTENT.techniques[item.technique]
    assert item.zone == WHOLE_CALF or item.technique in CONTENT.zones[item.zone].techniques
    assert item.zone != WHOLE_CALF or item.technique == LONG_STROKES
    assert (item.tool, item.position) in {(way.tool, way.position) for way in technique.ways}
    assert item.tool in question.kit.tools or CONTENT.tools[item.tool].always_there
    assert item.effort_nrs <= min(caps.effort_nrs, limits.effort_nrs or 4, 4 if question.history.known else 3)
    assert item.sets <= (limits.sets or 3)
    assert limits.techniques is None or item.technique in limits.techniques
    assert CONTENT.tools[item.tool].by_hand or not limits.hands_only
    assert question.marked.get(item.spot, 0) <= technique.up_to_tenderness_nrs
    if item.technique == PRESS_AND_HOLD:
        assert item.seconds <= caps.hold_s <= 30
        assert item.sets <= caps.hold_sets <= 3
        assert item.rest_s >= 30
    if item.technique == CROSS_STROKES:
        assert item.pressure_s <= caps.cross_s <= 60
    if item.technique == LONG_STROKES:
        assert item.seconds <= caps.stroke_set_s <= 60
        assert item.sets <= caps.stroke_sets <= 3


def session_is_allowed(question: Asked, session: Session) -> None:
    caps, known = question.content.caps, question.history
    lessons = sum(not done.session.limited for done in known.sessions)
    first = not known.known or lessons < caps.first_sessions or session.limited
    assert len(session.spots) <= (min(caps.first_spots, caps.spots) if first else caps.spots) <= 3
    assert session.limited == isinstance(question.screening, Limited)
    assert session.total_seconds <= 60 * question.minutes
    for side in BOTH_SIDES:
        own = [item for item in session.items if item.side is side]
        assert side in question.legs or not own
        assert sum(item.pressure_s for item in own) <= caps.pressure_per_calf_s <= 300
        assert [item.zone == WHOLE_CALF for item in own] == [i in (0, len(own) - 1) for i in range(len(own))]
        assert len(own) != 1
    assert not any(done.at.date() == NOW.date() for done in known.sessions)


def the_rested_and_the_waiting_have_their_turn(question: Asked, session: Session) -> None:
    rested = {spot for spot in question.marked if rests(question, spot)}
    assert not rested & set(session.spots)
    waiting = {
        waits.spot
        for waits in question.history.waiting
        if question.marked.get(waits.spot, 0) > 0
        and waits.spot not in rested
        and waits.since >= NOW - timedelta(days=question.content.caps.waiting_days)
        and waits.spot.side in question.legs
        and question.legs[waits.spot.side].techniques != (LONG_STROKES,)
    }
    if question.content.caps.pressure_per_calf_s == 300 and not waiting <= set(session.spots):
        unmarked = {waits.spot for waits in question.history.waiting if waits.spot not in question.marked}
        assert set(session.spots) <= waiting | unmarked


def rests(question: Asked, spot: Spot) -> bool:
    """Worse or bruised the morning after its last session, and not two days ago yet."""
    for at, felt in question.history.spot_mornings:
        treated = [s.at for s in question.history.sessions if s.at <= at and spot in s.session.spots]
        hours: Any = timedelta(hours=question.content.caps.worse_rest_h)
        if felt.spot == spot and felt.felt in ("worse", "bruised") and treated and NOW - max(treated) < hours:
            return True
    return False


def nothing_is_lost(question: Asked, answer: Plan) -> None:
    there = {waiting.spot for waiting in answer.queue} | set(answer.session.spots if answer.session else ())
    marked = {spot for spot, nrs in question.marked.items() if nrs > 0 and spot.side in question.legs}
    assert marked <= there
    assert len({waiting.spot for waiting in answer.queue}) == len(answer.queue)
    if answer.session:
        assert not {waiting.spot for waiting in answer.queue} & set(answer.session.spots)
