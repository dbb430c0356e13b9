"""Content as TOML, one file a thing; this module alone loads and checks it.

A file's name is its id. Decoding is strict: a word, a fraction or a stray key is refused with its place. A citation
that sources.toml does not have is our fault and stops everything (`BadContent`).
"""

from collections.abc import Collection, Iterable
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from calfwise.errors import BadContent
from calfwise.model.care.anatomy import NoGo, Zone
from calfwise.model.care.content import Content
from calfwise.model.care.protocol import (
    HabitRules,
    PlayerContent,
    PlayerRules,
    PracticeRules,
    Protocol,
    Routine,
    RoutineItem,
)
from calfwise.model.care.signs import Gate, GateRules, Group, Kind, Question
from calfwise.model.care.technique import Caps, Technique, Tool
from calfwise.model.fix.cause import Cause, CauseRules, LifeQuestion, Reasons
from calfwise.model.fix.causes import LOOKS
from calfwise.model.fix.helped.rules import HelpedRules, Measure
from calfwise.model.fix.ladder import sets_of
from calfwise.model.fix.selftest import SelfTest
from calfwise.model.fix.weeks.rules import WeeksRules
from calfwise.model.fix.working.rules import WorkingRules
from calfwise.model.journal import Country

T = TypeVar("T")
COUNTED = ("raise", "exercise")
"""Words of exercises that go by repetitions."""
MOST_SETS = 12
"""Of one exercise: more is a slip in a ladder."""
GATE_IS_NO_NUMBER = ("version", "source", "tag")


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the bibliography."""

    citation: str
    took: str
    """What we took from it."""
    mark: Literal["read", "secondary", "derived", "rule"]
    confidence: Literal["high", "medium", "low"]
    doi: str | None = None


class Constant(Struct, frozen=True, forbid_unknown_fields=True):
    """One number of the load model."""

    value: float
    unit: str
    source: str
    note: str
    spread: tuple[float, float] | None = None
    rows: str | None = None
    """What was measured for it: rows, people, trials, or studies. `None` for a rule."""


class Honest(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that the coach says, what was found about it, and what calfwise does."""

    coach: str
    found: str
    so: str
    verdict: Literal["agrees", "partly", "unproven", "disagrees"]
    sources: Annotated[tuple[str, ...], Meta(min_length=1)]


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """What some of the load model's numbers are for."""

    title: str
    text: str
    constants: tuple[str, ...]


class Number(Struct, frozen=True, forbid_unknown_fields=True):
    """A telephone number, and how sure we are of it."""

    number: Annotated[str, Meta(pattern=r"^[0-9][0-9 -]*\Z", max_length=20)]
    source: str
    mark: Literal["read", "secondary"]
    page: Annotated[str, Meta(min_length=1)]
    """Where it was read."""

    @property
    def dialled(self) -> str:
        """As a telephone takes it."""
        return "".join(sign for sign in self.number if sign.isdigit())


class UrgentLine(Number, frozen=True, forbid_unknown_fields=True):
    """Somebody medical to ask on the same day, anywhere in the country."""

    name: Annotated[str, Meta(min_length=1)]
    when: Annotated[str, Meta(min_length=1)]


