"""Where a sentence comes from."""

from collections.abc import Iterable
from dataclasses import dataclass

from calfwise import library
from calfwise.library.shelf import RULES


@dataclass(frozen=True, slots=True)
class Source:
    """One source of a sentence."""

    key: str
    took: str
    rule: str
    """"coach's rule" or "our rule", where nobody measured it."""


def sources_of(keys: Iterable[str]) -> tuple[Source, ...]:
    shelf = library.sources()
    return tuple(Source(key, shelf[key].took, RULES.get(key, "")) for key in keys)
