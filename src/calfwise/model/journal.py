"""What happened, as events, one JSON line each; and the History folded from them.

The terminal's journal file and the web app's export are the same lines. Nothing is ever rewritten: a later event
says what changed. Restricting events (referrals, blocks) count whatever the clock said when they were written.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct, structs

from calfwise.model.run import Side
from calfwise.model.runner import Runner, Shoe, Surface
from calfwise.model.session import (
    HEEL_RAISES,
    Eased,
    ExerciseDone,
    Practice,
    Rating,
    Session,
    Soreness,
    SorenessNote,
    Spot,
    TenderSpot,
    WaitingSpot,
)
from calfwise.model.weeks import LaidDay, WeeksWish


class Said(StrEnum):
    """An answer to one question. Signs of a leg are answered with the leg."""

    NO = "no"
    YES = "yes"
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    UNSURE = "unsure"

    @property
    def is_yes(self) -> bool:
        return self not in (Said.NO, Said.UNSURE)


Answers = dict[str, Said]

Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*\Z", max_length=64)]
"""A word of ours, as in the library."""
TimeZone = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}\Z", max_length=64)]
"""An IANA name by its form; whether there is such a zone, the shells know."""
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z")]
RunId = Annotated[str, Meta(min_length=1, max_length=200)]
RunKind = Literal["easy", "long", "workout", "race", "walk"]


class SpotMorning(Struct, frozen=True, forbid_unknown_fields=True):
    """How a treated spot felt the morning after."""

    spot: Spot
    felt: Literal["better", "same", "worse", "bruised"]


class Event(Struct, frozen=True, forbid_unknown_fields=True, tag_field="event"):
    """Something that happened."""

    at: Annotated[datetime, Meta(tz=True)]
    """Aware: a time without its offset is refused."""


class CheckIn(Event, frozen=True, tag="check-in"):
    """How the calves feel, what is tender, and the answers to the gate's questions."""

    soreness: Soreness = Soreness()
    spots: tuple[TenderSpot, ...] = ()
    answers: Answers = msgspec.field(default_factory=dict)
    search: bool | None = None
    """Whether calves that are only a little sore shall be searched for spots; `None`: nobody was asked."""


class Screened(Event, frozen=True, tag="screened"):
    """What the gate answered to that check-in."""

    outcome: Literal["clear", "limited", "referral", "unanswered"]
    rules: str
    """Which version of the rules said so."""
    level: str | None = None
    locked: tuple[Side, ...] = ()
    reasons: tuple[str, ...] = ()
    """Ids of the signs, blocks and rules that decided."""
    two_sided: bool = False
    """A referral for soreness that stayed on both sides, which quiet mornings lift."""


class Planned(Event, frozen=True, tag="planned"):
    """A session was offered, and these spots wait."""

    session: Session
    queue: tuple[WaitingSpot, ...] = ()


class Done(Event, frozen=True, tag="done"):
    """A session was done, with tenderness afterwards where it was felt."""

    after: tuple[TenderSpot, ...] = ()
    stopped_early: bool = False
    session: str | None = None
    """By id; `None`: the one last planned."""
    untouched: tuple[Spot, ...] = ()
    """Spots of the plan that nobody came to: they go on waiting."""
    eased: tuple[Eased, ...] = ()


class PracticePlanned(Event, frozen=True, tag="practice-planned"):
    """Exercises were offered: heel raises of a quiet day, a warm-up, drills, strength, a guided run."""

    practice: Practice


class PracticeDone(Event, frozen=True, tag="practice"):
    """Exercises that were done."""

    level: Annotated[int, Meta(ge=1)]
    eased: bool = False
    stopped_early: bool = False
    session: str | None = None
    """The practice planned, by id."""
    routine: Id = HEEL_RAISES
    done: tuple[ExerciseDone, ...] = ()
    """What of it, where the player counted."""
    felt_nrs: Rating | None = None
    """How the calves felt in the meantime, at the most; `None`: nobody said. [NRS]"""
    on: date | None = None
    """The day of the weeks ahead that it was for; `None`: for none."""


class Morning(Event, frozen=True, tag="morning"):
    """The morning after: walking soreness, and how treated spots feel."""

    soreness: Soreness = Soreness()
    spots: tuple[SpotMorning, ...] = ()


