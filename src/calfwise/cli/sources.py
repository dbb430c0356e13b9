"""`calfwise sources`: where the numbers come from."""

import difflib

import click

from calfwise import library
from calfwise.library.shelf import MARKS, content_on, numbers_on, spread_said


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
    numbers = numbers_on(key)
    if numbers:
        click.echo("\nNumbers of the load model:")
    for name, row in numbers.items():
        click.echo(f"  {name} = {spread_said(row)}: {row.note}{f' [{row.rows}]' if row.rows else ''}")


def _show_content(key: str) -> None:
    rows = content_on(key)
    if rows:
        click.echo("\nContent that rests on it:")
    for row in rows:
        click.echo(f"  {row.text}")
