"""The Load page's charts as columns. Strikes and impulse are the same in kilometres and miles."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from msgspec import UNSET

from calfwise.model.load.calf import Band
from calfwise_web.day_chart import Chart, Chosen, Floor, Mark, Pause, Series, Tally, Tone, Values, days_of, midnight_s
from calfwise_web.load.scope import Scope
from calfwise_web.load.seen import Seen
from calfwise_web.load.spans import BAREFOOT, SIDES
from calfwise_web.load.stance_words import heard
from calfwise_web.load.window import leads_to
from calfwise_web.load.words import called
from calfwise_web.spots.axis import Stretch as Felt

SECONDS_AN_HOUR = 3600.0
EMPTY = "Nothing to draw yet: no run in these days."
NO_FORCE = "Nothing to draw: no run in these days tells the force of a step."
SHOE_TONES: tuple[Tone, ...] = ("good", "gastroc-line", "wait", "ink-soft", "stop")
"""Pairs take them in the order in which they were first run in, so neighbours differ; each has its own pattern."""
BAREFOOT_TONE: Tone = "ink"
FAST_TONE: Tone = "ink"
LEG_TONE: Tone = "gastroc-line"
NRS = "nrs"
MOST_MARKS = 16
Kind = Literal["note", "wait", "told"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One chart of the page."""

    name: str
    title: str
    note: str
    made: Callable[[Seen], Chart]


def strikes(seen: Seen) -> Chart:
    """Foot strikes of each leg with the fast ones in them; soreness, sessions, shoes and breaks on the same axis."""
    spans = seen.window.spans
    series = [
        Series(
            "foot strikes", "count", [_each(span.strikes) for span in spans], "bars",
            about=[span.is_about for span in spans] if any(span.is_about for span in spans) else UNSET,
        )
    ]  # fmt: skip
    if any(span.fast_strikes for span in spans):
        series.append(
            Series("fast", "count", [_each(span.fast_strikes) for span in spans], "bars", FAST_TONE, inner=True)
        )
    floor = [
        Floor(midnight_s(stretch.first), midnight_s(stretch.end), seen.shoe(stretch.shoe), tone_of(seen, stretch.shoe))
        for stretch in seen.floor
    ]
    tallies = [tally for tally in _tallies(seen.felt) if any(tally.values)]
    return _chart(seen, [*series, *_soreness(seen.felt)], events=list(_marks(seen)), floor=floor, tallies=tallies)


def impulse(seen: Seen) -> Chart:
    """Impulse of both calves, with its band."""
    bands = [span.impulse_bw_s for span in seen.window.spans]
    low, value, high = (
        [round(getattr(band, side) / SECONDS_AN_HOUR, 2) if band else 0.0 for band in bands] for side in SIDES
    )
    return _chart(seen, [Series("Calf impulse", "BW h", value, "bars", digits=1, low=low, high=high)])


def force(seen: Seen) -> Chart:
    """The mean peak force on an Achilles tendon, with its band; nothing where no comparable run tells."""
    bands = [span.achilles_force_bw for span in seen.window.spans]
    low, value, high = (_side(bands, side) for side in SIDES)
    return _chart(seen, [Series("Force of a step", "bw", value, digits=1, low=low, high=high, tone=LEG_TONE)], NO_FORCE)


FIGURES = {
    figure.name: figure
    for figure in (
        Figure("strikes", "Foot strikes, each leg", "", strikes),
        Figure(
            "impulse",
            "Calf impulse, both legs, in body-weight hours",
            "One hour: as if your calves had held your body weight for an hour. The whisker spans the 90 % band; "
            "your own weeks compare far better than that.",
            impulse,
        ),
        Figure(
            "force",
            "Force of a step on the Achilles tendon",
            "The mean peak of all steps, with its 90 % band, as one source of ground contact reads it. Line against "
            "line, your own weeks compare to within a few percent.",
            force,
        ),
    )
}