class Seen(Event, frozen=True, tag="seen"):
    """A professional looked at it. Lifts a lock only with `massage_is_fine`."""

    by: str
    on: date
    massage_is_fine: bool
    side: Side | None = None
    """`None` speaks for both legs."""
    block: str | None = None
    """The standing condition it speaks for, by id; `None` speaks for referrals."""


class WearsShoe(Event, frozen=True, tag="shoe"):
    """A shoe came into use, or was laid aside (the same id again, with `until`)."""

    shoe: Shoe


class AboutRunner(Event, frozen=True, tag="runner"):
    """Facts about the runner; a later event replaces an earlier one whole."""

    runner: Runner


class PlansRace(Event, frozen=True, tag="race"):
    """A race planned or run on a day: its length raises no alert."""

    on: date


class Prefers(Event, frozen=True, tag="prefers"):
    """How the runner likes things; a later event replaces an earlier one whole."""

    distance: Literal["km", "mi"] = "km"
    mass: Literal["kg", "lb"] = "kg"
    first_weekday: Annotated[int, Meta(ge=0, le=6)] = 0
    """Monday is 0."""
    time_zone: TimeZone | None = None
    country: Country | None = None
    """Two letters, ISO 3166; whom to call differs by it."""
    tools: Annotated[tuple[Id, ...], Meta(max_length=32)] | None = None
    """At hand, by id; `None`: nobody said."""
    on_floor: bool | None = None
    """Whether the runner can sit on the floor."""
    minutes: Annotated[int, Meta(ge=1, le=60)] | None = None
    """How long a session may take; `None`: nobody said. [min]"""
    keep_originals: bool = True
    """Whether recordings stay beside what was read from them."""


class AboutRun(Event, frozen=True, tag="run"):
    """What the runner says about one run; a later event about the same run replaces an earlier one whole."""

    run: RunId
    shoe: Annotated[str, Meta(min_length=1)] | None = None
    """By id."""
    surface: Surface | None = None
    kind: RunKind | None = None
    left_out: bool = False
    """Not to be counted: another's run, a ride, the same run twice."""
    note: Annotated[str, Meta(max_length=2000)] | None = None


class AboutLife(Event, frozen=True, tag="life"):
    """What no recording knows, by the question's id; a later answer replaces an earlier one."""

    answers: dict[Id, bool]


class SelfTested(Event, frozen=True, tag="self-test"):
    """A self-test was done; a leg left out was not tested."""

    test: Id
    left: Annotated[float, Meta(ge=0, le=1000)] | None = None
    right: Annotated[float, Meta(ge=0, le=1000)] | None = None
    """In the test's own unit."""


class WantsWeeks(Event, frozen=True, tag="weeks-wanted"):
    """What the runner wants of the weeks ahead; a later wish replaces an earlier one whole, and `None` ends them."""

    wish: WeeksWish | None


class DaysLaid(Event, frozen=True, tag="days-laid"):
    """Days as they were laid and told: written when they change, only for days that are not over yet."""

    days: tuple[LaidDay, ...]


class Consent(Event, frozen=True, tag="consent"):
    """Something was agreed to, or an agreement taken back."""

    to: Id
    version: Annotated[str, Meta(min_length=1, max_length=64)]
    """Of the words that were agreed to, or no longer are."""
    given: bool


AnyEvent = (
    CheckIn
    | Screened
    | Planned
    | Done
    | PracticePlanned
    | PracticeDone
    | Morning
    | Seen
    | WearsShoe
    | AboutRunner
    | PlansRace
    | Prefers
    | AboutRun
    | AboutLife
    | SelfTested
    | WantsWeeks
    | DaysLaid
    | Consent
)

_line = msgspec.json.Decoder(AnyEvent)


def event_from_line(line: bytes | str) -> AnyEvent:
    """One journal line as an event; `msgspec.ValidationError` says what is wrong with it."""
    event: AnyEvent = _line.decode(line)
    return event


