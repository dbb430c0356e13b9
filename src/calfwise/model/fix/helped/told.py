"""What helped, as it is told: each technique, tool, place and routine with its interval, or too early to say."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from calfwise.model.constants import NORMAL_90
from calfwise.model.fix.helped.pooled import MEAN, Estimate, Level, Pooled, Rated, pooled
from calfwise.model.fix.helped.rules import HelpedRules, Measure
from calfwise.model.fix.helped.touched import Touched, touched
from calfwise.model.journal import History


class Kind(StrEnum):
    """What is compared with its like."""

    TECHNIQUE = "technique"
    TOOL = "tool"
    SPOT = "spot"
    FIX = "fix"


HERE = "here"
"""One technique at one zone, beyond what it does elsewhere."""
COMPARED = (Kind.TECHNIQUE, Kind.TOOL, Kind.SPOT)


class Interval(Struct, frozen=True):
    """A mean with its 90 % interval; more is quieter."""

    mean: float
    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


class Felt(Struct, frozen=True):
    """One measure of one thing."""

    measure: Measure
    sessions: int
    """In which it was rated."""
    others: int
    """Sessions in which something else of its kind was rated; for routines, those without."""
    change: Interval | None
    """Had all of these sessions been done that way; for routines, sessions with it less those without. `None`: too
    early to say."""
    ahead: Interval | None
    """Of the others of its kind; `None`: too early to say, or nothing to compare with."""


class Helpful(Struct, frozen=True):
    """One technique, tool, place or routine."""

    kind: Kind
    id: str
    """Of the library; a place as "left:medial-upper"."""
    sessions: int
    """In which it was used, rated or not; for routines, before which it was done."""
    felt: tuple[Felt, ...]
    """In the order of `Measure`; those that were never rated are left out."""

    def of(self, measure: Measure) -> Felt | None:
        return next((felt for felt in self.felt if felt.measure is measure), None)


class Helped(Struct, frozen=True):
    """All of it."""

    first: date | None
    """The day of the first session that counts."""
    sessions: int
    """That count."""
    lines: tuple[Helpful, ...]
    """Kinds in their order; in each, the one with the most sessions first."""

    def kind(self, kind: Kind) -> tuple[Helpful, ...]:
        return tuple(line for line in self.lines if line.kind is kind)


def helped(history: History, *, rules: HelpedRules, now: datetime) -> Helped:
    """What felt quieter afterwards, this runner's own sessions compared with each other.

    Parameters
    ----------
    history
        Of the runner.
    rules
        The model's numbers.
    now
        Aware.

    Returns
    -------
    Helped
        Differences between what was done, never between something and nothing: spots are looked after when they are at
        their worst, and would mostly be quieter later anyway.
    """
    seen = touched(history, rules=rules, now=now)
    models = {measure: model for measure in Measure if (model := model_of(seen, measure, rules))}
    lines = [
        Helpful(kind, id_, len(its), tuple(felt for model in models.values() if (felt := model.felt(kind, id_))))
        for kind, own in sessions_of(seen).items()
        for id_, its in sorted(own.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    return Helped(
        first=seen[0].at.astimezone(now.tzinfo).date() if seen else None,
        sessions=len({one.session for one in seen}),
        lines=tuple(lines),
    )


class Modelled:
    """One measure's ratings, pooled: what one way would have felt like, all else as it was."""

    def __init__(self, seen: Sequence[Touched], measure: Measure, rules: HelpedRules) -> None:
        self.measure, self.rules, self.own = measure, rules, rules.measures[measure]
        self.rows = [one for one in seen if one.of(measure) is not None]
        self.ratings = [_rated(one, measure) for one in self.rows]
        techniques = {one.technique for one in self.rows}
        zones = {one.spot.zone for one in self.rows}
        also = [(HERE, here(technique, zone)) for technique in techniques for zone in zones]
        self.pooled: Pooled = pooled(
            self.ratings,
            scatter=self.own.scatter,
            prior=rules.prior,
            also=also if len(techniques) > 1 and len(zones) > 1 else (),
        )
        self.zone_shares = _shares(one.spot.zone for one in self.rows)
        self.sessions = sessions_of(self.rows)
        self.evenings = {one.session for one in self.rows}
        self.shares = {kind: _shares(_id_of(kind, one) for one in self.rows) for kind in COMPARED}

    def amounts(self, kind: Kind, id_: str) -> dict[Level, float]:
        """What to sum for one of a kind, all else in the shares in which it was."""
        shares = {other: self.shares[other] for other in COMPARED} | {kind: {id_: 1.0}}
        amounts = {(other.value, name): share for other, own in shares.items() for name, share in own.items()}
        zones = {id_.partition(":")[2]: 1.0} if kind is Kind.SPOT else self.zone_shares
        pairs = {
            (HERE, here(technique, zone)): share * of_zone
            for technique, share in shares[Kind.TECHNIQUE].items()
            for zone, of_zone in zones.items()
        }
        return {(MEAN, ""): 1.0} | amounts | pairs

    def at(self, technique: str, zone: str) -> Estimate:
        """A technique at a zone, either leg, all else as it was."""
        spots = {name: share for name, share in self.shares[Kind.SPOT].items() if name.partition(":")[2] == zone}
        total = sum(spots.values())
        shares = {name: share / total for name, share in spots.items()} if total else self.shares[Kind.SPOT]
        amounts = {(MEAN, ""): 1.0, (Kind.TECHNIQUE.value, technique): 1.0, (HERE, here(technique, zone)): 1.0}
        amounts |= {(Kind.SPOT.value, name): share for name, share in shares.items()}
        amounts |= {(Kind.TOOL.value, name): share for name, share in self.shares[Kind.TOOL].items()}
        return self.pooled.of(amounts)

    def change(self, kind: Kind, id_: str) -> Interval:
        if kind is Kind.FIX:
            return interval(self.pooled.of({(kind.value, id_): 1.0}), self.rules)
        return interval(self.pooled.of(self.amounts(kind, id_)), self.rules)

    def ahead(self, kind: Kind, id_: str) -> Interval | None:
        """Of the others of its kind, in their shares."""
        others = {name: share for name, share in self.shares.get(kind, {}).items() if name != id_}
        if not others:
            return None
        total = sum(others.values())
        amounts = dict(self.amounts(kind, id_))
        for name, share in others.items():
            for level, amount in self.amounts(kind, name).items():
                amounts[level] = amounts.get(level, 0.0) - amount * share / total
        return interval(self.pooled.of(amounts), self.rules)

    def felt(self, kind: Kind, id_: str) -> Felt | None:
        its = self.sessions[kind].get(id_)
        if not its:
            return None
        others = self.evenings - its if kind is Kind.FIX else self._with_others(kind, id_)
        enough = len(its) >= self.rules.fewest_sessions
        if kind is Kind.FIX:
            enough = enough and len(others) >= self.rules.fewest_sessions
        change = self.change(kind, id_) if enough else None
        told = change is not None and change.width <= self.own.widest
        ahead = self.ahead(kind, id_) if told and len(others) >= self.rules.fewest_sessions else None
        return Felt(self.measure, len(its), len(others), change if told else None, ahead)

    def _with_others(self, kind: Kind, id_: str) -> set[int]:
        return set().union(*(its for other, its in self.sessions[kind].items() if other != id_))


