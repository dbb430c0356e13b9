"""A number as pages show it (templates/parts/fact.html)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One number with its doubt: the band, what it rests on, and why that is no better."""

    term: str
    number: str
    unit: str = ""
    band: str = ""
    grade: str = ""
    why: str = ""
    about: bool = False
    """Said with "about" before it."""
