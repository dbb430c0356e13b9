"""`calfwise today`: today's session, or why there is none."""

import sys
from datetime import datetime
from pathlib import Path

import click

from calfwise import library
from calfwise.assess import Question, assess, quiet_day
from calfwise.cli import NO_SESSION
from calfwise.cli.answers import answers_from, show_questions
from calfwise.cli.documents import encoded, today_document
from calfwise.cli.habit_text import show_habit
from calfwise.cli.options import (
    Spreading,
    journal_option,
    now_option,
    paths_argument,
    runner_option,
    soreness,
    tender_spots,
)
from calfwise.cli.reading import history_of, intake_of, tell_odd_files
from calfwise.journal_file import append
from calfwise.model.care.choice import Kit
from calfwise.model.care.outcomes import Clear, Limited
from calfwise.model.care.technique import POSITIONS, Position
from calfwise.model.fix.helped.leaning import leaning_of
from calfwise.model.journal import CheckIn, PracticePlanned
from calfwise.model.session import Soreness
from calfwise.scenario import load_scenario, question_of

USUAL_MINUTES = 10


@click.command(cls=Spreading)
@paths_argument
@click.option(
    "--scenario", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A whole case as a TOML file."
)
@click.option("--sore", multiple=True, metavar="left=5 right=2", help="Soreness when walking, 0 to 10.")
@click.option(
    "--spot", multiple=True, metavar="left:ZONE:6 …", help="Tight spots, and how tender each is when pressed."
)
@click.option(
    "--kit", default="", metavar="ball,roller", help="Tools at hand: ball, roller, stick. Hands are always there."
)
@click.option(
    "--minutes", type=click.IntRange(1, 60), default=USUAL_MINUTES, show_default=True, help="How long it may take."
)
@click.option("--position", type=click.Choice(POSITIONS), default="floor", show_default=True, help="Where you sit.")
@click.option(
    "--answers", metavar="FILE|none-of-these", help="Answers to the questions: a TOML file, or none-of-these."
)
@runner_option
@journal_option
@now_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option(
    "--questions", is_flag=True, is_eager=True, expose_value=False, callback=show_questions, help="Print them."
)
def today(
    paths: tuple[Path, ...],
    scenario: Path | None,
    sore: tuple[str, ...],
    spot: tuple[str, ...],
    kit: str,
    minutes: int,
    position: Position,
    answers: str | None,
    runner: str | None,
    journal: Path | None,
    now: datetime,
    as_json: bool,
) -> int:
    """Today's calf session, or why there is none.

    PATH… are recordings or folders of them. Asks what it needs to know, unless it is given here. Ends with 4 where the
    questions were not answered or somebody should look at the calf first.
    """
    if scenario is not None:
        return _answer(question_of(load_scenario(scenario), beside=scenario.parent), None, as_json=as_json)
    if not paths:
        raise click.UsageError("name your recordings, for example: calfwise today ~/runs")
    content = library.content()
    history, journal_path = history_of(paths, journal)
    taken = intake_of(paths, runner_name=runner, runner=history.runner)
    tell_odd_files(taken)
    check_in = CheckIn(
        at=now,
        soreness=soreness(sore) if sore else Soreness(),
        spots=tender_spots(spot, list(content.zones), "--spot"),
        answers=answers_from(answers, list(content.gate.questions)),
    )
    if sys.stdin.isatty() and not as_json:
        from calfwise.cli.ask import completed  # noqa: PLC0415 - only where somebody can answer

        check_in = completed(check_in, content=content, history=history, ask_spots=not spot, now=now)
    question = Question(
        now=now,
        runner=history.runner,
        loads=taken.loads,
        history=history,
        check_in=check_in,
        kit=Kit(_kit(kit, list(content.tools)), position),
        minutes=minutes,
        content=content,
        leaning=leaning_of(history, content=content, rules=library.helped(), now=now),
    )
    return _answer(question, journal_path, as_json=as_json)


def _answer(question: Question, journal: Path | None, *, as_json: bool) -> int:
    """Work the answer out, write it down where there is a journal, and tell it."""
    answer = assess(question)
    habit = quiet_day(answer, question, content=library.player())
    if journal is not None:
        events = answer.events(question.check_in, rules=question.content.gate.rules.version)
        append(journal, [*events, PracticePlanned(question.check_in.at, habit)] if habit else events)
    if as_json:
        click.echo(encoded(today_document(answer, habit)))
    else:
        from calfwise.cli.session_text import show_today  # noqa: PLC0415 - rich only where it draws

        show_today(answer, library.content())
        if habit is not None:
            show_habit(habit)
    return 0 if isinstance(answer.screening, Clear | Limited) else NO_SESSION


def _kit(text: str, tools: list[str]) -> frozenset[str]:
    kit = {tool.strip() for tool in text.split(",") if tool.strip()}
    unknown = sorted(kit - set(tools))
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)}: the tools are {', '.join(tools)}", param_hint="--kit")
    return frozenset(kit)
