"""Arguments that several commands share, and how they are read."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from calfwise.model.run import Side
from calfwise.model.session import Soreness, Spot, TenderSpot

F = TypeVar("F", bound=Callable[..., Any])

SORE = re.compile(r"(left|right)=(\d+)")
SPOT = re.compile(r"(left|right):([a-z-]+)[:=](\d+)")
FELT = re.compile(r"(left|right):([a-z-]+)=(better|same|worse|bruised)")
SPREADS = {"--sore": SORE, "--spot": SPOT, "--after": SPOT, "--felt": FELT}
"""Options that take all the values that follow: `--sore left=5 right=2`."""
HIGHEST_NRS = 10


class Spreading(click.Command):
    """A command whose options of that kind need not be repeated before each value."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        spread: list[str] = []
        option: str | None = None
        for place, arg in enumerate(args):
            if arg in SPREADS:
                option = arg
            elif option and SPREADS[option].fullmatch(arg) and spread[-1] != option:
                spread.append(option)
            elif option and args[place - 1] != option:
                option = None
            spread.append(arg)
        return super().parse_args(ctx, spread)


def paths_argument(command: F) -> F:
    """Recordings and folders of them."""
    kind = click.Path(exists=True, path_type=Path)
    return click.argument("paths", nargs=-1, type=kind, metavar="PATH…")(command)


def journal_option(command: F) -> F:
    """Which journal."""
    text = "The journal (JSON lines). Otherwise journal.jsonl beside the recordings, if it is there."
    return click.option("--journal", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help=text)(
        command
    )


def now_option(command: F) -> F:
    """The clock, for tests and for looking back."""
    return click.option("--now", callback=moment, metavar="TIME", help="Instead of the clock: 2026-05-03T18:00.")(
        command
    )


def runner_option(command: F) -> F:
    """Whose files these are, where a folder holds several runners'."""
    text = "Of several runners' files, only those in a folder of this name, or whose names begin with it."
    return click.option("--runner", metavar="NAME", help=text)(command)


def moment(_ctx: click.Context, _param: click.Parameter, text: str | None) -> datetime:
    """The time given, in this machine's zone where it names none; else the clock."""
    if text is None:
        return datetime.now().astimezone()  # noqa: TID251 - a shell may read the clock
    try:
        given = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter("a time looks like 2026-05-03T18:00") from error
    return given if given.tzinfo else given.astimezone()


def soreness(values: tuple[str, ...]) -> Soreness:
    """`left=5`, `right=2` as soreness; a leg left out is unknown."""
    found: dict[str, int] = {}
    for value in values:
        match = SORE.fullmatch(value)
        if match is None:
            raise click.BadParameter(f"{value!r}: soreness looks like left=5 right=2", param_hint="--sore")
        found[match[1]] = _rating(match[2], "--sore")
    return Soreness(**found)


def tender_spots(values: tuple[str, ...], zones: list[str], option: str) -> tuple[TenderSpot, ...]:
    """`left:medial-upper:6` as tender spots of known zones."""
    found = []
    for value in values:
        match = SPOT.fullmatch(value)
        if match is None or match[2] not in zones:
            text = f"{value!r}: a spot looks like left:ZONE:6, with ZONE one of {', '.join(zones)}"
            raise click.BadParameter(text, param_hint=option)
        found.append(TenderSpot(Spot(Side(match[1]), match[2]), _rating(match[3], option)))
    return tuple(found)


def _rating(text: str, option: str) -> int:
    value = int(text)
    if value > HIGHEST_NRS:
        raise click.BadParameter(f"{value}: the scale goes from 0 to {HIGHEST_NRS}", param_hint=option)
    return value
