"""`calfwise done`, `morning`, `seen`, `tested` and `life`: one line each in the journal."""

from datetime import date, datetime
from pathlib import Path

import click

from calfwise import library
from calfwise.cli.options import FELT, Spreading, journal_option, now_option, paths_argument, soreness, tender_spots
from calfwise.errors import IllegalEvent
from calfwise.journal_file import BESIDE, append, journal_beside, read_journal
from calfwise.model.fix.selftest import (
    SelfTest,
    allowed,
    amount,
    change_said,
    difference_said,
    due_on,
    may_test,
    of,
    results_of,
)
from calfwise.model.journal import (
    AboutLife,
    Done,
    Morning,
    Planned,
    PracticeDone,
    PracticePlanned,
    Seen,
    SelfTested,
    SpotMorning,
    fold,
)
from calfwise.model.load.change import said
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import HEEL_RAISES, ExerciseDone, Practice, Soreness, Spot

PLANS_AND_ENDS = (Planned, PracticePlanned, Done, PracticeDone)


@click.command(cls=Spreading)
@paths_argument
@journal_option
@now_option
@click.option("--after", multiple=True, metavar="left:ZONE:4 …", help="How tender each spot is now.")
@click.option("--stopped", is_flag=True, help="You stopped early.")
@click.option("--felt", type=click.IntRange(0, 10), metavar="N", help="Exercises: how your calves felt, 0 to 10.")
def done(
    paths: tuple[Path, ...],
    journal: Path | None,
    now: datetime,
    after: tuple[str, ...],
    stopped: bool,
    felt: int | None,
) -> None:
    """Write down that the session or the exercises last planned were done."""
    path = _journal(paths, journal)
    events = read_journal(path)
    last = next((event for event in reversed(events) if isinstance(event, PLANS_AND_ENDS)), None)
    match last:
        case Planned():
            if felt is not None:
                raise click.UsageError("--felt belongs to exercises; a session's spots have --after")
            spots = tender_spots(after, list(library.content().zones), "--after")
            append(path, [Done(now, spots, stopped, session=last.session.id)])
            click.echo("That's enough for today. Tomorrow morning I'll ask how it went.")
        case PracticePlanned():
            append(path, [_practised(last.practice, now, stopped=stopped, felt_nrs=felt)])
            click.echo(_next_time(last.practice, felt))
        case _:
            raise IllegalEvent("no session was planned since the last one was done; calfwise today plans one")


def _practised(practice: Practice, now: datetime, *, stopped: bool, felt_nrs: int | None) -> PracticeDone:
    """As planned; which sets, only where it was done to its end."""
    items = () if stopped else practice.items
    return PracticeDone(
        at=now,
        level=practice.level,
        stopped_early=stopped,
        session=practice.id,
        routine=practice.routine,
        done=tuple(ExerciseDone(item.protocol, item.side, item.counts) for item in items),
        felt_nrs=felt_nrs,
        on=practice.on,
    )


def _next_time(practice: Practice, felt_nrs: int | None) -> str:
    """When it comes again, and what was made of how it felt."""
    content = library.player()
    if practice.routine == HEEL_RAISES:
        return "Noted. The next ones come in two days at the earliest."
    if felt_nrs is not None and felt_nrs > content.practice.felt_nrs:
        return f"Noted. {felt_nrs} of 10 is more than it should be. Do less next time, and stop sooner."
    hours = content.routines[practice.routine].hours_between
    return f"Noted. Next time in {hours} hours at the earliest." if hours else "Noted."


@click.command(cls=Spreading)
@paths_argument
@journal_option
@now_option
@click.option("--sore", multiple=True, required=True, metavar="left=1 right=0", help="Soreness when walking, 0 to 10.")
@click.option("--felt", multiple=True, metavar="left:ZONE=better …", help="Each spot: better, same, worse or bruised.")
def morning(
    paths: tuple[Path, ...], journal: Path | None, now: datetime, sore: tuple[str, ...], felt: tuple[str, ...]
) -> None:
    """Write down how the calves feel the morning after."""
    path = _journal(paths, journal)
    feels: Soreness = soreness(sore)
    append(path, [Morning(now, feels, tuple(_spot_morning(text) for text in felt))])
    worst = feels.worst_nrs or 0
    click.echo("Noted. Quiet calves: nothing to do." if worst == 0 else "Noted.")


