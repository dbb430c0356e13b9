"""`calfwise working`: sessions needed per 100 km, and what has to stand beside them."""

from datetime import datetime
from pathlib import Path

import click
import msgspec

from calfwise import library
from calfwise.assess import is_it_working, load_history
from calfwise.cli.documents import encoded
from calfwise.cli.options import journal_option, now_option, paths_argument, runner_option
from calfwise.cli.page import gap, keys, say
from calfwise.cli.reading import history_of, intake_of, tell_odd_files
from calfwise.model.fix.working.answer import Working, Year
from calfwise.model.fix.working.figures import Figures
from calfwise.model.fix.working.said import Per, counted
from calfwise.model.fix.working.spots import SpotCourse

METRES_A_MILE = 1609.344
SHOWN_WINDOWS = 13
"""About a year; `--all` shows every one."""


@click.command()
@paths_argument
@click.option("--all", "every", is_flag=True, help="Every four weeks, not only those of the last year.")
@runner_option
@journal_option
@now_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(
    paths: tuple[Path, ...], every: bool, runner: str | None, journal: Path | None, now: datetime, as_json: bool
) -> None:
    """Is it working: sessions needed per 100 km, beside answered mornings, locked days and load.

    PATH… are recordings or folders of them. The figure also falls when one quits, keeps silent or is locked, so it
    never stands alone.
    """
    if not paths:
        raise click.UsageError("name your recordings, for example: calfwise working ~/runs")
    history, _ = history_of(paths, journal)
    taken = intake_of(paths, runner_name=runner, runner=history.runner)
    tell_odd_files(taken)
    load = load_history(taken.loads, runner=history.runner, history=history, now=now)
    prefers = history.prefers
    per = Per("mi", METRES_A_MILE) if prefers is not None and prefers.distance == "mi" else Per()
    answer = is_it_working(
        load,
        history=history,
        rules=library.working(),
        gate=library.gate(),
        now=now,
        per=per,
        first_weekday=prefers.first_weekday if prefers is not None else 0,
    )
    if as_json:
        click.echo(encoded({"model_version": load.model_version} | msgspec.to_builtins(answer)))
        return
    _show(answer, per, every=every)


def _show(answer: Working, per: Per, *, every: bool) -> None:
    first, *others = answer.verdict.text
    say(first, bold=True)
    for text in others:
        say(text)
    say(f"The rule is ours, the aim the coach's{keys(answer.verdict.sources)}.", dim=True)
    windows = answer.windows if every else answer.windows[-SHOWN_WINDOWS:]
    if windows:
        gap()
        say("Four weeks each:", bold=True)
        for window in reversed(windows):
            say(f"{_days(window)}: {figures_said(window, per)}", indent=2)
    gap()
    say("Load carried without complaint:", bold=True)
    for text in answer.carried.text:
        say(f"{text}{keys(answer.carried.sources)}", indent=2)
    say("Soreness against load:", bold=True)
    say(f"{answer.against.text}{keys(answer.against.sources)}", indent=2)
    say("Spots:", bold=True)
    say(f"{answer.spots.text}{keys(answer.spots.sources)}", indent=2)
    for course in answer.spots.courses:
        say(_course_said(course), indent=4)
    if len(answer.years) > 1:
        gap()
        say("Year by year:", bold=True)
        for year in reversed(answer.years):
            say(_year_said(year, per), indent=2)
        say("These four weeks, in earlier years:", bold=True)
        for window in (answer.now, *answer.same_weeks):
            say(f"{_days(window)}: {figures_said(window, per)}", indent=2)


def figures_said(figures: Figures, per: Per) -> str:
    """The figure, and what stands beside it."""
    rate = per.rate(figures) if figures.rate is not None else f"not estimated, {figures.why_not}"
    parts = [rate, per.length(figures.distance_m)]
    if figures.sessions is not None:
        parts.append(counted(figures.sessions, "session"))
        few = ", too few to rely on" if figures.thin else ""
        parts.append(f"{figures.answered} of {counted(figures.mornings, 'morning')} answered{few}")
        parts.append(f"{figures.sore} sore" if figures.rated else "")
    parts.append(f"locked {counted(figures.locked_days, 'day')}" if figures.locked_days else "")
    return "; ".join(part for part in parts if part)


def _days(figures: Figures) -> str:
    return f"{figures.first:%Y-%m-%d} to {figures.last:%Y-%m-%d}"


def _course_said(course: SpotCourse) -> str:
    quiet = "" if course.quiet_on is None else f", quiet since {course.quiet_on}"
    took = "" if course.days is None else f" after {counted(course.days, 'day')}"
    back = f", came back {counted(course.came_back, 'time')}" if course.came_back else ""
    return (
        f"{course.spot}: {course.state.value}; tender at {course.first_nrs} on {course.first}{quiet}{took}, "
        f"{counted(course.sessions, 'session')}{back}"
    )


def _year_said(year: Year, per: Per) -> str:
    carried = ""
    if year.carried is not None:
        strikes = f"{round((year.carried.strikes or 0) / 2):,}"
        carried = f"; largest quiet week {strikes} strikes a leg"
    return f"{year.year}: {figures_said(year.figures, per)}{carried}"
