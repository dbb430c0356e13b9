"""Phones that play sessions: by script, line by line, and at random, with clocks nobody would trust."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from calfwise.library import player
from calfwise.model.care.player import table_of
from calfwise.model.care.player_events import Happened, Kind
from calfwise.model.care.player_state import Marked, State, after, new_state
from calfwise.model.care.player_steps import Step, StepKind, steps_of
from calfwise.model.run import Side
from calfwise.model.session import WHOLE_CALF, Practice, PracticeItem, Session, SessionItem

from . import LEFT, NOW, RIGHT

PLAYER = player()
TABLE = table_of(PLAYER)


def item(
    side: Side,
    zone: str = WHOLE_CALF,
    technique: str = "long-strokes",
    *,
    sets: int = 1,
    seconds: int = 45,
    rest_s: int = 0,
    found: bool = False,
    tool: str = "thumbs",
) -> SessionItem:
    """One thing to do, by hand on the floor."""
    return SessionItem(
        side=side, zone=zone, technique=technique, tool=tool, position="floor", sets=sets, seconds=seconds,
        rest_s=rest_s, effort_nrs=4, reason="it is tender", sources=("CoachRule",), only_if_found=found,
    )  # fmt: skip


def session(*items: SessionItem) -> Session:
    return Session(id="today", at=NOW, items=items)


HOLD = item(LEFT, "medial-upper", "press-and-hold", sets=2, seconds=30, rest_s=30)
USUAL = session(item(LEFT), HOLD, item(LEFT), item(RIGHT), item(RIGHT, "soleus-lateral", "cross-strokes"), item(RIGHT))
SEARCH = session(item(LEFT), item(LEFT, "medial-upper", "press-and-hold", seconds=30, found=True), item(LEFT))
SHORT = session(HOLD)
HABIT = Practice(
    id="habit-today", at=NOW, level=1, between_s=120, reason="the first level", sources=("CoachRule",),
    items=(
        PracticeItem("heel-raises-straight", None, counts=(8, 8), rest_s=120, tempo_s=(3, 0, 3)),
        PracticeItem("heel-raises-bent", None, counts=(8, 8), rest_s=120, tempo_s=(3, 0, 3)),
    ),
)  # fmt: skip
SESSIONS: dict[str, Session | Practice] = {"usual": USUAL, "search": SEARCH, "short": SHORT, "habit": HABIT}


@dataclass
class Phone:
    """A device and its page. Its uptime only runs forward; its wall clock does as it likes."""

    device: str = "phone"
    page: str = "p1"
    uptime_ms: int = 1000
    at: datetime = NOW
    sequence: int = 0

    def writes(self, kind: str, step: str = "", value: int | str | None = None, *, after_s: float = 0) -> Happened:
        """The next event, so many seconds later."""
        self.uptime_ms += round(after_s * 1000)
        self.at += timedelta(seconds=after_s)
        self.sequence += 1
        return Happened(
            device=self.device, sequence=self.sequence, page=self.page, uptime_ms=self.uptime_ms, at=self.at,
            kind=str(kind), step=step, value=value,
        )  # fmt: skip

    def reloads(self) -> None:
        self.page = f"p{int(self.page[1:]) + 1}"
        self.uptime_ms = 40


@dataclass
class Game:
    """A session being played, event by event: what was written, and where it led."""

    session: Session | Practice = USUAL
    phone: Phone = field(default_factory=Phone)
    events: list[Happened] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.steps: tuple[Step, ...] = steps_of(self.session, content=PLAYER)
        self.state: State = new_state(self.steps)

    @property
    def here(self) -> str:
        """The step on the screen."""
        return self.steps[self.state.step].id if 0 <= self.state.step < len(self.steps) else ""

    def heard(self, event: Happened) -> str:
        """The phase that an event leads to, or why it is marked."""
        self.events.append(event)
        then = after(self.state, event, steps=self.steps, table=TABLE)
        if isinstance(then, Marked):
            self.marks.append(then.why)
            return then.why
        self.state = then
        return then.phase

    def tells(self, kind: str, value: int | str | None = None, *, after_s: float = 0) -> str:
        """The leader's next event about the step on the screen."""
        return self.heard(self.phone.writes(kind, self.here, value, after_s=after_s))

    def waits(self) -> str:
        """Until the step's time is up, watched throughout."""
        seconds = self.steps[self.state.step].seconds
        assert seconds is not None, self.here
        return self.tells("elapsed", after_s=seconds)

    def goes_to(self, step: str) -> "Game":
        """On to a step, all that comes before it done as planned."""
        if self.state.step < 0:
            self.tells("begin")
        while self.here != step:
            self.goes_on()
        return self

    def goes_on(self) -> None:
        """One step, done as planned."""
        plain: dict[str, tuple[str, int | None]] = {
            StepKind.FOUND: ("found", None), StepKind.AFTER: ("rated", 3), StepKind.SIGNS: ("signs-none", None)
        }  # fmt: skip
        kind = self.steps[self.state.step].kind
        if kind in plain:
            self.tells(*plain[kind])
        else:
            self.waits()

    def finishes(self) -> "Game":
        self.goes_to("signs").tells("signs-none")
        return self


