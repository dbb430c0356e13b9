"""`calfwise sources`: where the numbers come from."""

import difflib

import click

from calfwise import library

MARKS = {
    "read": "the figure stands in the paper itself",
    "secondary": "read where others report it",
    "derived": "our arithmetic on published figures or open data",
    "rule": "a rule of ours; nobody measured it",
}


@click.command()
@click.argument("key", required=False)
def sources(key: str | None) -> None:
    """Where the numbers come from: the whole list, or one source with every number that rests on it."""
    there = library.sources()
    if key is None:
        for name, source in sorted(there.items()):
            click.echo(f"{click.style(name, bold=True)}  {source.citation}")
        click.echo("\nOne of them in full: calfwise sources KEY")
        return
    known = {name.lower(): name for name in there}
    if key.lower() not in known:
        near = difflib.get_close_matches(key.lower(), known, n=3)
        hint = f" Did you mean {', '.join(known[name] for name in near)}?" if near else " The list: calfwise sources"
        raise click.BadParameter(f"no source is called {key!r}.{hint}", param_hint="KEY")
    name = known[key.lower()]
    source = there[name]
    click.secho(name, bold=True)
    click.echo(f"{source.citation}{f' doi:{source.doi}' if source.doi else ''}")
    click.echo(f"What we took: {source.took}")
    click.echo(f"How sure: {source.confidence} confidence; {MARKS[source.mark]}.")
    _show_numbers(name)
    _show_content(name)


def _show_numbers(key: str) -> None:
    numbers = {name: row for name, row in library.constants().items() if row.source == key or key in row.note}
    if numbers:
        click.echo("\nNumbers of the load model:")
    for name, row in numbers.items():
        spread = f", from {row.spread[0]:g} to {row.spread[1]:g}" if row.spread else ""
        unit = "" if row.unit == "1" else f" {row.unit}"
        click.echo(f"  {name} = {row.value:g}{unit}{spread}: {row.note}")


def _show_content(key: str) -> None:
    content = library.content()
    rows = [
        f"technique {t.title}: {t.evidence.claim}" for t in content.techniques.values() if key in t.evidence.sources
    ]
    rows += [f"place {zone.title}" for zone in content.zones.values() if key in zone.sources]
    rows += [f"never there: {place.title}" for place in content.no_go.values() if key in place.sources]
    rows += [f"question ({q.tag}): {q.question}" for q in content.gate.questions.values() if key in q.sources]
    if rows:
        click.echo("\nContent that rests on it:")
    for row in rows:
        click.echo(f"  {row}")
