"""Text on the terminal: wrapped where one reads comfortably, never padded, plain when it is piped."""

import shutil
import textwrap

import click

from calfwise.library.shelf import RULES

WIDEST = 92
"""A line longer than this is tiring to read. [characters]"""


def width() -> int:
    """How wide lines may be here."""
    return min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)


def say(text: str, *, indent: int = 0, first: str = "", bold: bool = False, dim: bool = False) -> None:
    """A paragraph, wrapped; `first` stands before its first line, and the others hang under it."""
    lead = " " * indent
    lines = textwrap.wrap(
        text, width(), initial_indent=lead + first, subsequent_indent=lead + " " * len(first), break_long_words=False
    )
    for line in lines:
        click.echo(click.style(line, bold=bold or None, dim=dim or None))


def gap() -> None:
    """An empty line."""
    click.echo()


def keys(sources: tuple[str, ...]) -> str:
    """Source keys as one can look them up; rules of ours say so.

    >>> keys(("Frandsen2025", "CoachRule"))
    " [Frandsen2025, coach's rule]"
    """
    return f" [{', '.join(RULES.get(key, key) for key in sources)}]" if sources else ""


def small(text: str) -> str:
    """A title inside a sentence."""
    return text[:1].lower() + text[1:]