class Helpline(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to call in one country."""

    emergency: Number
    urgent: UrgentLine | None = None


class Helplines(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to call, by country."""

    checked: str
    """When, and on what."""
    countries: dict[Country, Helpline]


class CauseFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked about causes, and how their signs are weighed."""

    rules: CauseRules
    questions: dict[str, LifeQuestion]


class Topics(Struct, frozen=True, forbid_unknown_fields=True):
    """What every number is for, in plain words."""

    topics: dict[str, Topic]
    gate: dict[str, str]
    """A sentence for each threshold of the gate."""
    caps: dict[str, str]
    """And for each limit of a session."""


@cache
def sources() -> dict[str, Source]:
    """The bibliography, by key."""
    return _file("sources.toml", dict[str, Source])


@cache
def constants() -> dict[str, Constant]:
    """The load model's numbers, by name."""
    return _file("constants.toml", dict[str, Constant])


@cache
def honest() -> dict[str, Honest]:
    """Where evidence and the coach part ways, by topic, every citation checked."""
    loaded = _file("honest.toml", dict[str, Honest])
    for name, said in loaded.items():
        _cited(f"honest.toml, {name}", said.sources)
    return loaded


@cache
def topics() -> Topics:
    """What every number is for. Each constant stands under one topic, each threshold has its sentence.

    Raises
    ------
    BadContent
        If one is missing, or named twice or without being there.
    """
    loaded = _file("topics.toml", Topics)
    named = [name for topic in loaded.topics.values() for name in topic.constants]
    rules = [name for name in GateRules.__struct_fields__ if name not in GATE_IS_NO_NUMBER]
    _same("topics", named, constants())
    _same("gate", list(loaded.gate), rules)
    _same("caps", list(loaded.caps), Caps.__struct_fields__)
    return loaded


@cache
def helplines() -> Helplines:
    """Whom to call, by country, every number with its source."""
    loaded = _file("helplines.toml", Helplines)
    for country, lines in loaded.countries.items():
        _cited(f"helplines.toml, {country}", [line.source for line in (lines.emergency, lines.urgent) if line])
    return loaded


@cache
def content() -> Content:
    """Techniques, zones, caps and the gate, every citation checked.

    Raises
    ------
    BadContent
        If a file breaks its own rules: which file, where, what was wanted.
    """
    loaded = Content(
        techniques=_folder("techniques", Technique),
        tools=_file("tools.toml", dict[str, Tool]),
        zones=dict(sorted(_folder("zones", Zone).items(), key=lambda item: item[1].order)),
        no_go=_folder("no_go", NoGo),
        caps=_file("caps.toml", Caps),
        gate=gate(),
    )
    _check(loaded)
    return loaded


@cache
def gate() -> Gate:
    """The gate's questions in the order in which they are asked, their groups and thresholds."""
    questions = dict(sorted(_folder("signs", Question).items(), key=lambda item: item[1].order))
    groups = _file("groups.toml", dict[str, Group])
    for id_, question in questions.items():
        if question.group not in groups:
            raise BadContent(f"signs/{id_}.toml: wanted a group of groups.toml, got {question.group!r}")
    return Gate(questions, groups, _file("gate.toml", GateRules))


@cache
def player() -> PlayerContent:
    """The guided session's times, words and reasons to stop, and the exercises of quiet days, all checked."""
    loaded = PlayerContent(
        care=content(),
        rules=_file("player.toml", PlayerRules),
        habit=_file("habit.toml", HabitRules),
        protocols=_in_order(_folder("protocols", Protocol)),
        routines=_in_order(_folder("routines", Routine)),
        practice=_file("practice.toml", PracticeRules),
    )
    _cited("player.toml", [loaded.rules.source])
    _cited("habit.toml", [loaded.habit.source])
    _check_exercises(loaded)
    _check_routines(loaded)
    _known("player.toml, asks_at_end", loaded.rules.asks_at_end, loaded.care.gate.groups)
    for id_, reason in loaded.rules.reasons.items():
        _known(f"player.toml, {id_}", (*reason.raises, *reason.asks), loaded.care.gate.of_kind(Kind.SIGN))
    return loaded


@cache
def reasons() -> Reasons:
    """Possible causes in their order, what is asked about them, their tests' errors, how signs are weighed; checked."""
    told = _file("causes.toml", CauseFile)
    causes = dict(sorted(_folder("causes", Cause).items(), key=lambda item: item[1].order))
    _cited("causes.toml", [told.rules.source])
    for id_, cause in causes.items():
        _cited(f"causes/{id_}.toml", cause.sources)
        _known(f"causes/{id_}.toml", cause.asks, told.questions)
        _known(f"causes/{id_}.toml", [id_], LOOKS)
    _known("causes/", LOOKS, causes)
    errors = {id_: test.error.value for id_, test in self_tests().items()}
    for id_, cause in causes.items():
        _known(f"causes/{id_}.toml", cause.tests, errors)
    return Reasons(causes, dict(sorted(told.questions.items(), key=lambda item: item[1].order)), told.rules, errors)


@cache
def helped() -> HelpedRules:
    """How what helped is worked out from a runner's own sessions, checked."""
    loaded = _file("helped.toml", HelpedRules)
    _cited("helped.toml", (loaded.source, loaded.leaning.source))
    _known("helped.toml, measures", list(Measure), {measure.value: 1 for measure in loaded.measures})
    _known("helped.toml, marks", ("better", "same", "worse", "bruised"), loaded.marks)
    prior = loaded.prior
    for name, values, weights in (
        ("differ", prior.differ, prior.differ_weight),
        ("together", prior.together, prior.together_weight),
    ):
        if len(values) != len(weights) or not values:
            raise BadContent(f"helped.toml, prior: wanted as many weights as {name} has values")
    return loaded


def working() -> WorkingRules:
    """When sessions per 100 km say something."""
    rules = _file("working.toml", WorkingRules)
    _cited("working.toml", [rules.source, rules.aim, rules.sore_source])
    return rules


@cache
def self_tests() -> dict[str, SelfTest]:
    """Self-tests in their order, every citation checked."""
    tests = dict(sorted(_folder("selftests", SelfTest).items(), key=lambda item: item[1].order))
    for id_, test in tests.items():
        keys = (test.error.source, test.asymmetry.source, test.retest_source, *(norm.source for norm in test.norms))
        _cited(f"selftests/{id_}.toml", (*test.sources, *keys))
        if (test.unit == "look") != bool(test.looks) or (test.looks and len(test.looks) != test.most):
            raise BadContent(f"selftests/{id_}.toml: wanted as many looks as the result can count")
    return tests


@cache
def weeks() -> WeeksRules:
    """The rules of the weeks ahead, every citation checked."""
    rules = _file("weeks.toml", WeeksRules)
    _cited("weeks.toml", rules.cited)
    return rules


Ordered = TypeVar("Ordered", Protocol, Routine)


def _in_order(things: dict[str, Ordered]) -> dict[str, Ordered]:
    return dict(sorted(things.items(), key=lambda item: item[1].order))


def _folder(name: str, kind: type[T]) -> dict[str, T]:
    """Every TOML file of a folder, by its name."""
    files = sorted((f for f in _root().joinpath(name).iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return {file.name.removesuffix(".toml"): _decoded(file, f"{name}/{file.name}", kind) for file in files}


def _file(name: str, kind: type[T]) -> T:
    return _decoded(_root().joinpath(name), name, kind)


def _root() -> Traversable:
    return resources.files(__name__)


def _decoded(file: Traversable, name: str, kind: type[T]) -> T:
    try:
        return msgspec.toml.decode(file.read_bytes(), type=kind)
    except (msgspec.DecodeError, ValueError) as error:
        raise BadContent(f"{name}: {error}") from error


def _check(loaded: Content) -> None:
    """Citations exist, and content names only content that is there."""
    _cited("gate.toml", [loaded.gate.rules.source])
    for id_, question in loaded.gate.questions.items():
        _cited(f"signs/{id_}.toml", question.sources)
    for id_, zone in loaded.zones.items():
        _cited(f"zones/{id_}.toml", zone.sources)
        _known(f"zones/{id_}.toml", zone.techniques, loaded.techniques)
    for id_, place in loaded.no_go.items():
        _cited(f"no_go/{id_}.toml", place.sources)
    for id_, technique in loaded.techniques.items():
        _cited(f"techniques/{id_}.toml", technique.evidence.sources)
        _known(f"techniques/{id_}.toml", [way.tool for way in technique.ways], loaded.tools)
    for name, constant in constants().items():
        _cited(f"constants.toml, {name}", [constant.source])


def _check_exercises(loaded: PlayerContent) -> None:
    """Each has its words, its tempo or its time, and sources for what it claims and asks."""
    for id_, protocol in loaded.protocols.items():
        where, (low_bw_s, high_bw_s) = f"protocols/{id_}.toml", protocol.asks.spread_bw_s
        _cited(where, (*protocol.evidence.sources, protocol.asks.source))
        words = (f"{protocol.words}-ready", f"{protocol.words}-work", f"{protocol.rest}-rest")
        _known(where, words, loaded.rules.words)
        if (protocol.tempo_s is not None) != (protocol.words in COUNTED):
            raise BadContent(f"{where}: wanted a tempo where repetitions are counted, and only there")
        if not low_bw_s <= protocol.asks.impulse_bw_s <= high_bw_s:
            raise BadContent(f"{where}: asks for {protocol.asks.impulse_bw_s} BW s, which is not within its spread")


def _check_routines(loaded: PlayerContent) -> None:
    """Each names exercises that are there, as sets or as a ladder, and every exercise has its place."""
    rules, used = loaded.practice, set(loaded.habit.exercises)
    for id_, routine in loaded.routines.items():
        where = f"routines/{id_}.toml"
        _cited(where, routine.evidence.sources)
        for item in (item for level in routine.levels for item in level.items):
            _known(where, [item.protocol], loaded.protocols)
            _check_item(where, item, loaded.protocols[item.protocol], is_warm_up=routine.kind == "warm-up")
            used.add(item.protocol)
    _cited("practice.toml", [rules.source, rules.raised_source])
    _known("practice.toml", [*rules.return_closes, *rules.rests_with], loaded.routines)
    _known("habit.toml", loaded.habit.exercises, loaded.protocols)
    _known("habit.toml", loaded.habit.rests_with, loaded.routines)
    idle = sorted(set(loaded.protocols) - used)
    if idle:
        raise BadContent(f"protocols: no routine has {', '.join(idle)}")


def _check_item(where: str, item: RoutineItem, protocol: Protocol, *, is_warm_up: bool) -> None:
    if bool(item.sets) == (item.ladder is not None):
        raise BadContent(f"{where}, {item.protocol}: wanted sets or a ladder, one of the two")
    if item.ladder is not None and protocol.tempo_s is None:
        raise BadContent(f"{where}, {item.protocol}: a ladder counts repetitions, and this goes by time")
    if len(item.sets if item.ladder is None else sets_of(item.ladder)) > MOST_SETS:
        raise BadContent(f"{where}, {item.protocol}: wanted at most {MOST_SETS} sets")
    if (item.beat is not None) != (protocol.words == "beat"):
        raise BadContent(f"{where}, {item.protocol}: wanted a beat where one runs to it, and only there")
    if (item.part is not None) != is_warm_up:
        raise BadContent(f"{where}, {item.protocol}: wanted its part of the warm-up, and of nothing else")


def _same(table: str, named: list[str], there: Collection[str]) -> None:
    odd = sorted(set(named) ^ set(there)) or sorted(name for name in set(named) if named.count(name) > 1)
    if odd:
        raise BadContent(f"topics.toml, {table}: wanted every number once, look at {', '.join(odd)}")


def _cited(where: str, keys: Iterable[str]) -> None:
    _known(where, keys, sources())


def _known(where: str, ids: Iterable[str], there: dict[str, Any]) -> None:
    for id_ in ids:
        if id_ not in there:
            raise BadContent(f"{where}: names {id_!r}, which does not exist")