def model_of(seen: Sequence[Touched], measure: Measure, rules: HelpedRules) -> Modelled | None:
    """One measure; `None` where nobody rated anything."""
    return Modelled(seen, measure, rules) if any(one.of(measure) is not None for one in seen) else None


def here(technique: str, zone: str) -> str:
    """One technique at one zone, as a level's name."""
    return f"{technique}@{zone}"


def interval(estimate: Estimate, rules: HelpedRules) -> Interval:
    """The middle 90 %, widened as the rules say."""
    half = NORMAL_90 * rules.widened * estimate.sd
    return Interval(estimate.mean, estimate.mean - half, estimate.mean + half)


def _rated(one: Touched, measure: Measure) -> Rated:
    value, begun = one.of(measure), one.begun_nrs(measure)
    assert value is not None, "only what was rated"
    levels = (*((kind.value, _id_of(kind, one)) for kind in COMPARED), (HERE, here(one.technique, one.spot.zone)))
    return Rated(value, None if begun is None else float(begun), one.session, levels, one.fixes)


def _id_of(kind: Kind, one: Touched) -> str:
    return {Kind.TECHNIQUE: one.technique, Kind.TOOL: one.tool, Kind.SPOT: str(one.spot)}[kind]


def sessions_of(seen: Iterable[Touched]) -> dict[Kind, dict[str, set[int]]]:
    """In which sessions each technique, tool and place was; before which each routine was done."""
    found: dict[Kind, dict[str, set[int]]] = {kind: {} for kind in Kind}
    for one in seen:
        for kind in Kind:
            for id_ in one.fixes if kind is Kind.FIX else (_id_of(kind, one),):
                found[kind].setdefault(id_, set()).add(one.session)
    return found


def _shares(names: Iterable[str]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for name in names:
        counts[name] = counts.get(name, 0.0) + 1.0
    total = sum(counts.values())
    return {name: count / total for name, count in counts.items()}
