"""Words and numbers as people say them: units, dates, durations. Registered as builtins for every template."""

from datetime import date, datetime

from django import template

register = template.Library()


@register.filter
def said(day: date | datetime | None) -> str:
    """A day as people say it, with its year.

    >>> said(date(2026, 5, 3))
    '3 May 2026'
    """
    return "" if day is None else f"{day.day} {day:%B %Y}"


@register.filter
def weekday_said(day: date | datetime | None) -> str:
    """A day with its name.

    >>> weekday_said(date(2026, 5, 3))
    'Sunday, 3 May 2026'
    """
    return "" if day is None else f"{day:%A}, {said(day)}"


@register.filter
def counted(count: int | None, words: str) -> str:
    """A number with its noun: "1 run", "1,200 runs".

    >>> counted(1, "run,runs"), counted(1200, "run,runs")
    ('1 run', '1,200 runs')
    """
    one, _, many = words.partition(",")
    return "" if count is None else f"{count:,} {one if count == 1 else many}"


@register.filter
def bytes_said(size: int | None) -> str:
    """Bytes as people say them.

    >>> bytes_said(512), bytes_said(3_400_000), bytes_said(2_147_483_648)
    ('1 kB', '3.4 MB', '2.1 GB')
    """
    if size is None:
        return ""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000)):,} kB"
    return f"{size / 1e6:.1f} MB" if size < 1e9 else f"{size / 1e9:.1f} GB"


@register.filter
def asked(address: str, query: str) -> str:
    """An address with what is asked of it.

    >>> asked("/load/", "by=all"), asked("/load/", "")
    ('/load/?by=all', '/load/')
    """
    return f"{address}?{query}" if query else address