def empty(text: str = EMPTY) -> Chart:
    """A chart of nothing."""
    return Chart(days_of([]), [], empty=text)


def tone_of(seen: Seen, shoe: str) -> Tone:
    """A pair's own tone."""
    return BAREFOOT_TONE if shoe == BAREFOOT else SHOE_TONES[seen.place_of(shoe) % len(SHOE_TONES)]


def _chart(
    seen: Seen,
    series: list[Series],
    text: str = EMPTY,
    *,
    events: list[Mark] | None = None,
    floor: list[Floor] | None = None,
    tallies: list[Tally] | None = None,
) -> Chart:
    window = seen.window
    if not any(span.runs for span in window.spans):
        return empty(text)
    names = UNSET if window.scope is Scope.DAYS else [called(span, window.scope) for span in window.spans]
    chosen = window.chosen
    return Chart(
        x=days_of([span.first for span in window.spans]),
        series=series,
        events=events or [],
        empty=text,
        floor=floor or UNSET,
        floor_name="shoes" if floor else UNSET,
        pauses=[_pause(pause.first, pause.end, pause.days) for pause in seen.breaks] or UNSET,
        tallies=tallies or UNSET,
        chosen=Chosen(midnight_s(chosen[0]), midnight_s(chosen[1])) if chosen else UNSET,
        links=[leads_to(window, span) for span in window.spans],
        names=names,
        keyed=True,
    )


def _pause(first: date, end: date, days: int) -> Pause:
    return Pause(midnight_s(first), midnight_s(end), f"{days} days without a run", f"{days} days")


def _each(both: int | None) -> float | None:
    return None if both is None else both / 2


def _side(bands: list[Band | None], side: str) -> Values:
    return [None if band is None else round(getattr(band, side), 2) for band in bands]


def _soreness(felt: list[Felt]) -> list[Series]:
    """The sorest word of each leg."""
    legs = (
        Series("left calf", NRS, [one.left_nrs for one in felt], "points", LEG_TONE, leg="left"),
        Series("right calf", NRS, [one.right_nrs for one in felt], "points", LEG_TONE, leg="right"),
    )
    return [leg for leg in legs if any(value is not None for value in leg.values)]


def _tallies(felt: list[Felt]) -> Iterator[Tally]:
    yield Tally("sessions", "session", "sessions", [one.sessions for one in felt])
    yield Tally("raises", "time of exercises", "times of exercises", [one.practised for one in felt])


def _marks(seen: Seen) -> Iterator[Mark]:
    """What changed most, each at the bar of its day, in order of time; of too many, only what comes seldom is drawn."""
    seldom = [
        (day, "first barefoot" if shoe == BAREFOOT else f"first in {seen.shoe(shoe)}")
        for day, shoe in seen.first_runs()
    ]
    seldom += [(day, "other ground contact") for day in heard(seen.shown.stance, home=seen.home) if seen.has(day)]
    steps = [(day, "big step") for day in seen.shown.big_steps if seen.has(day)]
    races = [(one.first, "race") for one in seen.felt if one.race]
    if len(seldom) + len(steps) + len(races) <= MOST_MARKS:
        yield from _marked(seen, [*seldom, *steps, *races], wait=frozenset(steps))
        return
    yield from _marked(seen, seldom)
    yield from _marked(seen, [*steps, *races], kind="told")


def _marked(
    seen: Seen,
    told: Sequence[tuple[date, str]],
    *,
    kind: Kind = "note",
    wait: frozenset[tuple[date, str]] = frozenset(),
) -> Iterator[Mark]:
    """A mark for each bar with something told of it."""
    at: dict[date, list[tuple[date, str]]] = {}
    for each in sorted(told):
        at.setdefault(seen.bar_of(each[0]), []).append(each)
    for bar, all_of_it in at.items():
        words = ", ".join(dict.fromkeys(text for _, text in all_of_it))
        yield Mark(midnight_s(bar), words, "wait" if wait.intersection(all_of_it) else kind)
