"""How a run went over time: how long it was fast, steep and walked, and the way to those stretches."""

from collections.abc import Iterator
from dataclasses import dataclass

from calfwise.model import constants as c
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.series import RunSeries
from calfwise_web.runs.charts import stretch_query
from calfwise_web.runs.compared import Before
from calfwise_web.runs.stretches import Stretch, stretches_of, together
from calfwise_web.units import Units, clock

A_MINUTE_S = 60
WORTH_A_LINK_S = 30
MOST_LINKS = 24


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch that was fast, steep or walked, and the way to it."""

    kind: str
    when: str
    query: str


def how(load: RunLoad, series: RunSeries | None, before: Before, units: Units) -> str:
    """How long it was fast, steep and walked, and what fast means."""
    if series is None or not series.columns:
        return ""
    times = together(series, easy_speed_mps=before.easy_speed_mps)
    told = [
        f"{_lasting(seconds)} {what}"
        for seconds, what in (
            (times.fast_s or 0, "faster than your easy pace"),
            (load.steep_s, "steep, where force is not estimated"),
            (load.walking_s, "walked"),
        )
        if seconds >= WORTH_A_LINK_S
    ]
    listed = ", ".join(told) if told else "Nothing fast, steep or walked for long"
    if before.easy_speed_mps is None:
        return f"{_capital(listed)}. Your easy pace was not known yet, so nothing can be called fast."
    easy, fast = (units.pace(before.easy_speed_mps + more) for more in (0.0, c.FAST_ABOVE_EASY_MPS))
    return f"{_capital(listed)}. Your easy pace was {easy} then, so {fast} and quicker is fast."


def _lasting(seconds: float) -> str:
    """A time in words.

    >>> _lasting(44), _lasting(61), _lasting(480)
    ('about 40 seconds', '1 minute', '8 minutes')
    """
    if seconds < A_MINUTE_S:
        return f"about {round(seconds / 10) * 10} seconds"
    minutes = round(seconds / A_MINUTE_S)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def _capital(words_: str) -> str:
    return words_[:1].upper() + words_[1:]


def moments(series: RunSeries | None, before: Before) -> Iterator[Moment]:
    """The stretches worth a look; the longest where there are many."""
    if series is None:
        return
    found = stretches_of(series, easy_speed_mps=before.easy_speed_mps)
    longest = sorted(found, key=lambda stretch: -stretch.lasts_s)[:MOST_LINKS]
    for stretch in sorted(longest, key=lambda stretch: stretch.from_s):
        if stretch.lasts_s >= WORTH_A_LINK_S:
            yield Moment(str(stretch.kind), span_said(stretch), stretch_query(stretch.from_s, stretch.to_s))


def span_said(stretch: Stretch) -> str:
    """From when to when, since the start.

    >>> from calfwise_web.runs.stretches import Kind
    >>> span_said(Stretch(Kind.FAST, 600, 725))
    '10:00–12:05'
    """
    return f"{clock(stretch.from_s)}–{clock(stretch.to_s)}"