def line_of(event: AnyEvent) -> bytes:
    """An event as one JSON line, without its newline.

    >>> from datetime import UTC
    >>> line_of(PlansRace(at=datetime(2026, 5, 1, tzinfo=UTC), on=date(2026, 5, 3))).decode()
    '{"event":"race","at":"2026-05-01T00:00:00Z","on":"2026-05-03"}'
    """
    return msgspec.json.encode(event)


SAID_FOR = timedelta(hours=24)
"""What a check-in said counts as the state before a session that ended no later than this."""


class PastSession(Struct, frozen=True):
    """A session that was done."""

    at: datetime
    session: Session
    after: tuple[TenderSpot, ...]
    stopped_early: bool
    eased: tuple[Eased, ...] = ()
    before: tuple[TenderSpot, ...] = ()
    """As tender as they were said to be, no longer than `SAID_FOR` before."""
    soreness: Soreness = Soreness()
    """When walking, as said then."""
    untouched: tuple[Spot, ...] = ()


class Standing(Struct, frozen=True):
    """The last word on a standing condition."""

    said: Said
    at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """All that earlier days bear on today. `known` is False where there is no journal: two spots, gentle."""

    known: bool = False
    runner: Runner = Runner()  # noqa: RUF009 - frozen
    shoes: tuple[Shoe, ...] = ()
    races: frozenset[date] = frozenset()
    soreness: tuple[SorenessNote, ...] = ()
    sessions: tuple[PastSession, ...] = ()
    spot_mornings: tuple[tuple[datetime, SpotMorning], ...] = ()
    marks: tuple[tuple[datetime, TenderSpot], ...] = ()
    """Spots as they were marked at check-ins, in order of time."""
    waiting: tuple[WaitingSpot, ...] = ()
    practices: tuple[PracticeDone, ...] = ()
    """Exercises done, in order of time."""
    standing: dict[str, Standing] = field(default_factory=dict)
    ever_yes: dict[str, datetime] = field(default_factory=dict)
    """Every question ever answered yes, and when last; blocks among them do not go away by a tick."""
    referrals: tuple[Screened, ...] = ()
    seen: tuple[Seen, ...] = ()
    prefers: Prefers | None = None
    about_runs: dict[str, AboutRun] = field(default_factory=dict)
    """The last word on each run, by the run's id."""
    consents: tuple[Consent, ...] = ()
    """The whole log, in order of time."""
    life: dict[str, bool] = field(default_factory=dict)
    """The last answer to each question about the runner's life."""
    self_tests: tuple[SelfTested, ...] = ()
    """In order of time."""
    weeks: WeeksWish | None = None
    """What is wanted of the weeks ahead; `None`: nothing."""
    laid: dict[date, LaidDay] = field(default_factory=dict)
    """Every day that was laid, as it was told last, in order of days."""


def fold(events: Iterable[AnyEvent]) -> History:
    """Everything that happened, in order of time, as one value.

    Of two shoes with one id the later description counts. A session planned but not done leaves all its spots waiting.
    """
    ordered = sorted(events, key=lambda event: event.at)
    standing: dict[str, Standing] = {}
    ever_yes: dict[str, datetime] = {}
    soreness: list[SorenessNote] = []
    for event in ordered:
        if isinstance(event, CheckIn):
            standing |= {question: Standing(said, event.at) for question, said in event.answers.items()}
            ever_yes |= {question: event.at for question, said in event.answers.items() if said.is_yes}
        if isinstance(event, CheckIn | Morning) and event.soreness.worst_nrs is not None:
            soreness.append(SorenessNote(event.at, event.soreness, isinstance(event, Morning)))
    sessions, waiting = _sessions(ordered)
    return History(
        known=True,
        runner=next((e.runner for e in reversed(ordered) if isinstance(e, AboutRunner)), Runner()),
        shoes=tuple({e.shoe.id: e.shoe for e in ordered if isinstance(e, WearsShoe)}.values()),
        races=frozenset(e.on for e in ordered if isinstance(e, PlansRace)),
        soreness=tuple(soreness),
        sessions=sessions,
        spot_mornings=tuple((e.at, spot) for e in ordered if isinstance(e, Morning) for spot in e.spots),
        marks=tuple((e.at, marked) for e in ordered if isinstance(e, CheckIn) for marked in e.spots),
        waiting=waiting,
        practices=tuple(e for e in ordered if isinstance(e, PracticeDone)),
        standing=standing,
        ever_yes=ever_yes,
        referrals=tuple(e for e in ordered if isinstance(e, Screened) and e.outcome == "referral"),
        seen=tuple(e for e in ordered if isinstance(e, Seen)),
        prefers=next((e for e in reversed(ordered) if isinstance(e, Prefers)), None),
        about_runs={e.run: e for e in ordered if isinstance(e, AboutRun)},
        consents=tuple(e for e in ordered if isinstance(e, Consent)),
        life={question: said for e in ordered if isinstance(e, AboutLife) for question, said in e.answers.items()},
        self_tests=tuple(e for e in ordered if isinstance(e, SelfTested)),
        weeks=next((e.wish for e in reversed(ordered) if isinstance(e, WantsWeeks)), None),
        laid=_laid(ordered),
    )