@click.command()
@paths_argument
@journal_option
@now_option
@click.option("--by", required=True, metavar="WHO", help="Who looked at it: a name or a profession.")
@click.option("--on", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="When.")
@click.option("--massage-is-fine/--not-yet", "fine", required=True, help="What they said about self-massage.")
@click.option("--side", type=click.Choice([side.value for side in Side]), help="Which leg; left out, both.")
@click.option("--about", metavar="QUESTION", help="A standing condition that they agreed to massage with, by its id.")
def seen(
    paths: tuple[Path, ...],
    journal: Path | None,
    now: datetime,
    by: str,
    day: datetime,
    fine: bool,
    side: str | None,
    about: str | None,
) -> None:
    """Write down that a professional looked at it. Lifts a lock only if they said that massage is fine."""
    if about is not None and about not in library.gate().questions:
        raise click.BadParameter(f"{about!r} is none of the gate's questions", param_hint="--about")
    seen_on: date = day.date()
    if seen_on > now.date():
        raise click.BadParameter("that day is still to come", param_hint="--on")
    append(_journal(paths, journal), [Seen(now, by, seen_on, fine, Side(side) if side else None, about)])
    click.echo("Noted. Massage is open again, gently." if fine else "Noted. Massage stays locked.")


@click.command()
@click.argument("test", metavar="TEST")
@paths_argument
@journal_option
@now_option
@click.option("--left", type=float, metavar="RESULT", help="The left leg's result; left out, it was not tested.")
@click.option("--right", type=float, metavar="RESULT", help="The right leg's.")
def tested(
    test: str, paths: tuple[Path, ...], journal: Path | None, now: datetime, left: float | None, right: float | None
) -> None:
    """Write down a self-test: knee-to-wall, heel-raise-count, bridge-hold, side-leg-raise or single-leg-squat."""
    known = library.self_tests()
    if test not in known:
        raise click.BadParameter(f"{test!r} is none of {', '.join(known)}", param_hint="TEST")
    done = SelfTested(now, test, left, right)
    given = {side: of(done, side) for side in BOTH_SIDES if of(done, side) is not None}
    if not given:
        raise click.UsageError("name the result of one leg at least: --left 24")
    path = _journal(paths, journal)
    history = fold(read_journal(path))
    for side, value in given.items():
        _in_range(known[test], side, value)
        shut = may_test(side, history=history, gate=library.gate(), now=now)
        if shut is not None:
            raise IllegalEvent(shut.reason)
    append(path, [done])
    _say_what_it_says(known[test], (*results_of(history, test), done))


def _in_range(test: SelfTest, side: Side, value: float | None) -> None:
    if value is None or not allowed(test, value):
        whole = "" if test.unit in ("cm", "s") else "a whole number "
        raise click.BadParameter(f"wanted {whole}from 0 to {test.most:g}", param_hint=f"--{side}")


def _say_what_it_says(test: SelfTest, results: tuple[SelfTested, ...]) -> None:
    *before, last = results
    told = [f"{side} {amount(test.unit, value)}" for side in BOTH_SIDES if (value := of(last, side)) is not None]
    click.echo(f"Noted: {', '.join(told)}.")
    if difference := difference_said(test, last):
        click.echo(difference)
    for side in BOTH_SIDES:
        earlier = [each for each in before if of(each, side) is not None]
        if earlier and (change := change_said(test, earlier[-1], last, side)):
            click.echo(change)
    if again := due_on(test, results, now=last.at):
        click.echo(f"Worth doing again from {said(again)}.")


@click.command()
@paths_argument
@journal_option
@now_option
@click.option("--yes", multiple=True, metavar="QUESTION", help="Yes to that question, by its id; as often as needed.")
@click.option("--no", multiple=True, metavar="QUESTION", help="No to that question.")
def life(
    paths: tuple[Path, ...], journal: Path | None, now: datetime, yes: tuple[str, ...], no: tuple[str, ...]
) -> None:
    """Write down what no recording knows: standing-work, heels, stairs, calf-strain-before, achilles-before."""
    questions = library.reasons().questions
    for option, ids in (("--yes", yes), ("--no", no)):
        for id_ in ids:
            if id_ not in questions:
                raise click.BadParameter(f"{id_!r} is none of {', '.join(questions)}", param_hint=option)
    both = sorted(set(yes) & set(no))
    if both:
        raise click.UsageError(f"{', '.join(both)}: yes and no at once")
    if not (yes or no):
        raise click.UsageError("answer one question at least: --yes standing-work --no heels")
    append(_journal(paths, journal), [AboutLife(now, dict.fromkeys(yes, True) | dict.fromkeys(no, False))])
    click.echo("Noted. calfwise why takes it into account.")


def _journal(paths: tuple[Path, ...], journal: Path | None) -> Path:
    """The journal given, the one beside the recordings, or a new one in the folder named."""
    found = journal or journal_beside(paths)
    if found is not None:
        return found
    folder = next((path for path in paths if path.is_dir()), None)
    if folder is None:
        raise click.UsageError("name the folder of your recordings, or --journal FILE")
    return folder / BESIDE


def _spot_morning(text: str) -> SpotMorning:
    match = FELT.fullmatch(text)
    if match is None or match[2] not in library.content().zones:
        raise click.BadParameter(f"{text!r}: it looks like left:medial-upper=better", param_hint="--felt")
    return SpotMorning(Spot(Side(match[1]), match[2]), match[3])  # type: ignore[arg-type]
