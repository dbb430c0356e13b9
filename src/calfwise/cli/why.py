"""`calfwise why`: why the calves may be tight, with what speaks for and against each reason."""

from datetime import datetime
from pathlib import Path

import click
import msgspec

from calfwise import library
from calfwise.assess import Why, load_history
from calfwise.assess import why as why_of
from calfwise.cli.documents import encoded
from calfwise.cli.options import journal_option, now_option, paths_argument, runner_option
from calfwise.cli.page import gap, keys, say, small
from calfwise.cli.reading import history_of, intake_of, tell_odd_files
from calfwise.model.care.screening import locked_before
from calfwise.model.fix.case import felt
from calfwise.model.fix.cause import Cause, Ranked, Side, Standing
from calfwise.model.load.change import said

SURE = {
    "studied": "studied, though not for calves alone",
    "plausible": "plausible, hardly studied",
    "unproven": "a popular reason, unproven",
}
SHOWN = (Standing.SPEAKS, Standing.COULD)


@click.command()
@paths_argument
@click.option("--all", "every", is_flag=True, help="Also what was not noticed, and what is not known.")
@runner_option
@journal_option
@now_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(
    paths: tuple[Path, ...], every: bool, runner: str | None, journal: Path | None, now: datetime, as_json: bool
) -> None:
    """Why the calves may be tight: what changed, what speaks for each reason and against it, and what would tell.

    PATH… are recordings or folders of them. Nobody can tell the cause from recordings; this is where to look first.
    """
    if not paths:
        raise click.UsageError("name your recordings, for example: calfwise why ~/runs")
    history, _ = history_of(paths, journal)
    taken = intake_of(paths, runner_name=runner, runner=history.runner)
    tell_odd_files(taken)
    load = load_history(taken.loads, runner=history.runner, history=history, now=now)
    reasons = library.reasons()
    answer = why_of(load, runner=history.runner, history=history, reasons=reasons, now=now)
    if as_json:
        click.echo(encoded({"model_version": load.model_version} | msgspec.to_builtins(answer)))
        return
    if locked_before(gate=library.gate(), history=history, now=now):
        say("Something you said needs somebody to look at it first. Nothing below explains it away.", bold=True)
    _show(answer, reasons.causes, every=every, now=now)
    if answer.to_ask:
        gap()
        say("Only you know, and nobody has asked yet:", bold=True)
        for question in answer.to_ask:
            say(reasons.questions[question].question, indent=2)


def _show(answer: Why, causes: dict[str, Cause], *, every: bool, now: datetime) -> None:
    say(_about(answer, now=now), bold=True)
    shown = [ranked for ranked in answer.causes if ranked.standing in SHOWN]
    if not shown:
        say("Nothing stands out in your runs and shoes. That happens, and is worth knowing too.", indent=2)
    for ranked in shown:
        gap()
        _show_cause(ranked, causes[ranked.cause])
    others = [ranked for ranked in answer.causes if ranked.standing not in SHOWN]
    gap()
    for standing in (Standing.NOT_NOTICED, Standing.UNKNOWN):
        some = [ranked for ranked in others if ranked.standing is standing]
        if every:
            for ranked in some:
                _show_cause(ranked, causes[ranked.cause])
        elif some:
            titles = "; ".join(small(causes[ranked.cause].title) for ranked in some)
            say(f"{standing.value.capitalize()}: {titles}.", dim=True)


def _about(answer: Why, *, now: datetime) -> str:
    if answer.episode is None:
        return "No sore calves lately. What changed in the last two weeks, all the same:"
    first = answer.episode.first
    began = first.at.astimezone(now.tzinfo).date()
    return f"Your calves have been sore since {said(began)} ({felt(first)}). Worth a look, in this order:"


def _show_cause(ranked: Ranked, cause: Cause) -> None:
    say(f"{cause.title}: {ranked.standing.value} ({SURE[cause.sure]})", bold=True)
    for point in ranked.points:
        say(f"{point.text}{keys(point.sources)}", indent=2, first="+ " if point.side is Side.FOR else "- ")
    for text in ranked.unknown:
        say(f"Not known: {text}.", indent=2, first="? ")
    say(f"{cause.found}{keys(cause.sources)}", indent=2, dim=True)
    say(f"What would tell: {small(cause.would_tell)}", indent=2)
    say(f"What one would do: {small(cause.fix)}", indent=2)
