"""Made runners whose true differences between techniques, tools and spots are known, to hold what helped against."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import erf, sqrt
from random import Random

from calfwise import library
from calfwise.model.care.leant import technique_leant
from calfwise.model.fix.helped.leaning import leaning_from
from calfwise.model.fix.helped.rules import HelpedRules, Measure
from calfwise.model.fix.helped.told import Kind, Modelled, model_of
from calfwise.model.fix.helped.touched import Touched
from calfwise.model.run import Side
from calfwise.model.session import Spot

TECHNIQUES = {"press-and-hold": 7, "cross-strokes": 5, "long-strokes": 10}
"""Up to how tender a spot may be for each, as in the library. [NRS]"""
TOOLS = ("thumbs", "ball", "roller")
ZONES = ("medial-upper", "medial-middle", "lateral-middle", "soleus-medial")
SPOTS = tuple(Spot(side, zone) for zone in ZONES for side in (Side.LEFT, Side.RIGHT))
BEGAN = datetime(2026, 1, 1, 18, tzinfo=UTC)
RATING_SD_NRS = 0.8
"""Of saying a number for the same tenderness twice."""
STEPS = (-1.5, -0.6, 0.5)
"""Where a morning turns from bruised to worse, to the same, to better."""


@dataclass(frozen=True, slots=True)
class World:
    """How much things differ, in truth. [NRS]"""

    name: str
    techniques: float
    tools: float
    spots: float
    pairs: float
    """One technique from place to place."""
    evenings: float = 0.5
    noise: float = 0.7


WORLDS = (
    World("nothing differs", 0.0, 0.0, 0.0, 0.0),
    World("only places differ", 0.0, 0.0, 0.5, 0.0),
    World("techniques differ a little", 0.25, 0.15, 0.3, 0.15),
    World("techniques differ much", 0.8, 0.4, 0.5, 0.4),
    World("much, and noisy evenings", 0.8, 0.4, 0.5, 0.4, 1.0, 1.2),
)


@dataclass(slots=True)
class Runner:
    """One made runner: what is true, and what was said."""

    world: World
    random: Random
    leans: bool
    """Chooses by what helped so far, as the plan does; otherwise each technique in turn."""
    rules: HelpedRules
    mean_nrs: float = field(init=False)
    slope: float = field(init=False)
    effects: dict[str, float] = field(init=False)
    rows: list["Row"] = field(default_factory=list)

    def __post_init__(self) -> None:
        world, draw = self.world, self.random.gauss
        self.mean_nrs, self.slope = self.random.uniform(0.0, 2.0), self.random.uniform(0.0, 0.4)
        self.effects = {name: draw(0, world.techniques) for name in TECHNIQUES}
        self.effects |= {name: draw(0, world.tools) for name in TOOLS}
        self.effects |= {str(spot): draw(0, world.spots) for spot in SPOTS}
        self.effects |= {f"{name}@{zone}": draw(0, world.pairs) for name in TECHNIQUES for zone in ZONES}

    def live(self, sessions: int) -> None:
        """So many evenings: the two worst spots of some are looked after."""
        own = self.random.sample(SPOTS, self.random.randint(2, 5))
        for number in range(sessions):
            felt = {spot: self.random.gauss(4.5, 1.6) for spot in own}
            rated = {spot: _said(nrs + self.random.gauss(0, RATING_SD_NRS)) for spot, nrs in felt.items()}
            evening = self.random.gauss(0, self.world.evenings)
            for spot in sorted(rated, key=lambda spot: -rated[spot])[:2]:
                technique = self._technique(spot, rated[spot], number)
                tool = "thumbs" if rated[spot] >= 6 else self.random.choice(TOOLS)
                row = Row(number, spot, technique, tool, felt[spot], rated[spot])
                self.rows.append(row)
                row.after = _said(self._later(row, technique, tool, spot) + evening + self._noise())
                quieter = self._quieter(row, technique, tool, spot)
                row.morning = _step(0.4 * (quieter - 0.5) + self.random.gauss(0, 0.8) + 0.3 * evening)
                row.rated = self.random.random() < 0.8

    def _noise(self) -> float:
        return self.random.gauss(0, self.world.noise)

    def _technique(self, spot: Spot, nrs: int, number: int) -> str:
        allowed = [name for name, up_to in TECHNIQUES.items() if nrs <= up_to]
        used = {name: sum(row.technique == name for row in self.rows) for name in allowed}
        least = min(allowed, key=lambda name: used[name])
        if not self.leans or number < 6 or number % self.rules.leaning.try_every == 0:
            return least
        model = model_of(self.seen(), Measure.AFTER, self.rules) if number % 5 == 0 or self._model is None else None
        self._model = model or self._model
        if self._model is None:
            return allowed[0]
        at = {name: self._model.at(name, spot.zone).mean for name in allowed}
        return max(allowed, key=lambda name: at[name])

    _model: Modelled | None = None

    def _quieter(self, row: "Row", technique: str, tool: str, spot: Spot) -> float:
        """In truth, before anybody says a number. [NRS]"""
        of = self.effects
        both = of[technique] + of[tool] + of[str(spot)] + of[f"{technique}@{spot.zone}"]
        return self.mean_nrs + self.slope * (row.felt - 4.5) + both

    def _later(self, row: "Row", technique: str, tool: str, spot: Spot) -> float:
        return row.felt - self._quieter(row, technique, tool, spot)

    def seen(self) -> tuple[Touched, ...]:
        """As the model reads it."""
        return tuple(row.touched for row in self.rows)

    def truth(self, measure: Measure, kind: Kind, id_: str) -> float:
        """The mean that was to be expected, had all rated rows been done that way."""
        rows = [row for row in self.rows if row.touched.of(measure) is not None]
        return sum(self._expected(row, measure, kind, id_) for row in rows) / len(rows)

    def _expected(self, row: "Row", measure: Measure, kind: Kind, id_: str) -> float:
        technique = id_ if kind is Kind.TECHNIQUE else row.technique
        tool = id_ if kind is Kind.TOOL else row.tool
        spot = next(spot for spot in SPOTS if str(spot) == id_) if kind is Kind.SPOT else row.spot
        evening_sd = self.world.evenings
        if measure is Measure.AFTER:
            sd = sqrt(evening_sd**2 + self.world.noise**2)
            return row.said - _expected_rating(self._later(row, technique, tool, spot), sd)
        step = 0.4 * (self._quieter(row, technique, tool, spot) - 0.5)
        sd = sqrt(0.8**2 + (0.3 * evening_sd) ** 2)
        return 1.0 - sum(_normal((edge - step) / sd) for edge in STEPS)


@dataclass(slots=True)
class Row:
    """One spot in one session."""

    number: int
    spot: Spot
    technique: str
    tool: str
    felt: float
    """In truth. [NRS]"""
    said: int
    after: int = 0
    morning: int = 0
    rated: bool = True

    @property
    def touched(self) -> Touched:
        return Touched(
            session=self.number,
            at=BEGAN + timedelta(days=self.number),
            spot=self.spot,
            technique=self.technique,
            tool=self.tool,
            before_nrs=self.said,
            after=float(self.said - self.after) if self.rated else None,
            morning=float(self.morning),
            walking_before_nrs=None,
            walking=None,
            fixes=(),
        )


def _said(nrs: float) -> int:
    return min(10, max(0, round(nrs)))


def _step(latent: float) -> int:
    return 1 - sum(latent < edge for edge in STEPS)


def _normal(z: float) -> float:
    return (1 + erf(z / sqrt(2))) / 2


def _expected_rating(mean: float, sd: float) -> float:
    return sum(1 - _normal((k + 0.5 - mean) / sd) for k in range(10))


@dataclass(frozen=True, slots=True)
class Found:
    """One estimate beside its truth."""

    measure: Measure
    kind: Kind
    mean: float
    low: float
    high: float
    truth: float
    plain: float
    """The plain mean of its own ratings."""
    sessions: int
    told: bool
    best: bool
    """The best-looking technique of those told."""


def runners(world: World, *, sessions: int, count: int, leans: bool, rules: HelpedRules, seed: int) -> Iterator[Runner]:
    """Always the same ones."""
    for number in range(count):
        runner = Runner(world, Random(f"{seed}:{world.name}:{sessions}:{leans}:{number}"), leans, rules)
        runner.live(sessions)
        yield runner


def found(runner: Runner, *, measures: Sequence[Measure] = (Measure.AFTER, Measure.MORNING)) -> Iterator[Found]:
    """Every technique, tool and spot of a runner: what is estimated, and what is true."""
    for measure in measures:
        model = model_of(runner.seen(), measure, runner.rules)
        if model is None:
            continue
        for kind, names in model.shares.items():
            all_ = [_one(runner, model, kind, id_) for id_ in names]
            told = [one for one in all_ if one.told]
            best = max(told, key=lambda one: one.mean) if len(told) > 1 else None
            yield from (_as_best(one) if one is best else one for one in all_)


def leans(runner: Runner) -> Iterator[tuple[str, float]]:
    """What a plan would put first at each place of a runner's instead of press and hold, and its true lead. [NRS]"""
    content = library.content()
    sessions = len({row.number for row in runner.rows})
    leaning = leaning_from(runner.seen(), sessions=sessions, content=content, rules=runner.rules)
    for zone in sorted({row.spot.zone for row in runner.rows}):
        fitting = [id_ for id_ in content.zones[zone].techniques if id_ in TECHNIQUES]
        leant = technique_leant(fitting, leaning=leaning, zone=zone, content=content, tries=False)
        lead = [runner.effects[id_] + runner.effects[f"{id_}@{zone}"] for id_ in (leant.id, fitting[0])]
        yield leant.id if leant.id != fitting[0] else "", lead[0] - lead[1]


def _as_best(one: Found) -> Found:
    return Found(**{name: getattr(one, name) for name in Found.__slots__} | {"best": True})


def _one(runner: Runner, model: Modelled, kind: Kind, id_: str) -> Found:
    own: Callable[[Touched], bool] = {
        Kind.TECHNIQUE: lambda one: one.technique == id_,
        Kind.TOOL: lambda one: one.tool == id_,
        Kind.SPOT: lambda one: str(one.spot) == id_,
    }[kind]
    values = [value for one in model.rows if own(one) and (value := one.of(model.measure)) is not None]
    change, felt = model.change(kind, id_), model.felt(kind, id_)
    assert felt is not None, "it was rated"
    return Found(
        measure=model.measure,
        kind=kind,
        mean=change.mean,
        low=change.low,
        high=change.high,
        truth=runner.truth(model.measure, kind, id_),
        plain=sum(values) / len(values),
        sessions=felt.sessions,
        told=felt.change is not None,
        best=False,
    )