def playing(step: str = "", session: Session | Practice = USUAL) -> Game:
    """A session up to a step."""
    game = Game(session)
    return game.goes_to(step) if step else game


REACHED_AT = {"ready": "1.0.ready", "rest": "1.1.rest", "rate": "1.0.after", "signs": "signs", "ask": "2.0.found"}
TAPS = {
    "eased": ["less"], "paused": ["pause"], "hidden": ["hidden"], "away": ["hidden", "returned"], "why": ["stop"]
}  # fmt: skip


def in_phase(phase: str) -> Game:
    """A session in that phase, by the shortest way."""
    game = Game(SEARCH if phase == "ask" else SHORT)
    if phase == "new":
        return game
    game.goes_to(REACHED_AT.get(phase, "1.1.work"))
    for kind in TAPS.get(phase, []):
        game.tells(kind, after_s=50 if kind == "returned" else 1)
    return game


def after_each(phase: str, kind: str) -> Game:
    """One transition of the table, late enough for any deadline."""
    game = in_phase(phase)
    values: dict[str, int | str] = {
        "rated": 2, "sign": "stab:right", "because": "numb", "take-over": f"phone:{game.phone.sequence}"
    }  # fmt: skip
    if kind == "take-over":
        game.phone = Phone("tablet")
    game.tells(kind, values.get(kind), after_s=45)
    return game


LIKELY = {
    "begin": 9, "elapsed": 9, "confirm-done": 3, "confirm-not": 2, "resume": 4, "returned": 4, "found": 4, "rated": 4,
    "signs-none": 3, "sign": 2, "skip": 1, "because": 4, "stop": 0.08, "discard": 0.04, "end": 0.04, "take-over": 0.1,
    "too-much": 0.2, "rising": 0.5,
}  # fmt: skip
KINDS = [kind.value for kind in Kind]


def at_random(random: Random, session: Session | Practice, *, most: int = 70) -> Game:
    """A run that nobody has thought of: sensible taps, senseless ones, reloads, other devices, jumping clocks."""
    game = Game(session)
    phones = [Phone("phone"), Phone("tablet", uptime_ms=77_000, at=NOW + timedelta(minutes=random.choice((-90, 0, 3))))]
    for phone in phones:
        phone.uptime_ms = random.randint(0, 10**7)
    lost = random.random() < 0.5
    for _ in range(random.randint(5, most)):
        if game.marks[-3:] == ["over"] * 3:
            break
        leads = next((phone for phone in phones if phone.device == game.state.device), phones[0])
        phone = leads if random.random() < 0.95 else random.choice(phones)
        if random.random() < 0.1:
            phone.at += timedelta(seconds=random.uniform(-1e6, 1e6))
        if lost and random.random() < 0.03:
            phone.reloads()
            if random.random() < 0.7:
                game.heard(phone.writes("returned"))
                continue
        game.heard(_anything(random, game, phone) if random.random() < 0.15 else _sensible(random, game, phone))
    return game


def _sensible(random: Random, game: Game, phone: Phone) -> Happened:
    row = list(TABLE.transitions[game.state.phase]) or KINDS
    kind = random.choices(row, [LIKELY.get(kind, 0.7) for kind in row])[0]
    after_s = random.choice((0, 0.2, 3, 11, 40))
    if kind == "elapsed":
        left_ms = _left_ms(game, phone)
        after_s = max(0.0, left_ms / 1000 + random.choice((0, 0, 0, 0.3, -0.4, -0.6, 5, -20)))
    return phone.writes(kind, game.here, _value(random, kind, game), after_s=after_s)


def _left_ms(game: Game, phone: Phone) -> int:
    """Until the deadline, as the page reckons it."""
    state = game.state
    since = state.since_ms if state.since_ms is not None and state.page == phone.page else phone.uptime_ms
    length_ms = (game.steps[state.step].seconds or 0) * 1000 if game.here else 0
    return length_ms - state.spent_ms - state.unseen_ms - (phone.uptime_ms - since)


def _anything(random: Random, game: Game, phone: Phone) -> Happened:
    kind = random.choice([*KINDS, "dance"])
    kind = "pause" if kind in ("stop", "discard", "end") and random.random() < 0.8 else kind
    step = random.choice([step.id for step in game.steps] + ["", "9.9.work"])
    value = random.choice(
        (None, 0, 7, 11, -1, "stab", "stab:left", "enough", "cold", "phone:1", "tablet:2", "x:y", "nil")
    )
    phone.uptime_ms = max(0, phone.uptime_ms + random.choice((0, 0, 10_000, -10_000)))
    return phone.writes(kind, step if random.random() < 0.7 else game.here, value)


def _value(random: Random, kind: str, game: Game) -> int | str | None:
    if kind == "take-over":
        known = sum(event.device == game.state.device for event in game.events)
        return f"{game.state.device}:{max(0, known - random.choice((0, 0, 0, 1, 5)))}"
    values: Sequence[int | str] = TABLE.values.get(kind, ())
    return random.choice(values) if values else None


