"""One day: what it took, its runs, how the calves felt, and what was new."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from calfwise_web.fact import Fact
from calfwise_web.journal.models import Run
from calfwise_web.load.over_time import Changed, told_of_day
from calfwise_web.load.scope import Scope
from calfwise_web.load.seen import Seen
from calfwise_web.load.spans import Span
from calfwise_web.load.window import BEFORE, address
from calfwise_web.load.words import GRADE_WORDS, fast_said, hours, runs_said, strikes_said, weight_hours
from calfwise_web.units import NOTHING, Units, clock, units_of


@dataclass(frozen=True, slots=True)
class RunOfDay:
    """One run in the day's list."""

    key: UUID
    title: str
    distance: str
    time: str
    pace: str
    strikes: str
    grade: str
    shoe: str
    left_out: bool


@dataclass(frozen=True, slots=True)
class DayPage:
    """All of it."""

    facts: tuple[Fact, ...]
    runs: tuple[RunOfDay, ...]
    felt: str
    changes: tuple[Changed, ...]
    up: str
    """The days around it."""
    before: date | None
    """The day with a run before it."""
    after: date | None


def day_page(seen: Seen, day: date, runs: Iterable[Run]) -> DayPage:
    """A day, with a run or without."""
    units = units_of(seen.shown.prefers)
    found = seen.days.between(day, day + timedelta(days=1))
    ran = [row.day for row in seen.days.rows]
    at = bisect_left(ran, day.toordinal())
    after = bisect_right(ran, day.toordinal())
    return DayPage(
        facts=_facts(found[0], units) if found else (),
        runs=tuple(_run(run, seen, units) for run in runs),
        felt=" ".join(_felt(seen, day)),
        changes=tuple(told_of_day(seen, day)),
        up=address(Scope.DAYS, begin=day - BEFORE[Scope.DAYS], chosen=day),
        before=date.fromordinal(ran[at - 1]) if at else None,
        after=date.fromordinal(ran[after]) if after < len(ran) else None,
    )


def _facts(span: Span, units: Units) -> tuple[Fact, ...]:
    band, force = span.impulse_bw_s, span.achilles_force_bw
    why = "".join(f"{runs_said(count)}: {GRADE_WORDS[grade]}. " for grade, count in span.graded.items()).strip()
    told = [
        Fact("Foot strikes, each leg", strikes_said(span), grade=span.grade or "", why=why),
        Fact("Fast strikes, each leg", fast_said(span)),
        Fact("Distance", f"{span.distance_m / units.metres:.1f}", units.distance),
        Fact("Running time", hours(span.running_s), "h"),
        Fact(
            "Calf impulse, both legs",
            weight_hours(band.value) if band else NOTHING,
            "body-weight hours" if band else "",
            f"likely {weight_hours(band.low)} to {weight_hours(band.high)}" if band else "",
        ),
    ]
    if force:
        likely = f"likely {force.low:.1f} to {force.high:.1f}"
        told.append(Fact("Force of a step, Achilles", f"{force.value:.1f}", "× body weight", likely))
    return tuple(told)


def _run(run: Run, seen: Seen, units: Units) -> RunOfDay:
    return RunOfDay(
        key=run.key,
        title=run.title or "Run",
        distance=units.length(run.distance_m),
        time=clock(run.running_s),
        pace=units.pace(run.speed_mps),
        strikes=NOTHING if run.strikes is None else f"{round(run.strikes / 2):,}",
        grade=run.grade,
        shoe=seen.shown.shoes.get(run.shoe, "barefoot") if run.shoe else "",
        left_out=run.left_out,
    )


def _felt(seen: Seen, day: date) -> Iterator[str]:
    """What was said and done that day."""
    spots = seen.spots
    if spots is None:
        return
    for word in spots.words:
        if word.day == day:
            legs = (("left", word.left), ("right", word.right))
            felt = " and ".join(f"{leg} {nrs} of 10" for leg, nrs in legs if nrs is not None)
            yield f"{felt.capitalize()}, {'walking that morning' if word.morning else 'walking'}."
    if sessions := sum(past.at.date() == day for past in spots.sessions):
        yield "A session was done." if sessions == 1 else f"{sessions} sessions were done."
    for title in dict.fromkeys(one.title for one in spots.practised if one.at.date() == day):
        yield f"Done: {title[0].lower()}{title[1:]}."
    if day in spots.races:
        yield "A race day."
