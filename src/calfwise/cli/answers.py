"""Answers to the gate's questions from the command line, and the questions to read before."""

import tomllib
from pathlib import Path

import click
import msgspec

from calfwise import library
from calfwise.errors import UnreadableFile
from calfwise.model.journal import Answers, Said

NONE_OF_THESE = "none-of-these"
ALL_OTHERS = "all-others"
"""In an answers file: what every question not named there is answered."""


def show_questions(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """All questions with their ids, for an answers file."""
    if not wanted or ctx.resilient_parsing:
        return
    gate = library.gate()
    for id_, group in gate.groups.items():
        click.secho(f"\n{group.title}", bold=True)
        for question_id, question in gate.questions.items():
            if question.group == id_:
                click.echo(f"  {question_id:18} {question.question}")
    ctx.exit()


def answers_from(text: str | None, questions: list[str]) -> Answers:
    """All answered no, or a TOML file of question = "no", "yes", "left", "right", "both" or "unsure"."""
    if text is None:
        return {}
    if text == NONE_OF_THESE:
        return dict.fromkeys(questions, Said.NO)
    try:
        given = tomllib.loads(Path(text).read_text("utf-8"))
        said = msgspec.convert({id_: _word(value) for id_, value in given.items()}, dict[str, Said])
    except OSError as error:
        raise UnreadableFile(text, wanted="answers", came=error.strerror or "an error", where="disk") from error
    except (ValueError, msgspec.ValidationError) as error:
        raise UnreadableFile(text, wanted="answers", came=str(error), where="the file") from error
    unknown = sorted(set(said) - {*questions, ALL_OTHERS})
    if unknown:
        raise UnreadableFile(text, wanted="questions that exist", came=", ".join(unknown), where="the file")
    others = said.pop(ALL_OTHERS, None)
    return {**(dict.fromkeys(questions, others) if others else {}), **said}


def _word(value: object) -> object:
    """TOML's true and false as yes and no."""
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
