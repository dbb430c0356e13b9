"""The load, drawn for people: a sparkline of weeks, a table of runs, and what changed in words."""

from datetime import date, timedelta

import click
from rich.console import Console
from rich.table import Table

from calfwise.assess import LoadHistory
from calfwise.cli.page import gap, keys, say, width
from calfwise.cli.used_to_text import show_stance, show_used_to
from calfwise.model.load.calf import Band
from calfwise.model.load.change import Change, Comparison, Notice, said
from calfwise.model.load.days import Day
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.gait import Grade
from calfwise.model.load.outings import Outing

RUNS_SHOWN = 20
ROUND_STRIKES = 100
WEEKS_SHOWN = 26
BARS = "▁▂▃▄▅▆▇█"
NO_BAR = "·"
GRADES = {
    Grade.A: "ground contact and cadence measured",
    Grade.B: "cadence measured, forces from pace",
    Grade.C: "strikes and forces from pace",
    Grade.D: "from distance and time alone",
}
TITLES = ("Day", "km", "min", "Strikes a leg", "fast ones", "Calf force", "Impulse", "Grade")
BIG_STEP = "That is a big step. Let the next days be easy, and ask your calves in the morning."
LEFT_ALIGNED = ("Day", "Grade")


def show_load(load: LoadHistory, *, every: bool = False) -> None:
    """Weeks, runs and changes on the terminal."""
    if not load.outings:
        say("No runs in these files up to now.")
        return
    show_weeks(load)
    gap()
    _show_runs(load, every=every)
    gap()
    _show_change(load)
    gap()
    show_used_to(load)


def show_weeks(load: LoadHistory) -> None:
    """Strikes a leg, week by week, as a line of bars."""
    weeks = _weeks(load.days, last=load.days[-1].day)
    most = max(weeks) or 1
    bars = "".join(BARS[min(len(BARS) - 1, int(week / most * len(BARS)))] if week else NO_BAR for week in weeks)
    click.echo(f"{click.style('Strikes a leg by week', bold=True)}  {bars}  last {weeks[-1]:,}, most {most:,}")


def _weeks(days: tuple[Day, ...], *, last: date) -> list[int]:
    """Strikes a leg of the last 26 weeks, the week of `last` at the end."""
    monday = last - timedelta(days=last.weekday())
    weeks = [0] * WEEKS_SHOWN
    for day in days:
        ago = (monday - (day.day - timedelta(days=day.day.weekday()))).days // 7
        if 0 <= ago < WEEKS_SHOWN and day.strikes:
            weeks[-1 - ago] += round(day.strikes / 2)
    return weeks


def _show_runs(load: LoadHistory, *, every: bool) -> None:
    """A line a run, newest last."""
    pairs = [(outing, run) for outing in load.outings for run in outing.loads]
    shown = pairs if every else pairs[-RUNS_SHOWN:]
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for title in TITLES:
        table.add_column(title, justify="left" if title in LEFT_ALIGNED else "right", no_wrap=True)
    for outing, run in shown:
        table.add_row(*_row(outing, run))
    if len(pairs) > len(shown):
        say(f"The last {len(shown)} of {len(pairs)} runs (--all shows every one):", dim=True)
    console = Console(highlight=False, width=width())
    with console.capture() as drawn:
        console.print(table)
    click.echo("\n".join(line.rstrip() for line in drawn.get().splitlines()))
    used = "; ".join(f"{grade}: {GRADES[grade]}" for grade in sorted({run.grade for _, run in shown}))
    say(
        "Calf force: peak of a step in body weights, low–likely–high (90 %). Impulse: both calves, in body weights "
        f"times seconds. Your runs compare with each other far better than with other people's. Grades: {used}.",
        dim=True,
    )


def _row(outing: Outing, run: RunLoad) -> tuple[str, ...]:
    fast = outing.fast_strikes_of(run)
    return (
        f"{outing.day:%d %b %Y}",
        "–" if run.distance_m is None else f"{run.distance_m / 1000:.1f}",
        f"{run.duration_s / 60:.0f}",
        _strikes(run),
        "–" if fast is None else f"{fast // 2:,}",
        band_text(run.achilles_force_bw),
        "–" if run.impulse_bw_s is None else f"{run.impulse_bw_s.value:,.0f}",
        run.grade,
    )


def _strikes(run: RunLoad) -> str:
    """A leg's strikes; where they were not counted, to the hundred and marked so."""
    band = run.strikes_band
    if band is None or run.strikes_per_leg is None:
        return "not estimated"
    if band.low == band.high:
        return f"{run.strikes_per_leg:,}"
    return f"≈ {round(run.strikes_per_leg / ROUND_STRIKES) * ROUND_STRIKES:,}"


def band_text(band: Band | None) -> str:
    """A band with as many digits as it deserves.

    >>> band_text(Band(4.26, 5.75, 7.76))
    '4.3–5.8–7.8'
    """
    return "not estimated" if band is None else f"{band.low:.1f}–{band.value:.1f}–{band.high:.1f}"


def _show_change(load: LoadHistory) -> None:
    """What changed, in sentences with their dates; an alert only where the rules give one."""
    change = load.change
    say("What changed", bold=True)
    show_latest(change)
    if change.alert:
        say(f"{BIG_STEP}{keys(('CoachRule',))}", indent=2)
    show_notices(change)
    show_stance(load.stance)


def show_latest(change: Change) -> None:
    """The last run against the longest of 30 days."""
    latest = change.latest
    if latest is None:
        say("Nothing to compare with yet: no other run in the 30 days before.", indent=2)
    else:
        say(latest_text(latest) + keys(("Frandsen2025",)), indent=2)


def latest_text(latest: Comparison) -> str:
    """The last run against the longest of 30 days, as information."""
    ran = f"Your last run: {latest.distance_m / 1000:.1f} km on {said(latest.day)}"
    longest = f"the longest of the 30 days before, {latest.longest_before_m / 1000:.1f} km"
    if latest.race:
        return f"{ran}, a race; {longest}."
    if latest.ratio <= 1:
        return f"{ran}, no longer than {longest}."
    return f"{ran}, {latest.ratio - 1:.0%} longer than {longest}."


def show_notices(change: Change, *, most: int = 6) -> None:
    """What else was new, newest first, each once; the last run's length was told already."""
    told: list[Notice] = []
    latest = change.latest.day if change.latest else None
    for notice in change.notices:
        repeats = any((notice.kind, notice.text) == (one.kind, one.text) for one in told)
        if not repeats and not (notice.kind == "longer" and notice.day == latest):
            told.append(notice)
    for notice in told[:most]:
        say(f"{said(notice.day)}: {notice.text}{keys(notice.sources)}", indent=2)
