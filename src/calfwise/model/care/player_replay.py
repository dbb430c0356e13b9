"""A session's events, in whatever order they arrived, replayed into what was done.

Within a device the sequence orders. Across devices no clock is trusted: whoever began first leads, and another device
leads only from a `take-over` on that names whom it follows and how far it knows. All else is kept and marked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from msgspec import Struct

from calfwise.model.care.player import FINAL, LIVE, Phase, Table, table_of
from calfwise.model.care.player_events import Happened, Kind
from calfwise.model.care.player_state import Marked, State, after, new_state
from calfwise.model.care.player_steps import Step, steps_of
from calfwise.model.care.protocol import PlayerContent, StopReason
from calfwise.model.journal import Answers, Done, PracticeDone, Said
from calfwise.model.session import WHOLE_CALF, Eased, ExerciseDone, Practice, Session, Spot, TenderSpot

ByDevice = Mapping[str, Sequence[Happened]]


class Logged(Struct, frozen=True):
    """One event, and why it was not applied; `None`: it was."""

    event: Happened
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Played:
    """What became of a session."""

    session: Session | Practice
    steps: tuple[Step, ...]
    state: State
    log: tuple[Logged, ...]
    """All events, each once: those of the run in their order, then those that stand beside it."""
    reasons: Mapping[str, StopReason]
    pressed_elsewhere: bool
    """Another device that does not lead did some of it: it counts as done."""

    @property
    def phase(self) -> Phase:
        return Phase(self.state.phase)

    @property
    def step(self) -> Step | None:
        """On the screen now."""
        there = 0 <= self.state.step < len(self.steps) and self.phase in LIVE
        return self.steps[self.state.step] if there else None

    @property
    def is_over(self) -> bool:
        """No set can follow: it ended, or was stopped and only the reason is open."""
        return self.phase in FINAL or self.phase is Phase.WHY

    @property
    def was_begun(self) -> bool:
        """Whether anything was done of it."""
        return self.pressed_elsewhere or any(item.worked for item in self.state.items)

    @property
    def stopped_early(self) -> bool:
        """Whether sets are left that nobody skipped and no place was over for."""
        planned = [item.sets for item in self.session.items]
        return any(
            done.ended is None and done.sets_done + done.sets_skipped < sets
            for sets, done in zip(planned, self.state.items, strict=True)
        )

    @property
    def raised(self) -> tuple[str, ...]:
        """Ids of signs that were said to be there."""
        return tuple(self.answers)

    @property
    def answers(self) -> Answers:
        """The same as answers to the gate, with the leg where it is known."""
        said = [sign.partition(":") for sign in self.state.signs]
        told = [(id_, Said(leg or Said.YES)) for id_, _, leg in said]
        reason = self.reasons.get(self.state.reason or "")
        told += [(id_, Said.YES) for id_ in (reason.raises if reason else ())]
        answers: Answers = {}
        for id_, word in told:
            answers[id_] = word if answers.get(id_, word) is word else Said.BOTH
        return answers

    @property
    def asks(self) -> tuple[str, ...]:
        """Ids of signs that the gate asks about before anything else."""
        reason = self.reasons.get(self.state.reason or "")
        return reason.asks if reason else ()

    @property
    def eased(self) -> tuple[Eased, ...]:
        """For the next plan."""
        if isinstance(self.session, Practice):
            return ()
        items = zip(self.session.items, self.state.items, strict=True)
        return tuple(Eased(item.spot, item.technique, done.eased) for item, done in items if done.eased)

    @property
    def untouched(self) -> tuple[Spot, ...]:
        """Spots of the plan that nobody came to: they can go on waiting. Places not found tender are not among them."""
        if isinstance(self.session, Practice):
            return ()
        items = list(zip(self.session.items, self.state.items, strict=True))
        reached = {item.spot for item, done in items if done.worked or done.ended is not None}
        return tuple(spot for spot in self.session.spots if spot not in reached)

    def done_event(self, *, at: datetime) -> Done | None:
        """What the journal gets once it is over; `None` before, where nothing was done, and for a habit."""
        if isinstance(self.session, Practice) or not (self.is_over and self.was_begun):
            return None
        items = zip(self.session.items, self.state.items, strict=True)
        rated = {
            item.spot: TenderSpot(item.spot, done.after_nrs)
            for item, done in items
            if done.after_nrs is not None and item.zone != WHOLE_CALF
        }
        return Done(
            at=at,
            after=tuple(rated.values()),
            stopped_early=self.stopped_early,
            session=self.session.id,
            untouched=self.untouched,
            eased=self.eased,
        )

    def practice_done(self, *, at: datetime) -> PracticeDone | None:
        """The same of exercises: which sets were finished, and how the calves felt in the meantime."""
        if not isinstance(self.session, Practice) or not (self.is_over and self.was_begun):
            return None
        plan = self.session
        items = list(zip(plan.items, self.state.items, strict=True))
        felt = [done.after_nrs for _, done in items if done.after_nrs is not None]
        return PracticeDone(
            at=at,
            level=plan.level,
            eased=any(done.eased or done.ended for _, done in items),
            stopped_early=self.stopped_early,
            session=plan.id,
            routine=plan.routine,
            done=tuple(
                ExerciseDone(item.protocol, item.side, item.counts[: done.sets_done])
                for item, done in items
                if done.sets_done
            ),
            felt_nrs=max(felt, default=None),
            on=plan.on,
        )


def replay(session: Session | Practice, events: Iterable[Happened], *, content: PlayerContent) -> Played:
    """What became of a session, whatever the order in which its events arrived."""
    steps, table = steps_of(session, content=content), table_of(content)
    by_device, aside = _sorted_out(events)
    chain = _chain(by_device)
    used = {(event.device, event.sequence) for event in chain}
    beside = [event for own in by_device.values() for event in own if (event.device, event.sequence) not in used]
    state, log = _folded((*chain, *beside), steps, table)
    return Played(
        session=session,
        steps=steps,
        state=state,
        log=(*log, *aside),
        reasons=content.rules.reasons,
        pressed_elsewhere=any(_worked(own, steps, table) for own in by_device.values() if len(by_device) > 1),
    )


def ordered(events: Iterable[Happened]) -> tuple[Happened, ...]:
    """The events of the run that counts, in its order: what a device that takes over replays."""
    by_device, _ = _sorted_out(events)
    return tuple(_chain(by_device))


def _folded(events: Iterable[Happened], steps: Sequence[Step], table: Table) -> tuple[State, list[Logged]]:
    """A plain left fold."""
    state, log = new_state(steps), []
    for event in events:
        then = after(state, event, steps=steps, table=table)
        if isinstance(then, Marked):
            log.append(Logged(event, then.why))
        else:
            state = then
            log.append(Logged(event))
    return state, log


def _worked(events: Sequence[Happened], steps: Sequence[Step], table: Table) -> bool:
    """Whether one device by itself did some of it."""
    return any(item.worked for item in _folded(events, steps, table)[0].items)


def _sorted_out(events: Iterable[Happened]) -> tuple[ByDevice, list[Logged]]:
    """Each device's events without doubles or gaps; what doubles a number or waits behind a gap stands aside."""
    numbered: dict[str, dict[int, set[bytes]]] = {}
    for event in events:
        numbered.setdefault(event.device, {}).setdefault(event.sequence, set()).add(msgspec.json.encode(event))
    by_device: dict[str, Sequence[Happened]] = {}
    aside: list[Logged] = []
    for device, sequences in sorted(numbered.items()):
        own: list[Happened] = []
        for sequence, versions in sorted(sequences.items()):
            first, *others = [msgspec.json.decode(version, type=Happened) for version in sorted(versions)]
            aside += [Logged(other, "doubled") for other in others]
            if sequence == len(own) + 1:
                own.append(first)
            else:
                aside.append(Logged(first, "gap"))
        by_device[device] = own
    return by_device, aside


