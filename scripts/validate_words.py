"""How the validation pages are written: tables, paragraphs, and figures that read alike everywhere."""

import re
import textwrap
from collections.abc import Iterable, Sequence

import numpy as np

LINE_LENGTH = 118
LINES_HERE = "LINES-HERE"
"""Where lines stand that are not broken: one comparison, one line."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, all columns but the first to the right."""
    lines = [head, [":--", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines)


def page(text: str, lines: Sequence[str]) -> str:
    """A whole page: paragraphs broken, `LINES_HERE` in turn replaced by lists of long lines, percents set apart."""
    whole = filled(text.rstrip())
    for of_one_place in lines:
        whole = whole.replace(LINES_HERE, of_one_place, 1)
    return re.sub(r"(?<=\d)%", " %", whole) + "\n"


def filled(text: str) -> str:
    """Paragraphs and list items broken at our line length; headings and tables as they are."""
    blocks = re.split(r"\n(?=- )|(\n\n)", text)
    wrapped = []
    for block in blocks:
        if not block or block.startswith(("|", "#", "\n\n", LINES_HERE)):
            wrapped.append(block or "\n")
            continue
        indent = "  " if block.startswith("- ") else ""
        words = " ".join(block.split())
        wrapped.append(
            textwrap.fill(words, LINE_LENGTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        )
    return "".join(wrapped)


def spread(values: Sequence[float]) -> str:
    """Mean and standard deviation."""
    return f"{np.mean(values):.2f} ± {np.std(values, ddof=1):.2f}"


def times(width: float, digits: int = 2) -> str:
    """A band's half width, times or divided by."""
    return f"×/÷{width:.{digits}f}"
