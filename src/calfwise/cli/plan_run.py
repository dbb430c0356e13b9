"""`calfwise plan-run`: what a run would ask, before it is run."""

import re
from datetime import datetime
from pathlib import Path
from typing import get_args

import click
import msgspec

from calfwise.assess import load_history, plan_run
from calfwise.cli.documents import encoded, forecast_document
from calfwise.cli.options import journal_option, now_option, paths_argument, runner_option
from calfwise.cli.reading import history_of, intake_of, tell_odd_files
from calfwise.model.constants import MODEL_VERSION
from calfwise.model.journal import History
from calfwise.model.load.next_run import Forecast, Wish
from calfwise.model.runner import Shoe, Surface, shoe_of_day
from calfwise.scenario import load_scenario, question_of, wish_of

METRES_A_KM, SECONDS_A_MINUTE = 1000, 60
PACE = re.compile(r"(\d{1,2}):([0-5]\d)")
SURFACES: tuple[str, ...] = get_args(Surface)


@click.command(name="plan-run")
@paths_argument
@click.option(
    "--scenario", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A whole case with a [wish]."
)
@click.option("--km", type=click.FloatRange(0, 400, min_open=True), help="How far.")
@click.option("--pace", metavar="5:30", help="Minutes a kilometre; else your own easy pace.")
@click.option("--shoe", metavar="NAME", help="In which pair, by name or id; else the one of today.")
@click.option("--on", "surface", type=click.Choice(SURFACES), help="On what.")
@click.option("--climb", "climb_m", type=click.FloatRange(0, 20_000), metavar="METRES", help="How much up.")
@click.option("--barefoot", "barefoot_minutes", type=click.FloatRange(0, 1440), default=0.0, metavar="MINUTES",
              help="Of it, on bare feet.")  # fmt: skip
@click.option("--race", is_flag=True, help="It is a race.")
@runner_option
@journal_option
@now_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(
    paths: tuple[Path, ...],
    scenario: Path | None,
    km: float | None,
    pace: str | None,
    shoe: str | None,
    surface: Surface | None,
    climb_m: float | None,
    barefoot_minutes: float,
    race: bool,
    runner: str | None,
    journal: Path | None,
    now: datetime,
    as_json: bool,
) -> None:
    """What a run would ask of the calves, before it is run: strikes, load, and how it stands against what they know.

    PATH… are your recordings or folders of them. Nothing is written down.
    """
    if scenario is not None:
        _show(_of_scenario(scenario), as_json=as_json)
        return
    if not paths or km is None:
        raise click.UsageError("name your recordings and how far, for example: calfwise plan-run ~/runs --km 12")
    history, _ = history_of(paths, journal)
    wish = _wish(
        Wish(
            distance_m=km * METRES_A_KM,
            speed_mps=None if pace is None else _speed_mps(pace),
            shoe=_shoe(shoe, history, now),
            surface=surface,
            climb_m=climb_m,
            barefoot_minutes=barefoot_minutes,
            race=race,
        )
    )
    taken = intake_of(paths, runner_name=runner, runner=history.runner)
    tell_odd_files(taken)
    load = load_history(taken.loads, runner=history.runner, history=history, now=now)
    _show(plan_run(load, wish, runner=history.runner, now=now), as_json=as_json)


def _of_scenario(path: Path) -> Forecast:
    """What the run that a case thinks of would ask."""
    scenario = load_scenario(path)
    if scenario.wish is None:
        raise click.UsageError(f"{path.name} has no [wish]: add one with its km")
    question = question_of(scenario, beside=path.parent)
    load = load_history(question.loads, runner=question.runner, history=question.history, now=question.now)
    wish = wish_of(scenario.wish, shoes=question.history.shoes)
    return plan_run(load, wish, runner=question.runner, now=question.now)


def _show(planned: Forecast, *, as_json: bool) -> None:
    if as_json:
        click.echo(encoded(forecast_document(planned, model_version=MODEL_VERSION)))
    else:
        from calfwise.cli.next_run_text import show_forecast  # noqa: PLC0415 - words only where they are read

        show_forecast(planned)


def _speed_mps(pace: str) -> float:
    match = PACE.fullmatch(pace)
    seconds = int(match[1]) * SECONDS_A_MINUTE + int(match[2]) if match else 0
    if not seconds:
        raise click.BadParameter(f"{pace!r}: a pace looks like 5:30, minutes a kilometre", param_hint="--pace")
    return METRES_A_KM / seconds


def _shoe(wanted: str | None, history: History, now: datetime) -> Shoe | None:
    """The pair of that name, or today's."""
    if wanted is None:
        return shoe_of_day(now.date(), shoes=history.shoes)
    found = [shoe for shoe in history.shoes if wanted.casefold() in (shoe.id.casefold(), shoe.name.casefold())]
    if not found:
        names = ", ".join(shoe.name for shoe in history.shoes) or "none, without a journal"
        raise click.BadParameter(f"{wanted!r}: the pairs in your journal are {names}", param_hint="--shoe")
    return max(found, key=lambda shoe: shoe.since)


def _wish(wish: Wish) -> Wish:
    """The same wish, if it keeps its limits."""
    try:
        return msgspec.convert(msgspec.to_builtins(wish), Wish)
    except msgspec.ValidationError as error:
        text = "a pace between 2:06 and 16:39 a kilometre is a run"
        raise click.BadParameter(text, param_hint="--pace") from error
