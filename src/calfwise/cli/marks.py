"""`calfwise done`, `morning` and `seen`: one line each in the journal."""

from datetime import date, datetime
from pathlib import Path

import click

from calfwise import library
from calfwise.cli.options import FELT, Spreading, journal_option, now_option, paths_argument, soreness, tender_spots
from calfwise.errors import IllegalEvent
from calfwise.journal_file import BESIDE, append, journal_beside, read_journal
from calfwise.model.journal import Done, HabitDone, HabitPlanned, Morning, Planned, Seen, SpotMorning
from calfwise.model.run import Side
from calfwise.model.session import Soreness, Spot

PLANS_AND_ENDS = (Planned, HabitPlanned, Done, HabitDone)


@click.command(cls=Spreading)
@paths_argument
@journal_option
@now_option
@click.option("--after", multiple=True, metavar="left:ZONE:4 …", help="How tender each spot is now.")
@click.option("--stopped", is_flag=True, help="You stopped early.")
def done(paths: tuple[Path, ...], journal: Path | None, now: datetime, after: tuple[str, ...], stopped: bool) -> None:
    """Write down that the session last planned was done."""
    path = _journal(paths, journal)
    events = read_journal(path)
    last = next((event for event in reversed(events) if isinstance(event, PLANS_AND_ENDS)), None)
    match last:
        case Planned():
            spots = tender_spots(after, list(library.content().zones), "--after")
            append(path, [Done(now, spots, stopped, session=last.session.id)])
            click.echo("That's enough for today. Tomorrow morning I'll ask how it went.")
        case HabitPlanned():
            append(path, [HabitDone(now, last.habit.level, stopped_early=stopped, session=last.habit.id)])
            click.echo("Noted. The next ones come in two days at the earliest.")
        case _:
            raise IllegalEvent("no session was planned since the last one was done; calfwise today plans one")


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
