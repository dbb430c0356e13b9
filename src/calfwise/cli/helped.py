"""`calfwise helped`: what felt quieter afterwards, this runner's own sessions compared with each other."""

from datetime import datetime
from pathlib import Path

import click
import msgspec

from calfwise import library
from calfwise.cli.documents import encoded
from calfwise.cli.options import journal_option, now_option, paths_argument
from calfwise.cli.page import gap, keys, say
from calfwise.cli.reading import history_of
from calfwise.model.fix.helped.told import Helped, Helpful, Kind
from calfwise.model.fix.helped.told import helped as helped_of
from calfwise.model.fix.helped.words import CAVEATS, FEWER, NAMES, OF_FIXES, SOURCES, ahead_said, felt_said, measures_of
from calfwise.model.load.change import said

TITLES = {
    Kind.TECHNIQUE: "Techniques",
    Kind.TOOL: "Tools",
    Kind.SPOT: "Spots",
    Kind.FIX: "Exercises in the two days before",
}


@click.command()
@paths_argument
@journal_option
@now_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(paths: tuple[Path, ...], journal: Path | None, now: datetime, as_json: bool) -> None:
    """What felt quieter afterwards: each technique, tool and spot, with how far one can say so.

    PATH… are recordings or folders of them, with the journal beside them; or name it by --journal. Tenderness before a
    session and after it (`calfwise done --after`) and the mornings after are what is compared.
    """
    if not paths and journal is None:
        raise click.UsageError("name your recordings or your journal, for example: calfwise helped ~/runs")
    history, _ = history_of(paths, journal)
    rules = library.helped()
    answer = helped_of(history, rules=rules, now=now)
    if as_json:
        click.echo(encoded({"source": rules.source} | msgspec.to_builtins(answer)))
        return
    if not answer.lines or answer.first is None:
        say("Too early to say: no session so far in which a spot was looked after.")
        return
    since = f"{answer.sessions} session{'s' * (answer.sessions > 1)} since {said(answer.first)} {answer.first.year}"
    say(f"What felt quieter after, from {since}:", bold=True)
    _show(answer)
    gap()
    say(f"{CAVEATS}{keys(SOURCES)}", dim=True)


def _show(answer: Helped) -> None:
    for kind, title in TITLES.items():
        lines = answer.kind(kind)
        if not lines:
            continue
        gap()
        say(title, bold=True)
        for line in lines:
            _show_line(line)
        if kind is Kind.FIX:
            say(OF_FIXES, indent=2, dim=True)


def _show_line(line: Helpful) -> None:
    say(_title(line), indent=2)
    told = [(measure, line.of(measure)) for measure in measures_of(line)]
    if not any(felt and felt.change for _, felt in told):
        most = max((felt for _, felt in told if felt), key=lambda felt: felt.sessions, default=None)
        say(felt_said(most, line.kind, used=line.sessions), indent=4)
        return
    for measure, felt in told:
        if felt is not None and felt.change is not None:
            against = ahead_said(felt)
            text = felt_said(felt, line.kind, used=line.sessions)
            say(f"{NAMES[measure]}: {text}{'; ' if against else ''}{against}", indent=4)
        elif felt is not None:
            say(f"{NAMES[measure]}: {FEWER}", indent=4, dim=True)


def _title(line: Helpful) -> str:
    content = library.content()
    if line.kind is Kind.TECHNIQUE and line.id in content.techniques:
        return content.techniques[line.id].title
    if line.kind is Kind.TOOL and line.id in content.tools:
        return content.tools[line.id].title
    if line.kind is Kind.SPOT:
        side, _, zone = line.id.partition(":")
        known = content.zones.get(zone)
        return f"{side.capitalize()}, {known.title.lower() if known else zone}"
    return line.id.replace("-", " ").capitalize()
