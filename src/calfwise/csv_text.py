"""Text as a cell of a table that a spreadsheet may open."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")
"""A cell of text that begins so would be computed, not shown."""


def safe_cell(text: str) -> str:
    """The text, quoted where a spreadsheet would compute it.

    >>> safe_cell("=1+1"), safe_cell("Sunday long")
    ("'=1+1", 'Sunday long')
    """
    return f"'{text}" if text.startswith(FORMULA) else text
