"""`calfwise serve`: the web app. Its packages are an extra, and are imported only here."""

import re
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import click

HOW_TO_INSTALL = """\
The web app needs a few more packages, and they are not installed. Install calfwise with them:
  uv tool install "calfwise[web]"     or
  pipx install "calfwise[web]"
Everything else works without them."""
_ORIGIN = re.compile(r"https?://[a-z0-9.:\[\]-]+")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _origins(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> list[str]:
    """Web addresses without a path, as a browser names where a page comes from."""
    given = [each.strip().rstrip("/").lower() for value in values for each in value.split(",") if each.strip()]
    for each in given:
        if not _ORIGIN.fullmatch(each):
            raise click.BadParameter(f"{each} should look like https://calf.example.org", ctx, param)
    return given


@click.command()
@click.option(
    "--host",
    envvar="CALFWISE_HOST",
    default="127.0.0.1",
    metavar="ADDRESS",
    help="Where to listen: this machine alone unless told otherwise; 0.0.0.0 for the whole network.",
)
@click.option(
    "--port",
    envvar="CALFWISE_PORT",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="0 takes any that is free.",
)
@click.option(
    "--data",
    envvar="CALFWISE_DATA",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The data folder; without it, the user's data directory.",
)
@click.option("--https", is_flag=True, help="With a made certificate (docs/guides/phone-and-https.md).")
@click.option("--certificate", type=_FILE, metavar="FILE", help="A certificate of your own (PEM, with its chain).")
@click.option("--key", type=_FILE, metavar="FILE", help="Its private key (PEM, without a passphrase).")
@click.option(
    "--origin",
    "origins",
    envvar="CALFWISE_ORIGINS",
    multiple=True,
    callback=_origins,
    metavar="URL",
    help="The address a proxy in front answers to, like https://calf.example.org. Repeatable.",
)
@click.option(
    "--proxies",
    envvar="CALFWISE_PROXIES",
    default=0,
    type=click.IntRange(0, 9),
    metavar="N",
    help="How many proxies of yours stand in front.",
)
def serve(
    host: str,
    port: int,
    data: Path | None,
    https: bool,
    certificate: Path | None,
    key: Path | None,
    origins: list[str],
    proxies: int,
) -> None:
    """Start the web app: pages and import worker, until Ctrl-C."""
    if (certificate is None) != (key is None):
        raise click.UsageError("--certificate and --key come together")
    if find_spec("django") is None or find_spec("gunicorn") is None:
        raise click.ClickException(HOW_TO_INSTALL)
    from calfwise_web.serve.refusal import CannotServe  # noqa: PLC0415 - an extra
    from calfwise_web.serve.start import Wishes  # noqa: PLC0415
    from calfwise_web.serve.start import serve as serve_until_stopped  # noqa: PLC0415

    wishes = Wishes(
        host=host, port=port, data=data, https=https, certificate=certificate, key=key,
        origins=origins, proxies=proxies,
    )  # fmt: skip
    now = datetime.now().astimezone()  # noqa: TID251 - a shell may read the clock
    try:
        serve_until_stopped(wishes, now=now, say=_say)
    except CannotServe as error:
        raise click.ClickException(str(error)) from error


def _say(line: str) -> None:
    click.echo(line)
