"""Today's session and tomorrow's queue. Takes only what screening let through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from msgspec import structs

from calfwise.model.care.choice import Kit, choose, eased_last_time, is_learning, way_of
from calfwise.model.care.content import Content
from calfwise.model.care.leaning import Leaning
from calfwise.model.care.outcomes import Clear, LegLimits, Limited, Reason
from calfwise.model.care.spots import Candidate, Sorted, is_to_be_searched, sort_spots
from calfwise.model.care.technique import CROSS_STROKES, LONG_STROKES, PRESS_AND_HOLD
from calfwise.model.journal import CheckIn, History
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import WHOLE_CALF, Session, SessionItem, Spot, WaitingSpot

STROKES_SOURCES = ("Behm2020", "CoachRule")
FEWEST_MINUTES = 3
"""Shorter than this there is no session: long strokes on one calf take two minutes. Coach's rule. [min]"""


@dataclass(frozen=True, slots=True)
class Plan:
    """What comes today, what waits, and why."""

    session: Session | None
    queue: tuple[WaitingSpot, ...]
    reasons: tuple[Reason, ...]


def plan(
    *,
    screening: Clear | Limited,
    check_in: CheckIn,
    history: History,
    content: Content,
    kit: Kit,
    minutes: int,
    now: datetime,
    leaning: Leaning | None = None,
) -> Plan:
    """Two or three tight spots for today; the rest waits for tomorrow.

    Parameters
    ----------
    screening
        What the gate let through; nothing else is accepted.
    check_in
        Marked spots and walking soreness.
    history
        Waiting spots, past sessions and mornings.
    kit
        Tools at hand, and where the runner sits.
    minutes
        How long it may take. [min]
    now
        Aware; its calendar day is the one that has one session.
    leaning
        What felt quieter in the runner's own sessions: it changes which technique and tool comes, nothing else.

    Returns
    -------
    Plan
        Without a session where one was done today, or nothing is tight.
    """
    legs = _legs(screening)
    sorted_ = sort_spots(check_in=check_in, legs=tuple(legs), history=history, content=content, now=now)
    kept = (_waits(c, now, "it keeps until tomorrow") for c in sorted_.order if not c.proposed)
    everything = (*kept, *sorted_.resting, *sorted_.closed)
    if any(past.at.astimezone(now.tzinfo).date() == now.date() for past in history.sessions):
        text = "That's enough for today. The rest keeps until tomorrow."
        return Plan(None, everything, (Reason("once-a-day", text, ("CoachRule",)),))
    if minutes < FEWEST_MINUTES:
        text = f"a session takes {FEWEST_MINUTES} minutes at least; it keeps until you have them"
        return Plan(None, everything, (Reason("no-time", text, ("CoachRule",)),))
    worked = _sides_to_work_on(sorted_, check_in, legs)
    if not worked:
        return _nothing_to_do(sorted_)
    maker = _Maker(content, kit, history, legs, now, limited=isinstance(screening, Limited))
    usual = maker.make(sorted_, worked, minutes)
    if leaning is None:
        return usual
    leant = replace(maker, leaning=leaning, most_pressure_s=_pressure_s(usual)).make(sorted_, worked, minutes)
    return leant if _same_spots(leant, usual) else usual


def _pressure_s(made: Plan) -> dict[Side, int]:
    """Time under pressure on each calf. [s]"""
    items = made.session.items if made.session else ()
    return {side: sum(item.pressure_s for item in items if item.side is side) for side in BOTH_SIDES}


def _same_spots(one: Plan, other: Plan) -> bool:
    """Whether both look after the same spots in the same order, and leave the same ones."""
    spots = [plan_.session.spots if plan_.session else () for plan_ in (one, other)]
    return spots[0] == spots[1] and one.queue == other.queue


def _legs(screening: Clear | Limited) -> dict[Side, LegLimits]:
    if isinstance(screening, Clear):
        return {side: LegLimits() for side in BOTH_SIDES}
    return dict(screening.legs)


def _sides_to_work_on(sorted_: Sorted, check_in: CheckIn, legs: dict[Side, LegLimits]) -> list[Side]:
    """Legs with a spot or sore enough, those whose spot comes first first."""
    with_spots = [candidate.spot.spot.side for candidate in sorted_.order]
    sore = [side for side in legs if is_to_be_searched(check_in, side)]
    return list(dict.fromkeys((*with_spots, *sore)))


