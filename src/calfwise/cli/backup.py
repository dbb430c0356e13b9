"""`calfwise backup` and `calfwise restore`: everything of the web app in one file, and back."""

import os
import tempfile
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import click

from calfwise.cli.serve import HOW_TO_INSTALL

DATABASE = "calfwise.sqlite3"
NOT_WHOLE = 1
_DATA = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option(
    "--data",
    envvar="CALFWISE_DATA",
    type=_DATA,
    metavar="DIR",
    help="The data folder; without it, the user's data directory.",
)
@click.argument("target", type=click.Path(path_type=Path), metavar="FILE|FOLDER")
def backup(data: Path | None, target: Path) -> int:
    """Copy everything of the web app into one file, while it runs.

    FILE must be new; in a FOLDER that is there, a file by date is made. It holds notes on health and what signs people
    in: keep it where others don't look. The secret key stays out: after a restore everybody signs in again.
    """
    now = datetime.now().astimezone()  # noqa: TID251 - a shell may read the clock
    _needs_web()
    folder = data if data is not None else _user_data()
    if not os.environ.get("DATABASE_URL") and not (folder / DATABASE).is_file():
        raise click.ClickException(f"There is no journal in {folder}. Name its data folder with --data.")
    _set_up(folder)
    from calfwise_web.yours.backup import CannotBackUp, back_up  # noqa: PLC0415 - an extra

    file = target / f"calfwise-{now:%Y-%m-%d-%H%M%S}.zip" if target.is_dir() else target
    try:
        made = back_up(file.absolute(), now=now)
    except CannotBackUp as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file}: the journal and {len(made.files) - 1:,} files, {file.stat().st_size / 1e6:,.1f} MB")
    for name in made.damaged:
        click.echo(f"missing or damaged on this disk: {name}", err=True)
    click.echo(f"Is it whole? calfwise restore --verify {file}", err=True)
    return NOT_WHOLE if made.damaged else 0


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--verify", "only_verify", is_flag=True, help="Only check that it is whole: every byte, every row.")
@click.option("--data", type=_DATA, metavar="DIR", help="Where to put it: a new or an empty folder.")
def restore(file: Path, only_verify: bool, data: Path | None) -> int:
    """Check a backup, or put it back into an empty folder; it is checked first, too."""
    if only_verify == (data is not None):
        raise click.UsageError("say --verify to check it, or --data DIR to put it back")
    _needs_web()
    with tempfile.TemporaryDirectory(prefix="calfwise-") as nobodys:
        _set_up(Path(nobodys))
        from calfwise_web.yours.restore import CannotRestore, verify  # noqa: PLC0415 - an extra
        from calfwise_web.yours.restore import restore as put_back  # noqa: PLC0415

        if data is None:
            manifest, wrong = verify(file)
            for words in wrong:
                click.echo(words, err=True)
            if wrong or manifest is None:
                click.echo(f"{file} is not whole.", err=True)
                return NOT_WHOLE
            click.echo(
                f"{file} is whole: {len(manifest.files) - 1:,} files, every row; made {manifest.made_at:%d %B %Y}."
            )
            for name in manifest.gone:
                click.echo(f"not in it, for it was missing, damaged or just deleted on its disk: {name}", err=True)
            return 0
        try:
            manifest = put_back(file, data.absolute())
        except CannotRestore as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{data} is as it was on {manifest.made_at:%d %B %Y, %H:%M}. Start it: calfwise serve --data {data}")
    if manifest.database != DATABASE:
        click.echo(f"Then bring the database itself back: pg_restore --dbname=… {data / manifest.database}", err=True)
    return 0


def _needs_web() -> None:
    if find_spec("django") is None:
        raise click.ClickException(HOW_TO_INSTALL)


def _user_data() -> Path:
    from calfwise_web.serve.data_folder import user_data_folder  # noqa: PLC0415 - an extra

    return user_data_folder()


def _set_up(data: Path) -> None:
    import django  # noqa: PLC0415 - an extra

    os.environ["CALFWISE_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "calfwise_web.settings")
    django.setup()
