"""The check-in, asked in the terminal: under half a minute when all is well."""

from datetime import datetime, timedelta

import click
from msgspec import structs

from calfwise.cli.options import HIGHEST_NRS, SPOT
from calfwise.model.care.content import Content
from calfwise.model.care.signs import Level, Question
from calfwise.model.journal import Answers, CheckIn, History, Said
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Soreness, Spot, TenderSpot

HOW = "Enter: none of these. Or the numbers, with a ? after one you are not sure of"
AGAIN = "Enter: none of these"
LEGS = {"l": Said.LEFT, "r": Said.RIGHT, "b": Said.BOTH}


def completed(check_in: CheckIn, *, content: Content, history: History, ask_spots: bool, now: datetime) -> CheckIn:
    """The check-in with everything asked that was not said on the command line."""
    sore = _soreness(check_in.soreness)
    answers = check_in.answers | _asked(check_in.answers, content, history, now)
    spots = check_in.spots
    if ask_spots and (sore.worst_nrs or 0) > 0 and not any(said.is_yes for said in answers.values()):
        spots = _spots(content)
    return structs.replace(check_in, soreness=sore, answers=answers, spots=spots)


def _soreness(said: Soreness) -> Soreness:
    legs = {side: said.of(side) for side in BOTH_SIDES}
    if None in legs.values():
        click.echo("How do your calves feel when you walk? 0 is nothing, 10 the worst you can think of.")
    for side, value in legs.items():
        if value is None:
            legs[side] = click.prompt(f"  {side} calf", type=click.IntRange(0, HIGHEST_NRS), err=True)
    return Soreness(legs[Side.LEFT], legs[Side.RIGHT])


def _asked(said: Answers, content: Content, history: History, now: datetime) -> Answers:
    """Group by group; standing questions only where nothing was said in the last 30 days."""
    confirmed = now - timedelta(days=content.gate.rules.standing_last_days)
    answers: Answers = {}
    for id_, group in content.gate.groups.items():
        questions = {
            question_id: question
            for question_id, question in content.gate.questions.items()
            if question.group == id_
            and question_id not in said
            and not _remembered(question, question_id, history, confirmed)
        }
        if questions:
            answers |= _group(group.title, questions, helped=bool(answers))
        if any(_settles(content.gate.questions[asked], answer) for asked, answer in answers.items()):
            break  # nobody with such a sign should have to read on
    return answers


def _settles(question: Question, answer: Said) -> bool:
    """Whether an answer decides alone: a sign that somebody should look at today or now."""
    return answer.is_yes and question.level is not None and question.level.rank >= Level.TODAY.rank


def _remembered(question: Question, id_: str, history: History, since: datetime) -> bool:
    standing = history.standing.get(id_)
    return (
        question.asked == "standing"
        and standing is not None
        and standing.at >= since
        and standing.said is not Said.UNSURE
    )


def _group(title: str, questions: dict[str, Question], *, helped: bool) -> Answers:
    """Numbered lines; Enter is none of these. How to answer is said at the first group only."""
    click.secho(f"\n{title}", bold=True)
    ids = list(questions)
    for number, id_ in enumerate(ids, start=1):
        click.echo(f"  {number}  {questions[id_].question}")
    answers = dict.fromkeys(ids, Said.NO)
    while True:
        text = click.prompt(AGAIN if helped else HOW, default="", show_default=False, err=True)
        picked = _numbers(text, len(ids))
        if picked is not None:
            break
        click.echo(f"  Numbers from 1 to {len(ids)}, with spaces between them.")
    for number, unsure in picked:
        question = questions[ids[number - 1]]
        answers[ids[number - 1]] = Said.UNSURE if unsure else (_leg() if question.sided else Said.YES)
    return answers


def _numbers(text: str, most: int) -> list[tuple[int, bool]] | None:
    """The numbers picked, each with whether it is unsure; `None` where the text is something else.

    >>> _numbers("2 4?", 5)
    [(2, False), (4, True)]
    >>> _numbers("9", 5) is None
    True
    """
    picked = []
    for word in text.replace(",", " ").split():
        number = word.removesuffix("?")
        if not number.isdigit() or not 1 <= int(number) <= most:
            return None
        picked.append((int(number), word.endswith("?")))
    return picked


def _leg() -> Said:
    return LEGS[
        click.prompt("  which leg? l, r or b for both", type=click.Choice(list(LEGS)), show_choices=False, err=True)
    ]


def _spots(content: Content) -> tuple[TenderSpot, ...]:
    """Marked spots; none of them begins with a guided search."""
    click.secho("\nAny tight spots?", bold=True)
    click.echo("  Enter if you don't know yet, ? for the places, or spots with how tender each is: left:medial-upper:6")
    while True:
        text = click.prompt("Spots", default="", show_default=False, err=True)
        if text.strip() == "?":
            for id_, zone in content.zones.items():
                click.echo(f"  {id_:16} {zone.where}")
            continue
        matches = [SPOT.fullmatch(word) for word in text.replace(",", " ").split()]
        found = [m for m in matches if m and m[2] in content.zones and int(m[3]) <= HIGHEST_NRS]
        if len(found) == len(matches):
            return tuple(TenderSpot(Spot(Side(m[1]), m[2]), int(m[3])) for m in found)
        click.echo("  A spot looks like left:medial-upper:6. ? shows the places.")