def _nothing_to_do(sorted_: Sorted) -> Plan:
    if sorted_.resting:
        text = "Today it rests. Go for a walk."
        return Plan(None, (*sorted_.resting, *sorted_.closed), (Reason("resting", text, ("CoachRule",)),))
    return Plan(
        None,
        sorted_.closed,
        (Reason("nothing-tight", "Nothing is tight today. Go for a walk, or run as you like.", ("CoachRule",)),),
    )


def _waits(candidate: Candidate, now: datetime, reason: str) -> WaitingSpot:
    tender = candidate.spot
    return WaitingSpot(tender.spot, tender.tenderness_nrs, candidate.waiting_since or now, reason)


@dataclass(frozen=True, slots=True)
class _Leg:
    """One leg's part of the session: strokes, spots, strokes."""

    opening: SessionItem
    spots: tuple[SessionItem, ...]
    closing: SessionItem

    @property
    def items(self) -> tuple[SessionItem, ...]:
        return (self.opening, *self.spots, self.closing)

    @property
    def pressure_s(self) -> int:
        return sum(item.pressure_s for item in self.items)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Builds one session inside its limits."""

    content: Content
    kit: Kit
    history: History
    legs: dict[Side, LegLimits]
    now: datetime
    limited: bool
    leaning: Leaning | None = None
    most_pressure_s: Mapping[Side, int] = field(default_factory=dict)
    """On a calf, where that is less than the cap: leaning never asks for more than there would be without it. [s]"""

    def make(self, sorted_: Sorted, worked: Sequence[Side], minutes: int) -> Plan:
        """Choose, then shorten until caps and minutes hold; what falls out waits."""
        chosen: list[tuple[Candidate, SessionItem]] = []
        left: list[WaitingSpot] = []
        for candidate in sorted_.order:
            item = self._item(candidate, [item for _, item in chosen]) if len(chosen) < self.most_spots else None
            if item is not None:
                chosen.append((candidate, item))
            elif not candidate.proposed:
                why = "it keeps until tomorrow" if len(chosen) >= self.most_spots else "not today: too sore to press"
                left.append(_waits(candidate, self.now, why))
        built = self._fitted(chosen, sorted_.searched, worked, minutes * 60)
        kept = {item.spot for leg in built for item in leg.spots}
        dropped = [
            _waits(c, self.now, "no time for it today") for c, i in chosen if i.spot not in kept and not c.proposed
        ]
        session = Session(
            id=f"{self.now:%Y%m%dT%H%M%S%z}",
            at=self.now,
            items=tuple(item for leg in built for item in leg.items),
            limited=self.limited,
        )
        queue = (*dropped, *left, *sorted_.resting, *sorted_.closed)
        return Plan(session, queue, self._reasons(chosen, left))

    @property
    def most_spots(self) -> int:
        """Two in the first sessions, under limits, and where nothing is known; else three."""
        caps = self.content.caps
        first = is_learning(self.content, self.history) or self.limited
        return min(caps.first_spots, caps.spots) if first else caps.spots

    def _item(self, candidate: Candidate, planned: Sequence[SessionItem]) -> SessionItem | None:
        spot, limits = candidate.spot.spot, self.legs[candidate.spot.spot.side]
        choice = choose(
            candidate.spot,
            content=self.content,
            limits=limits,
            kit=self.kit,
            history=self.history,
            planned=planned,
            leaning=self.leaning,
        )
        if choice is None or limits.techniques == (LONG_STROKES,):
            return None
        technique = self.content.techniques[choice.technique]
        lighter = eased_last_time(self.history, spot, choice.technique)
        why = "; lighter, as you asked last time" if lighter else ""
        return SessionItem(
            side=spot.side,
            zone=spot.zone,
            technique=choice.technique,
            tool=choice.way.tool,
            position=choice.way.position,
            sets=self._sets(choice.technique, limits),
            seconds=self._seconds(choice.technique),
            rest_s=technique.dose.rest_s,
            effort_nrs=self._effort(technique.dose.effort_nrs - lighter, limits),
            reason=f"{candidate.reason}; {choice.reason}{why}",
            sources=tuple(dict.fromkeys((*technique.evidence.sources, "CoachRule", *choice.sources))),
            only_if_found=candidate.proposed,
        )

    def _effort(self, dose_nrs: int, limits: LegLimits) -> int:
        """At most the cap; one less where the history is unknown: gentle."""
        gentle = 0 if self.history.known else 1
        efforts = [dose_nrs - gentle, self.content.caps.effort_nrs]
        return max(1, min(efforts if limits.effort_nrs is None else [*efforts, limits.effort_nrs]))

    def _sets(self, technique: str, limits: LegLimits) -> int:
        caps, dose = self.content.caps, self.content.techniques[technique].dose
        most = {
            PRESS_AND_HOLD: caps.hold_sets,
            CROSS_STROKES: max(1, caps.cross_s // self._seconds(technique)),
            LONG_STROKES: caps.stroke_sets,
        }
        allowed = [dose.sets, most.get(technique, 1)]
        return min(allowed if limits.sets is None else [*allowed, limits.sets])

    def _seconds(self, technique: str) -> int:
        caps, dose = self.content.caps, self.content.techniques[technique].dose
        most = {PRESS_AND_HOLD: caps.hold_s, CROSS_STROKES: caps.cross_s, LONG_STROKES: caps.stroke_set_s}
        return min(dose.seconds, most.get(technique, caps.hold_s))

    def _strokes(self, side: Side, reason: str) -> SessionItem:
        """Long strokes over the whole calf."""
        limits = self.legs[side]
        way = way_of(LONG_STROKES, content=self.content, limits=limits, kit=self.kit)
        assert way is not None, "long strokes by hand are always there"
        dose = self.content.techniques[LONG_STROKES].dose
        lighter = eased_last_time(self.history, Spot(side, WHOLE_CALF), LONG_STROKES)
        return SessionItem(
            side=side,
            zone=WHOLE_CALF,
            technique=LONG_STROKES,
            tool=way.tool,
            position=way.position,
            sets=1,
            seconds=min(self._seconds(LONG_STROKES), self.content.caps.pressure_per_calf_s // 2),
            rest_s=0,
            effort_nrs=self._effort(dose.effort_nrs - lighter, limits),
            reason=reason,
            sources=STROKES_SOURCES,
        )

    def _leg(self, side: Side, items: Sequence[SessionItem], *, searched: bool) -> _Leg:
        opening = "long strokes to begin"
        if searched:
            opening = "three slow strokes each along the inner, middle and outer calf: notice where it is tender"
        return _Leg(
            self._strokes(side, opening),
            tuple(item for item in items if item.side is side),
            self._strokes(side, "long strokes to end"),
        )

    def _fitted(
        self,
        chosen: Sequence[tuple[Candidate, SessionItem]],
        searched: Sequence[Side],
        worked: Sequence[Side],
        most_s: int,
    ) -> tuple[_Leg, ...]:
        """Legs within five minutes of pressure each and the minutes there are: fewer sets first, then fewer spots."""
        items = [item for _, item in chosen]
        sides = list(worked)
        while True:
            legs = tuple(self._leg(side, items, searched=side in searched) for side in sides)
            over = [leg for leg in legs if leg.pressure_s > self._most_pressure_s(leg.opening.side)]
            total_s = sum(item.total_s for leg in legs for item in leg.items)
            if not over and total_s <= most_s:
                return legs
            shrinkable = [item for item in items if not over or item.side is over[0].opening.side]
            most_sets = max((item.sets for item in shrinkable), default=0)
            if most_sets > 1:
                at = max(i for i, item in enumerate(items) if item in shrinkable and item.sets == most_sets)
                items[at] = _fewer(items[at])
            elif shrinkable:
                items.remove(shrinkable[-1])
            elif len(sides) > 1:
                sides.pop()
            else:
                return legs

    def _most_pressure_s(self, side: Side) -> int:
        cap_s = self.content.caps.pressure_per_calf_s
        return min(cap_s, self.most_pressure_s.get(side, cap_s))

    def _reasons(
        self, chosen: Sequence[tuple[Candidate, SessionItem]], left: Sequence[WaitingSpot]
    ) -> tuple[Reason, ...]:
        reasons = []
        if not self.history.known:
            text = "without a journal I don't know your earlier days: two spots at most, and gently"
            reasons.append(Reason("history-unknown", text, ("CoachRule",)))
        if chosen and left:
            count = len(left)
            text = (
                f"{count} more {'spot keeps' if count == 1 else 'spots keep'} until tomorrow: two or three are enough"
            )
            reasons.append(Reason("rest-waits", text, ("CoachRule",)))
        return tuple(reasons)


def _fewer(item: SessionItem) -> SessionItem:
    """The same with one set less."""
    return structs.replace(item, sets=item.sets - 1)