def _laid(ordered: list[AnyEvent]) -> dict[date, LaidDay]:
    """The last word on each day; once a wish is replaced, days to come that nobody laid anew are gone."""
    laid: dict[date, LaidDay] = {}
    for event in ordered:
        if isinstance(event, WantsWeeks):
            laid = {on: day for on, day in laid.items() if on < event.at.date()}
        if isinstance(event, DaysLaid):
            laid |= {day.on: day for day in event.days}
    return dict(sorted(laid.items()))


def _sessions(ordered: list[AnyEvent]) -> tuple[tuple[PastSession, ...], tuple[WaitingSpot, ...]]:
    """Sessions done, each once, and what waits after the last one planned: since when, as tender as last said."""
    done: list[PastSession] = []
    open_: dict[str, tuple[Planned, tuple[WaitingSpot, ...]]] = {}
    last: str | None = None
    waiting: tuple[WaitingSpot, ...] = ()
    tender: dict[Spot, int] = {}
    check_ins: list[CheckIn] = []
    for event in ordered:
        if isinstance(event, CheckIn):
            tender |= {marked.spot: marked.tenderness_nrs for marked in event.spots}
            check_ins.append(event)
        if isinstance(event, Planned):
            since = {waits.spot: waits.since for waits in waiting}
            undone = tuple(
                WaitingSpot(spot, tender.get(spot), since.get(spot, event.at), "planned, but not done yet")
                for spot in event.session.spots
                if not _proposed_only(event.session, spot)
            )
            waiting, last = undone + event.queue, event.session.id
            open_[last] = event, undone
        elif isinstance(event, Done) and (planned := open_.pop(event.session or last or "", None)):
            plan, undone = planned
            done.append(_past(event, plan.session, check_ins))
            treated = {waits.spot for waits in undone} - set(event.untouched)
            waiting = tuple(_reached_no_more(waits, event) for waits in waiting if waits.spot not in treated)
    return tuple(done), waiting


def _past(done: Done, session: Session, check_ins: list[CheckIn]) -> PastSession:
    """A session that was done, with what the day's check-ins said before it: the last word on each spot and leg."""
    tender: dict[Spot, int] = {}
    soreness = Soreness()
    first = len(check_ins)
    while first and check_ins[first - 1].at >= done.at - SAID_FOR:
        first -= 1
    for said in check_ins[first:]:
        tender |= {marked.spot: marked.tenderness_nrs for marked in said.spots}
        soreness = Soreness(
            soreness.left if said.soreness.left is None else said.soreness.left,
            soreness.right if said.soreness.right is None else said.soreness.right,
        )
    return PastSession(
        at=done.at,
        session=session,
        after=done.after,
        stopped_early=done.stopped_early,
        eased=done.eased,
        before=tuple(TenderSpot(spot, nrs) for spot, nrs in tender.items()),
        soreness=soreness,
        untouched=done.untouched,
    )


def _reached_no_more(waits: WaitingSpot, done: Done) -> WaitingSpot:
    """The same spot, with what a session that did not come to it says."""
    return structs.replace(waits, reason="you did not come to it") if waits.spot in done.untouched else waits


def _proposed_only(session: Session, spot: Spot) -> bool:
    return all(item.only_if_found for item in session.items if item.spot == spot)
