"""`calfwise account`: who may come into the web app, from the machine that runs it."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from calfwise.cli.serve import HOW_TO_INSTALL

if TYPE_CHECKING:
    from calfwise_web.account.models import User

DEFAULT_PORT = "8000"
address_option = click.option(
    "--address",
    default=lambda: f"http://localhost:{os.environ.get('CALFWISE_PORT', DEFAULT_PORT)}",
    show_default="http://localhost and the port",
    help="Where the web app is reached; the link begins with it.",
)


@click.group()
@click.option(
    "--data",
    envvar="CALFWISE_DATA",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The data folder; without it, the user's data directory.",
)
def account(data: Path | None) -> None:
    """Accounts of the web app: links to come in, and who is there."""
    if find_spec("django") is None:
        raise click.ClickException(HOW_TO_INSTALL)
    import django  # noqa: PLC0415 - an extra

    if data is not None:
        os.environ["CALFWISE_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "calfwise_web.settings")
    django.setup()
    from django.db import connection  # noqa: PLC0415

    if "people_user" not in connection.introspection.table_names():
        raise click.ClickException("There is nothing here yet. Start the web app once: calfwise serve")


@account.command()
@address_option
def first(address: str) -> None:
    """Show a link that makes the first account; earlier ones end."""
    from calfwise_web.account.first import first_link  # noqa: PLC0415

    made = first_link(address)
    if made is None:
        raise click.ClickException("There is an account already. It can invite others: More, then People.")
    _show(made, "It makes the first account, once, within a day:")


@account.command("list")
def list_accounts() -> None:
    """Show the accounts: name, made, last sign-in."""
    from calfwise_web.account import access  # noqa: PLC0415

    for user in access.accounts():
        click.echo("  ".join((f"{user.username:30}", f"made {user.date_joined:%Y-%m-%d}", *_notes(user))))


@account.command()
@click.argument("name")
@address_option
def link(name: str, address: str) -> None:
    """Show a link by which NAME can set a new password."""
    from calfwise_web.account import access, services  # noqa: PLC0415

    user = access.account_named(name)
    if user is None:
        raise click.ClickException(f"No account is called {name}. `calfwise account list` shows those there are.")
    if not user.is_active:
        raise click.ClickException(f"{user.username} is switched off. Switch it on first: More, then People.")
    _show(address.rstrip("/") + services.sign_in_path(user), f"{user.username} can set a new password, once, today:")


def _show(url: str, words: str) -> None:
    click.echo(words, err=True)
    click.echo(url)


def _notes(user: "User") -> list[str]:
    seen = f"last sign-in {user.last_login:%Y-%m-%d}" if user.last_login else "never signed in"
    return [seen, *(["may invite"] if user.is_staff else []), *([] if user.is_active else ["off"])]