def _chain(by_device: ByDevice) -> list[Happened]:
    """The run that counts: the first to begin, up to where another device took over, and so on."""
    begins = [next((event for event in own if event.kind == Kind.BEGIN), None) for own in by_device.values()]
    begun = [event for event in begins if event is not None]
    if not begun:
        return []
    leader = min(begun, key=lambda event: (event.at, event.device)).device
    used = dict.fromkeys(by_device, 0)
    chain: list[Happened] = []
    while True:
        taken = _taken_over(by_device, leader, used)
        if taken is None:
            return [*chain, *by_device[leader][used[leader] :]]
        known, event = taken
        chain += by_device[leader][used[leader] : known]
        used |= {leader: known, event.device: event.sequence - 1}
        leader = event.device


def _taken_over(by_device: ByDevice, leader: str, used: Mapping[str, int]) -> tuple[int, Happened] | None:
    """Who takes over from a leader, and after how many of its events: of several the one that knows most."""
    found = []
    for device, own in by_device.items():
        for event in own[used[device] :] if device != leader else ():
            known = _known(event, leader)
            if event.kind == Kind.TAKE_OVER and used[leader] < known <= len(by_device[leader]):
                found.append((known, event))
    return min(found, key=lambda one: (-one[0], one[1].at, one[1].device, one[1].sequence), default=None)


def _known(event: Happened, leader: str) -> int:
    """How many of a leader's events a take-over knows; 0 where it speaks of another."""
    name, _, known = str(event.value).rpartition(":")
    return int(known) if name == leader and known.isascii() and known.isdecimal() else 0
