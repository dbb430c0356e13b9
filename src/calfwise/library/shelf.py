"""What rests on each source: numbers and content, as the terminal and the web page both tell it."""

from collections.abc import Iterator
from typing import NamedTuple

from calfwise import library
from calfwise.library import Constant

RULES = {"CoachRule": "coach's rule", "OurRule": "our rule"}
"""What stands for a source where nobody measured it, and how it is called."""
MARKS = {
    "read": "the figure stands in the paper itself",
    "secondary": "read where others report it",
    "derived": "our arithmetic on published figures or open data",
    "rule": "a rule of ours; nobody measured it",
}
"""How we came by what we took."""


class Rests(NamedTuple):
    """Something that rests on sources."""

    text: str
    sources: tuple[str, ...]


def numbers_on(key: str) -> dict[str, Constant]:
    """The load model's numbers that rest on a source or name it."""
    return {name: row for name, row in library.constants().items() if row.source == key or key in row.note}


def content_on(key: str) -> list[Rests]:
    """Content that rests on a source."""
    return [rests for rests in content() if key in rests.sources]


def content() -> Iterator[Rests]:
    """Everything but the numbers, with its sources."""
    loaded = library.content()
    for technique in loaded.techniques.values():
        yield Rests(f"technique {technique.title}: {technique.evidence.claim}", technique.evidence.sources)
    for zone in loaded.zones.values():
        yield Rests(f"place {zone.title}", zone.sources)
    for place in loaded.no_go.values():
        yield Rests(f"never there: {place.title}", place.sources)
    for question in loaded.gate.questions.values():
        yield Rests(f"question ({question.tag}): {question.question}", question.sources)
    for said in library.honest().values():
        yield Rests(f"where the coach says: {said.coach}", said.sources)
    for test in library.self_tests().values():
        yield Rests(f"self-test {test.title}: {test.error.text}", test.sources)
    for (number, source), where in _numbers_to_call().items():
        yield Rests(f"whom to call: {number} ({', '.join(where)})", (source,))


def _numbers_to_call() -> dict[tuple[str, str], list[str]]:
    """Every number with its source, and the countries it is for."""
    found: dict[tuple[str, str], list[str]] = {}
    for country, lines in library.helplines().countries.items():
        for line in (lines.emergency, lines.urgent):
            if line is not None:
                found.setdefault((line.number, line.source), []).append(country)
    return found


def spread_said(row: Constant) -> str:
    """A number with its unit and how far it may be off.

    >>> spread_said(library.constants()["achilles_per_grf"])
    '2.4, from 2 to 2.8'
    """
    unit = "" if row.unit == "1" else f" {row.unit}"
    spread = f", from {row.spread[0]:g} to {row.spread[1]:g}" if row.spread else ""
    return f"{row.value:g}{unit}{spread}"
