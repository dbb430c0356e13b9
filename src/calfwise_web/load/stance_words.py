"""Which source of ground contact speaks for the forces, in words with dates."""

from collections.abc import Iterator
from datetime import date, tzinfo

from calfwise.model.load.alignment import OtherSource, StanceStory
from calfwise_web.load.words import from_to
from calfwise_web.templatetags.words import counted

WATCH = "watch"
MS_A_SECOND = 1000


ADD_ONS = {"stryd": "Stryd", "runscribe": "RunScribe"}


def source_said(source: str, *, own: bool = False) -> str:
    """Who measured, as a runner would say it.

    >>> source_said("watch garmin 3291"), source_said("watch garmin 3291", own=True), source_said("developer 0")
    ('another watch (garmin 3291)', 'your watch (garmin 3291)', 'an add-on')
    """
    first, _, make = source.partition(" ")
    if first != WATCH:
        return ADD_ONS.get(source, "an add-on")
    return f"{'your' if own else 'another'} watch" + (f" ({make})" if make else "")


def stance_lines(story: StanceStory, *, home: tzinfo) -> tuple[str, ...]:
    """What the page says of it: nothing where all comes from one source."""
    if story.source is None or not story.others:
        return ()
    own = source_said(story.source, own=True)
    return (
        f"Forces here are as {own} reads ground contact.",
        *(_told(other, own=own, home=home) for other in reversed(story.others)),
    )


def _told(other: OtherSource, *, own: str, home: tzinfo) -> str:
    first, last = other.first.astimezone(home).date(), other.last.astimezone(home).date()
    source, runs = source_said(other.source), counted(other.runs, "run,runs")
    when = f"{from_to(first, last)}: ground contact came from {source} in {runs}."
    if other.shift_s is None:
        return f"{when} Nothing ties the two, so those forces are left out and comparisons begin anew."
    ties = f"{counted(other.ties, 'run,runs')} that carry both"
    if not round(other.shift_s * MS_A_SECOND):
        return f"{when} In {ties} it reads as {own} does, so nothing is shifted."
    return f"{when} Its times are shifted by {shift_said(other.shift_s)}, the median of {ties}, to read as {own} does."


def shift_said(shift_s: float) -> str:
    """
    >>> shift_said(0.027), shift_said(-0.0304)
    ('+27 ms', '−30 ms')
    """
    return f"{'+' if shift_s >= 0 else '−'}{abs(round(shift_s * MS_A_SECOND))} ms"


def stance_changes(story: StanceStory, *, home: tzinfo) -> Iterator[tuple[date, str]]:
    """The days on which another source was heard first and last."""
    for other in story.others:
        first, last = other.first.astimezone(home).date(), other.last.astimezone(home).date()
        source = source_said(other.source)
        became = "its forces are left out" if other.shift_s is None else f"shifted by {shift_said(other.shift_s)}"
        if first == last:
            yield first, f"Ground contact from {source}, this day only: {became}."
            continue
        yield first, f"Ground contact from {source} begins here: {became}."
        yield last, f"Ground contact from {source} ends here."


def heard(story: StanceStory, *, home: tzinfo) -> tuple[date, ...]:
    """Days at which a chart marks a change of source."""
    return tuple(dict.fromkeys(day for day, _ in stance_changes(story, home=home)))