def scripts() -> Iterator[tuple[str, str, Sequence[Happened]]]:
    """Named runs: each shows one rule of the table, as the page's own player must walk it."""
    for name, told in SCRIPTS.items():
        game = told()
        yield name, named(game), game.events
    for phase, row in TABLE.transitions.items():
        for kind in row:
            game = after_each(phase, kind)
            yield f"{phase}: {kind}", named(game), game.events


def named(game: Game) -> str:
    return next(id_ for id_, one in SESSIONS.items() if one is game.session)


def _done() -> Game:
    return playing().finishes()


def _searched(kind: str) -> Game:
    game = playing("2.0.found", SEARCH)
    game.tells(kind)
    return game.finishes()


def _eased() -> Game:
    game = playing("1.1.work", SHORT)
    game.tells("less", after_s=5)
    game.tells("right", after_s=5)
    game.tells("elapsed", after_s=20)
    game.waits()
    game.tells("rising", after_s=4)
    return game.finishes()


def _rising() -> Game:
    game = playing("1.1.work", SHORT)
    game.tells("rising", after_s=5)
    game.tells("rising", after_s=5)
    return game.finishes()


def _too_much() -> Game:
    game = playing("2.1.work")
    game.tells("too-much", after_s=8)
    return game.finishes()


def _paused() -> Game:
    game = playing("1.1.work", SHORT)
    game.tells("pause", after_s=10)
    game.tells("resume", after_s=300)
    game.tells("elapsed", after_s=19.4)
    game.tells("elapsed", after_s=0.2)
    return game.finishes()


def _locked(then: str, *, away_s: float) -> Game:
    game = playing("1.1.work", SHORT)
    game.tells("hidden", after_s=10)
    game.tells("elapsed", after_s=away_s)
    game.tells("returned")
    game.tells(then)
    game.tells("resume", after_s=3)
    game.tells("elapsed", after_s=20)
    return game


def _glanced() -> Game:
    game = playing("1.1.work", SHORT)
    game.tells("hidden", after_s=10)
    game.tells("returned", after_s=5)
    game.tells("elapsed", after_s=15)
    game.tells("confirm-done", after_s=2)
    return game.finishes()


def _reloaded() -> Game:
    game = playing("1.1.work", SHORT)
    game.tells("right", after_s=10)
    game.phone.reloads()
    game.tells("less")
    game.tells("returned")
    game.tells("confirm-not")
    game.tells("resume", after_s=3)
    game.tells("elapsed", after_s=20)
    game.tells("elapsed", after_s=10)
    return game.finishes()


def _stopped(reason: str) -> Game:
    game = playing("2.1.work")
    game.tells("stop", after_s=7)
    game.tells("elapsed", after_s=30)
    game.tells("because", "no such reason")
    game.tells("because", reason)
    game.tells("begin")
    return game


def _signs() -> Game:
    game = playing("signs", SHORT)
    game.tells("sign", "stab:left")
    game.tells("sign", "stab:left")
    game.tells("sign", "gout")
    game.tells("signs-none")
    return game


def _two_devices() -> Game:
    game = playing("1.1.work", SHORT)
    tablet = Phone("tablet", uptime_ms=500_000)
    game.heard(tablet.writes("stop", game.here))
    game.heard(tablet.writes("take-over", "", "phone:0"))
    game.heard(tablet.writes("take-over", "", f"phone:{game.phone.sequence}"))
    game.tells("elapsed", after_s=30)
    game.phone = tablet
    game.tells("confirm-not", after_s=2)
    game.tells("resume", after_s=3)
    game.tells("elapsed", after_s=30)
    return game.finishes()


def _senseless() -> Game:
    game = playing()
    game.tells("elapsed")
    game.tells("begin")
    game.tells("begin")
    game.heard(game.phone.writes("skip", "3.1.work"))
    game.tells("dance")
    game.tells("skip")
    game.tells("skip")
    game.tells("rated", 3)
    game.tells("discard")
    game.tells("resume")
    return game


SCRIPTS: dict[str, Callable[[], Game]] = {
    "done as planned": _done,
    "a proposed place is tender": lambda: _searched("found"),
    "a proposed place is not tender": lambda: _searched("skip"),
    "eased, and still rising in the next set": _eased,
    "rising eases first, then ends the place": _rising,
    "six or more ends the place": _too_much,
    "a pause takes no time": _paused,
    "locked beyond the deadline, and went on": lambda: _locked("confirm-done", away_s=25),
    "locked beyond the deadline, and did not": lambda: _locked("confirm-not", away_s=25),
    "locked beyond the deadline, and leaves the set": lambda: _locked("skip", away_s=25),
    "locked for a moment: asked at the deadline": _glanced,
    "reloaded in the middle of a set": _reloaded,
    "stopped: enough": lambda: _stopped("enough"),
    "stopped: a cold foot": lambda: _stopped("cold"),
    "a sign turned up": _signs,
    "another device takes over": _two_devices,
    "what cannot happen changes nothing": _senseless,
    "heel raises": lambda: playing(session=HABIT).finishes(),
}
