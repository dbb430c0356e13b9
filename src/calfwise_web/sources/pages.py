"""The library, shaped: what each number is for, its source, and where evidence disagrees with the coach."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from functools import cache

from msgspec.structs import asdict

from calfwise import library
from calfwise.library.shelf import MARKS, RULES, content_on, numbers_on, spread_said
from calfwise.model.care.signs import Question
from calfwise.model.care.technique import Technique

VERDICTS = {
    "agrees": "Evidence agrees",
    "partly": "Partly so",
    "unproven": "Unproven",
    "disagrees": "Evidence disagrees",
}
TONES = {"agrees": "good", "partly": "wait", "unproven": "plain", "disagrees": "stop"}
GATE_SOURCE = "OurRule"


@dataclass(frozen=True, slots=True)
class Cited:
    """A source by its key; "coach's rule" or "our rule" where nobody measured."""

    key: str

    @property
    def words(self) -> str:
        return RULES.get(self.key, self.key)

    @property
    def is_rule(self) -> bool:
        return self.key in RULES


@dataclass(frozen=True, slots=True)
class Number:
    """One number with what it means."""

    name: str
    value: str
    note: str
    sources: tuple[Cited, ...]
    rows: str = ""
    """What was measured for it; nothing where it is a rule."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Numbers that are for one thing."""

    id: str
    title: str
    text: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Honest:
    """What the coach says, and what was found."""

    id: str
    coach: str
    found: str
    so: str
    verdict: str
    tone: str
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """One row of the bibliography."""

    key: str
    citation: str
    doi: str
    took: str
    how_sure: str
    rests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """All of it."""

    honest: tuple[Honest, ...]
    topics: tuple[Topic, ...]
    books: tuple[Book, ...]

    @property
    def found(self) -> int:
        return len(self.honest) + sum(len(topic.numbers) for topic in self.topics) + len(self.books)


def sources_page(wanted: str) -> SourcesPage:
    """Everything, or what holds all the wanted words."""
    words = wanted.casefold().split()
    everything = _everything()
    if not words:
        return everything
    topics = (_narrowed(topic, words) for topic in everything.topics)
    return SourcesPage(
        honest=tuple(said for said in everything.honest if _holds(said, words)),
        topics=tuple(topic for topic in topics if topic.numbers),
        books=tuple(book for book in everything.books if _holds(book, words)),
    )


def _narrowed(topic: Topic, words: Iterable[str]) -> Topic:
    """All of a topic whose own name holds the words, else its numbers that do."""
    if all(word in f"{topic.title} {topic.text}".casefold() for word in words):
        return topic
    return replace(topic, numbers=tuple(number for number in topic.numbers if _holds(number, words)))


def _holds(thing: Number | Honest | Book, words: Iterable[str]) -> bool:
    text = repr(astuple(thing)).casefold()
    return all(word in text for word in words)


@cache
def _everything() -> SourcesPage:
    return SourcesPage(honest=_honest(), topics=(*_model(), *_care()), books=_books())


def _honest() -> tuple[Honest, ...]:
    return tuple(
        Honest(id_, said.coach, said.found, said.so, VERDICTS[said.verdict], TONES[said.verdict], _cited(said.sources))
        for id_, said in library.honest().items()
    )


def _model() -> Iterable[Topic]:
    """The load model's numbers by what they are for."""
    rows = library.constants()
    for id_, topic in library.topics().topics.items():
        numbers = tuple(
            Number(name, spread_said(rows[name]), rows[name].note, _cited(_named(rows[name])), rows[name].rows or "")
            for name in topic.constants
        )
        yield Topic(id_, topic.title, topic.text, numbers)


def _named(row: library.Constant) -> tuple[str, ...]:
    """The constant's source first, then others that its note names."""
    beside = (key for key in library.sources() if key in row.note and key != row.source)
    return (row.source, *beside)


def _care() -> Iterable[Topic]:
    """Doses, limits, thresholds, questions and places."""
    content, told = library.content(), library.topics()
    yield Topic(
        "techniques",
        "What a session does, and for how long",
        "Each technique with its dose, what is known about it, and what is not.",
        tuple(_technique(id_, technique) for id_, technique in content.techniques.items()),
    )
    yield Topic(
        "limits",
        "What no session exceeds",
        "Ours, cautious, reviewed by no clinician yet. A setting can tighten each, never loosen it.",
        _thresholds(told.caps, asdict(content.caps), GATE_SOURCE),
    )
    rules = content.gate.rules
    yield Topic(
        "gate",
        "When somebody else should look first",
        "Thresholds around the questions. Ours, cautious, reviewed by no clinician yet.",
        _thresholds(told.gate, asdict(rules), rules.source),
    )
    yield Topic(
        "questions",
        "The questions before a session",
        "Why each is asked. Reviewed by no clinician yet, unless it says so.",
        tuple(_question(id_, question) for id_, question in content.gate.questions.items()),
    )
    places = [(id_, zone.title, zone.where, zone.sources) for id_, zone in content.zones.items()]
    places += [(id_, f"Not there: {place.title}", place.why, place.sources) for id_, place in content.no_go.items()]
    yield Topic(
        "places",
        "Places on the calf",
        "Where hands may work, and where they stay away.",
        tuple(Number(id_, title, note, _cited(sources)) for id_, title, note, sources in places),
    )


def _technique(id_: str, technique: Technique) -> Number:
    dose, known = technique.dose, technique.evidence
    times = f"{dose.sets} × {dose.seconds} s, {dose.rest_s} s between, at most {dose.effort_nrs} of 10"
    note = f"{known.claim} {known.limits} Strength: {known.strength}."
    return Number(id_, f"{technique.title}: {times}", note, _cited(known.sources))


def _thresholds(words: dict[str, str], values: dict[str, int], source: str) -> tuple[Number, ...]:
    return tuple(Number(name, f"{values[name]}", text, _cited((source,))) for name, text in words.items())


def _question(id_: str, question: Question) -> Number:
    reviewed = "" if question.tag == "PROPOSED" else "Reviewed by a clinician."
    return Number(id_, question.question, f"{question.basis} {reviewed}".strip(), _cited(question.sources))


def _books() -> tuple[Book, ...]:
    return tuple(_book(key) for key in sorted(library.sources(), key=str.casefold))


def _book(key: str) -> Book:
    source = library.sources()[key]
    numbers = [name.replace("_", " ") for name in numbers_on(key)]
    return Book(
        key=key,
        citation=source.citation,
        doi=source.doi or "",
        took=source.took,
        how_sure=f"{source.confidence.capitalize()} confidence; {MARKS[source.mark]}.",
        rests=(*numbers, *(rests.text for rests in content_on(key))),
    )


def _cited(keys: Iterable[str]) -> tuple[Cited, ...]:
    return tuple(Cited(key) for key in keys)
