"""Random runners with a wish: somebody's runs, words, locks, races and practices, and what they want of the weeks."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from msgspec import structs

from calfwise import library
from calfwise.assess import LoadHistory, load_history, weeks_ahead
from calfwise.model.fix.practice import practice_of
from calfwise.model.fix.weeks.laid import Weeks
from calfwise.model.journal import AnyEvent, History, Morning, PlansRace, PracticeDone, Screened, Seen, WantsWeeks, fold
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.next_run import Wish, as_run
from calfwise.model.run import Side
from calfwise.model.runner import Runner, Shoe
from calfwise.model.session import ExerciseDone, Soreness
from calfwise.model.weeks import ElementKind, WeeksWish

NOW = datetime(2026, 5, 13, 8, 0, tzinfo=UTC)
"""A Wednesday morning."""
CONTENT, RULES = library.player(), library.weeks()
BARE = Shoe(id="feet", name="Feet", since=date(2020, 1, 1), barefoot=True)
KINDS = list(ElementKind)
ROUTINES = ("drills", "calf-strength", "glute-strength", "grass", "tempo", "cadence")


def ran(
    at: datetime, km: float, *, speed_mps: float = 2.8, fast_share: float = 0.0, shoe: Shoe | None = None
) -> RunLoad:
    """A run, by speed alone."""
    load = as_run(Wish(km * 1000, speed_mps), easy=None, now=at)
    strikes = load.strikes or 0
    speeds = [0] * 80
    speeds[int(speed_mps * 10)] = round(strikes * (1 - fast_share))
    speeds[min(79, int(speed_mps * 10) + 10)] += round(strikes * fast_share)
    return structs.replace(
        load,
        id=f"made:{at.isoformat()}",
        start=at,
        strikes_by_speed=tuple(speeds),
        cadence_measured=True,
        shoe=shoe,
    )


class Made:
    """One random runner."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.runner = Runner(birth_year=chance.choice([None, 1948, 1960, 1975, 1990, 2002]))
        self.loads = self._runs()
        self.words: list[AnyEvent] = [*self._mornings(), *self._locks(), *self._races(), *self._practices()]
        self.wish = self._wish()
        self.words.append(WantsWeeks(at=min(NOW, self._begins_at()), wish=self.wish))

    def _begins_at(self) -> datetime:
        begins = self.wish.begins
        return datetime(begins.year, begins.month, begins.day, 1, tzinfo=UTC)

    def _runs(self) -> list[RunLoad]:
        chance, loads = self.chance, []
        km, day, rest = (
            chance.uniform(2, 16),
            chance.choice([0, 1, 5, 20, 60, 100, 100, 100]),
            chance.choice([1, 2, 2, 3, 4, 7]),
        )
        speed, fast = chance.uniform(2.0, 4.0), chance.choice([0.0, 0.0, 0.0, 0.1, 0.3])
        bare = chance.random() < 0.1
        until = chance.choice([0.2, 0.2, 0.2, 1.0, 15.0, 30.0, 62.0])
        at = float(day)
        while at > until:
            factor = chance.choice([0.5, 0.9, 1.0, 1.0, 1.1, 1.5, 2.5 if chance.random() < 0.1 else 1.0])
            shoe = BARE if bare and chance.random() < 0.5 else None
            loads.append(
                ran(
                    NOW - timedelta(days=at),
                    km * factor,
                    speed_mps=speed * chance.uniform(0.95, 1.05),
                    fast_share=fast,
                    shoe=shoe,
                )
            )
            at -= rest * chance.choice([0.6, 1, 1, 1, 1.5, 2, 7 if chance.random() < 0.1 else 1])
        return loads

    def _mornings(self) -> list[AnyEvent]:
        chance = self.chance
        often, usual = chance.choice([0.0, 0.2, 0.6, 1.0, 1.0]), chance.choice([0, 0, 1, 1, 2])
        said: list[AnyEvent] = []
        for ago in range(chance.choice([10, 45, 60]), -1, -1):
            if chance.random() < often:
                nrs = chance.choice([3, 4, 5, 6, 8]) if chance.random() < 0.04 else chance.randint(0, usual)
                at = NOW.replace(hour=7) - timedelta(days=ago)
                said.append(Morning(at=at, soreness=Soreness(nrs, chance.choice([None, nrs, 0]))))
        if chance.random() < 0.25:
            nrs = chance.randint(2, 9)
            said.append(Morning(at=NOW.replace(hour=7, minute=30), soreness=Soreness(nrs, nrs)))
        return said

    def _locks(self) -> list[AnyEvent]:
        chance = self.chance
        if chance.random() > 0.08:
            return []
        at = NOW - timedelta(days=chance.randint(0, 20), hours=1)
        lock = Screened(
            at=at,
            outcome="referral",
            rules="x",
            level=chance.choice(["P", "U", "E"]),
            locked=(Side.LEFT,),
            reasons=("stab",),
        )
        if chance.random() < 0.3:
            return [lock, Seen(at=NOW - timedelta(minutes=30), by="physio", on=NOW.date(), massage_is_fine=True)]
        return [lock]

    def _races(self) -> list[AnyEvent]:
        chance = self.chance
        return [
            PlansRace(at=NOW - timedelta(days=30), on=NOW.date() + timedelta(days=chance.randint(-10, 60)))
            for _ in range(chance.choice([0, 0, 0, 1, 2]))
        ]

    def _practices(self) -> list[AnyEvent]:
        chance = self.chance
        done: list[AnyEvent] = []
        for routine in chance.sample(ROUTINES, chance.choice([0, 0, 1, 3, 6])):
            level = chance.randint(1, 3)
            for ago in range(chance.choice([3, 10, 30]), 0, -chance.choice([2, 3, 4])):
                at = NOW - timedelta(days=ago, hours=chance.randint(0, 6))
                practice = practice_of(routine, level, content=CONTENT, at=at, reason="", cadence_spm=165)
                items = tuple(ExerciseDone(item.protocol, item.side, item.counts) for item in practice.items)
                done.append(PracticeDone(at=at, level=level, routine=routine, done=items))
        return done

    def _wish(self) -> WeeksWish:
        chance = self.chance
        goal = chance.choice(["steady", "further", "faster", "return"])
        begins = NOW.date() + timedelta(days=chance.choice([0, 0, 0, -2, -5, -16, -30, 3]))
        agreed = NOW.date() - timedelta(days=chance.choice([0, 3, 10, 40, -5]))
        return WeeksWish(
            begins=begins,
            weeks=chance.choice([4, 8, 12]),
            run_days=tuple(sorted(chance.sample(range(7), chance.randint(0, 7)))),
            goal=goal,
            other_days=chance.choice([None, None, (), tuple(sorted(chance.sample(range(7), 3)))]),
            leave_out=tuple(chance.sample(KINDS, chance.choice([0, 0, 0, 1, 3, 10]))),
            most_minutes=chance.choice([None, None, 20, 45, 90]),
            agreed_on=agreed if goal == "return" and chance.random() < 0.7 else None,
            not_on=tuple(NOW.date() + timedelta(days=d) for d in chance.sample(range(14), chance.choice([0, 0, 1, 3]))),
        )

    def history(self) -> History:
        history = fold(self.words)
        return replace(history, runner=self.runner)

    def load(self, now: datetime = NOW) -> LoadHistory:
        return load_history(self.loads, runner=self.runner, history=self.history(), now=now)

    def weeks(self, now: datetime = NOW) -> Weeks:
        history = self.history()
        return self.laid(load_history(self.loads, runner=self.runner, history=history, now=now), history, now)

    def laid(self, load: LoadHistory, history: History, now: datetime = NOW) -> Weeks:
        weeks = weeks_ahead(load, runner=self.runner, history=history, content=CONTENT, rules=RULES, now=now)
        assert weeks is not None
        return weeks
