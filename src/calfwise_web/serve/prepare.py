"""Everything that must be true of the data folder before the first request: tables, and files for the browser."""

import hashlib
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

from calfwise import __version__
from calfwise_web.serve.data_folder import data_folder
from calfwise_web.serve.locks import preparing
from calfwise_web.serve.refusal import CannotServe


def prepare() -> None:
    """Bring the data folder up to date; quick when it is; several may ask for it at once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "calfwise_web.settings")
    django.setup()
    folder = data_folder()
    with preparing(folder):
        _tables(folder)
        _browser_files(folder)
    connection.close()


def _tables(folder: Path) -> None:
    executor = MigrationExecutor(connection)
    pending = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if pending:
        kept = _copied(folder, pending[0]) if executor.loader.applied_migrations else None
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except DatabaseError as error:
            raise CannotServe(_half_way(error, kept)) from error
    call_command("createcachetable", verbosity=0)


def _half_way(error: DatabaseError, kept: Path | None) -> str:
    where = f" A copy of the journal from before lies in {kept}." if kept else ""
    return (
        f"The database could not be brought up to version {__version__}: {error}. Every step either happened whole "
        f"or not at all.{where} Start again, or install the version you had before."
    )


def _copied(folder: Path, first: Migration) -> Path | None:
    """A copy of an SQLite database from before a new version touches it; PostgreSQL has its own backups.

    Named by version and first change, so that starting over and over does not fill the disk.
    """
    if connection.vendor != "sqlite":
        return None
    backups = folder / "backups"
    backups.mkdir(mode=0o700, exist_ok=True)
    target = backups / f"before-{__version__}-{first.app_label}-{first.name}.sqlite3"
    making = target.with_suffix(".making")
    try:
        making.unlink(missing_ok=True)
        making.touch(mode=0o600)
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
            closing(sqlite3.connect(making)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, whole by itself
        making.replace(target)
    except (OSError, sqlite3.Error) as error:
        making.unlink(missing_ok=True)
        raise CannotServe(
            f"The copy of the journal that is made before an upgrade could not be written to {backups}: {error}. "
            "Nothing was changed. Make room there, then start again."
        ) from error
    return target


def _browser_files(folder: Path) -> None:
    """Collect styles, scripts and pictures when they are not those that were collected last."""
    stamp, now = folder / "static" / ".collected", _fingerprint()
    if stamp.is_file() and stamp.read_text("ascii") == now:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(now, "ascii")


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{__version__} {settings.STORAGES['staticfiles']['BACKEND']}".encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            digest.update(f"\0{name}\0{about.st_size}\0{about.st_mtime_ns}".encode())
    return digest.hexdigest()


def main(base_url: str) -> int:
    """Prepare, then print the one-time link that makes the first account, if there is none yet."""
    try:
        prepare()
    except CannotServe as error:
        print(f"calfwise: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    from calfwise_web.account.first import first_link  # noqa: PLC0415 - its models want Django set up

    if link := first_link(base_url):
        print(link)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
