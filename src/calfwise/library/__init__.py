"""Content as TOML, one file a thing; this module alone loads and checks it.

A file's name is its id. Decoding is strict: a word, a fraction or a stray key is refused with its place. A citation
that sources.toml does not have is our fault and stops everything (`BadContent`).
"""

from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import Struct

from calfwise.errors import BadContent
from calfwise.model.care.anatomy import NoGo, Zone
from calfwise.model.care.content import Content
from calfwise.model.care.signs import Gate, GateRules, Group, Question
from calfwise.model.care.technique import Caps, Technique, Tool

T = TypeVar("T")


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


@cache
def sources() -> dict[str, Source]:
    """The bibliography, by key."""
    return _file("sources.toml", dict[str, Source])


@cache
def constants() -> dict[str, Constant]:
    """The load model's numbers, by name."""
    return _file("constants.toml", dict[str, Constant])


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


def _cited(where: str, keys: Iterable[str]) -> None:
    _known(where, keys, sources())


def _known(where: str, ids: Iterable[str], there: dict[str, Any]) -> None:
    for id_ in ids:
        if id_ not in there:
            raise BadContent(f"{where}: names {id_!r}, which does not exist")
