"""Words for causes: in a line, on a mark, and how sure anybody is."""

from datetime import date

from calfwise import library
from calfwise.model.fix.cause import Ranked, Side, Standing
from calfwise.model.load.change import said
from calfwise_web.why.snapshot import Shown

SURE = {
    "studied": "Studied, though not for calves alone",
    "plausible": "Plausible, hardly studied",
    "unproven": "A popular reason, unproven",
}
SHORT = {
    "longer-run": "a longer run",
    "faster": "faster running",
    "shoe": "another pair of shoes",
    "barefoot": "running barefoot or in minimal shoes",
    "hills": "more climbing",
    "return": "the first run after a break",
    "new-runner": "your first weeks of running",
}
ON_A_DAY = ("longer-run", "faster", "shoe", "barefoot", "hills", "return")
"""Those that a day tells; for the others a day would say nothing."""
MARKS = {
    "longer-run": "longer",
    "faster": "faster",
    "shoe": "new shoes",
    "barefoot": "barefoot",
    "hills": "hills",
    "return": "back",
}
STILL_SORE_DAYS = 7
"""So long after the last sore word Today goes on about it. [d]"""


def short(ranked: Ranked) -> str:
    """A cause in a line, with its day where it has one: "a longer run on 21 November"."""
    title = library.reasons().causes[ranked.cause].title
    words = SHORT.get(ranked.cause, f"{title[:1].lower()}{title[1:]}")
    day = day_of(ranked)
    return f"{words} on {said(day)}" if day is not None and ranked.cause in ON_A_DAY else words


def day_of(ranked: Ranked) -> date | None:
    """The day of its strongest sign."""
    return next((point.day for point in ranked.points if point.side is Side.FOR), None)


def worth_a_look(shown: Shown | None, *, today: date) -> str:
    """Today's one line: only while calves are sore and something speaks, and never beside a sign that comes first."""
    if shown is None or shown.sore is None or shown.sore.over or shown.locked:
        return ""
    if (today - shown.sore.last).days > STILL_SORE_DAYS or not shown.causes:
        return ""
    first = shown.causes[0]
    return f"Worth a look: {short(first)}." if first.standing is Standing.SPEAKS else ""


def due_again(shown: Shown | None) -> str:
    """Today's reminder of self-tests that the runner once chose; none while somebody must look first."""
    if shown is None or shown.locked or not shown.retest:
        return ""
    tests = library.self_tests()
    titles = [tests[id_].title for id_ in shown.retest if id_ in tests]
    return f"Due again: {', '.join(titles)}." if titles else ""
