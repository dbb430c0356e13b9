"""`calfwise practise`: the routines of exercises, which of them suit today, and one as a card to do beside a wall."""

from datetime import datetime
from pathlib import Path

import click
import msgspec

from calfwise import library
from calfwise.assess import load_history, practices
from calfwise.cli import NO_SESSION
from calfwise.cli.documents import Document, encoded
from calfwise.cli.options import Spreading, journal_option, now_option, runner_option, soreness
from calfwise.cli.practice_text import show_offers, show_practice, show_shut
from calfwise.cli.reading import history_of, intake_of, tell_odd_files
from calfwise.journal_file import append, read_journal
from calfwise.model.fix.practice import Offer, estimate_of, practice_of
from calfwise.model.journal import CheckIn, PracticePlanned
from calfwise.model.load.easy import own_cadence_spm
from calfwise.model.session import Practice


@click.command(cls=Spreading)
@click.argument("names", nargs=-1, metavar="[ROUTINE] PATH…")
@click.option("--sore", multiple=True, metavar="left=0 right=1", help="Soreness when walking, 0 to 10.")
@click.option("--level", type=click.IntRange(1), metavar="N", help="An easier level than today's.")
@runner_option
@journal_option
@now_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def practise(
    names: tuple[str, ...],
    sore: tuple[str, ...],
    level: int | None,
    runner: str | None,
    journal: Path | None,
    now: datetime,
    as_json: bool,
) -> int:
    """Routines of exercises with today's level, or one of them as a card.

    ROUTINE: warm-up-easy, warm-up-fast, drills, calf-strength, glute-strength, grass, cadence, tempo, walk-run;
    PATH… are recordings or folders of them. Ends with 4 where the routine does not suit today.
    """
    content = library.player()
    routine, paths = _parted(names, list(content.routines))
    if level is not None and routine is None:
        raise click.UsageError("--level belongs to a routine: calfwise practise calf-strength ~/runs --level 1")
    history, journal_path = history_of(paths, journal)
    taken = intake_of(paths, runner_name=runner, runner=history.runner)
    tell_odd_files(taken)
    load = load_history(taken.loads, runner=history.runner, history=history, now=now)
    offered = practices(
        load,
        history=history,
        check_in=_last_check_in(journal_path, now),
        content=content,
        now=now,
        soreness=soreness(sore) if sore else None,
    )
    if routine is None:
        _list(offered, as_json=as_json)
        return 0
    offer = next(each for each in offered if each.routine == routine)
    if offer.shut is not None:
        _refuse(offer, as_json=as_json)
        return NO_SESSION
    chosen = _chosen(offer, level)
    practice = practice_of(
        routine,
        chosen,
        content=content,
        at=now,
        reason=offer.why if chosen == offer.level else f"You chose level {chosen}; today's would be {offer.level}.",
        cadence_spm=own_cadence_spm(load.outings, now=now),
    )
    if journal_path is not None:
        append(journal_path, [PracticePlanned(now, practice)])
    _give(practice, as_json=as_json)
    return 0


def _parted(names: tuple[str, ...], routines: list[str]) -> tuple[str | None, tuple[Path, ...]]:
    """The routine, if the first word is one, and the recordings; a folder of that name is written `./grass`."""
    routine = names[0] if names and names[0] in routines else None
    paths = tuple(Path(name) for name in (names[1:] if routine else names))
    if not paths:
        raise click.UsageError("name your recordings, for example: calfwise practise calf-strength ~/runs")
    for path in paths:
        if not path.exists():
            raise click.BadParameter(
                f"{str(path)!r} is no recording or folder, and none of {', '.join(routines)}", param_hint="PATH"
            )
    return routine, paths


def _last_check_in(journal: Path | None, now: datetime) -> CheckIn | None:
    events = read_journal(journal) if journal is not None else []
    return max(
        (event for event in events if isinstance(event, CheckIn) and event.at <= now),
        key=lambda event: event.at,
        default=None,
    )


def _chosen(offer: Offer, level: int | None) -> int:
    if level is not None and level > offer.level:
        raise click.BadParameter(
            f"today's is {offer.level}; lower ones are fine, higher ones wait", param_hint="--level"
        )
    return level or offer.level


def _list(offered: tuple[Offer, ...], *, as_json: bool) -> None:
    if as_json:
        click.echo(encoded({"routines": [msgspec.to_builtins(offer) for offer in offered]}))
    else:
        show_offers(offered)


def _refuse(offer: Offer, *, as_json: bool) -> None:
    if as_json:
        click.echo(encoded({"offer": msgspec.to_builtins(offer), "practice": None, "asks": None}))
    else:
        show_shut(offer)


def _give(practice: Practice, *, as_json: bool) -> None:
    asks = estimate_of(practice, content=library.player())
    if as_json:
        document: Document = {"practice": msgspec.to_builtins(practice), "asks": msgspec.to_builtins(asks)}
        click.echo(encoded(document))
    else:
        show_practice(practice, asks)
