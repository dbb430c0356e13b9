"""From `calfwise serve` to a running web app: claim folder and port, prepare, say where it is, keep it running."""

import contextlib
import os
import ssl
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from calfwise_web.serve.addresses import EVERYWHERE, is_loopback, listen, origin, own_addresses, own_names, reachable
from calfwise_web.serve.certificate import Certificate, made_certificate
from calfwise_web.serve.data_folder import data_folder
from calfwise_web.serve.locks import serving
from calfwise_web.serve.refusal import CannotServe
from calfwise_web.serve.supervisor import supervised

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the one who starts it asked for."""

    host: str
    port: int
    data: Path | None = None
    https: bool = False
    certificate: Path | None = None
    key: Path | None = None
    origins: Sequence[str] = ()
    proxies: int = 0

    @property
    def scheme(self) -> str:
        """Of the server itself, whatever a proxy in front of it speaks."""
        return "https" if self.https or self.certificate else "http"


def serve(wishes: Wishes, *, now: datetime, say: Say) -> None:
    """Serve until told to stop."""
    os.umask(0o077)  # whatever is written from here on is its owner's alone
    if wishes.data is not None:
        os.environ["CALFWISE_DATA"] = str(wishes.data)
    folder = _folder()
    with serving(folder), contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(each) for each in listen(host=wishes.host, port=wishes.port)]
        port = sockets[0].getsockname()[1]
        certificate = _certificate(wishes, folder, now)
        others = reachable(host=wishes.host, port=port, scheme=wishes.scheme)
        _tell_settings(wishes, port=port, origins=[*wishes.origins, *others])
        here = _here(wishes, port=port)
        link = _prepared(wishes.origins[0] if wishes.origins else here)
        for line in _greeting(wishes, folder, here=here, others=others, link=link, certificate=certificate):
            say(line)
        supervised(
            sockets=sockets,
            certificate=str(certificate.certificate) if certificate else None,
            key=str(certificate.key) if certificate else None,
        ).run()
    say("Stopped. Everything is written.")


def _folder() -> Path:
    try:
        return data_folder()
    except OSError as error:
        raise CannotServe(
            f"The data folder {error.filename} cannot be used ({error.strerror}). Nothing was changed. Name another "
            "with --data, or give this account the right to write there."
        ) from error


def _certificate(wishes: Wishes, folder: Path, now: datetime) -> Certificate | None:
    if wishes.certificate and wishes.key:
        return _given(wishes.certificate.absolute(), wishes.key.absolute())
    if not wishes.https:
        return None
    names = ["localhost", "127.0.0.1", "::1", *own_names(), *own_addresses()]
    if wishes.host not in (*EVERYWHERE, *names):
        names.append(wishes.host)
    return made_certificate(folder / "certificates", names=names, now=now)


def _given(certificate: Path, key: Path) -> Certificate:
    """Tried before it is used: gunicorn would look at it only when the first browser comes."""
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key, password=lambda: "")
    except (OSError, ValueError) as error:  # an SSLError is an OSError; a key with a passphrase is a ValueError
        raise CannotServe(
            f"{certificate} and {key} cannot be used together ({error}). Nothing was changed. Give a certificate and "
            "its own key, both PEM, the key without a passphrase."
        ) from error
    return Certificate(certificate=certificate, key=key, authority=None)


def _tell_settings(wishes: Wishes, *, port: int, origins: Sequence[str]) -> None:
    """Settings read the environment alone, in each of the processes."""
    by_https = (
        wishes.scheme == "https"
        or any(each.startswith("https://") for each in wishes.origins)
        or os.environ.get("CALFWISE_HTTPS") == "1"
    )
    os.environ |= {
        "CALFWISE_HOST": wishes.host,
        "CALFWISE_PORT": str(port),
        "CALFWISE_HTTPS": "1" if by_https else "",
        "CALFWISE_ORIGINS": ",".join(dict.fromkeys(origins)),
        "CALFWISE_PROXIES": str(wishes.proxies),
    }


def _here(wishes: Wishes, *, port: int) -> str:
    """The address for this machine's own browser: by name, because browsers give passkeys to `localhost` alone."""
    by_name = is_loopback(wishes.host) or wishes.host in EVERYWHERE
    return origin(scheme=wishes.scheme, host="localhost" if by_name else wishes.host, port=port)


def _prepared(base_url: str) -> str | None:
    """Prepare in a process of its own, so that Django's memory is not held twice; gives the first account's link."""
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-P", "-m", "calfwise_web.serve.prepare", base_url],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotServe("The web app did not start; the lines above say why.")
    return done.stdout.strip() or None


def _greeting(
    wishes: Wishes,
    folder: Path,
    *,
    here: str,
    others: Sequence[str],
    link: str | None,
    certificate: Certificate | None,
) -> list[str]:
    lines = [f"calfwise is at {wishes.origins[0] if wishes.origins else here}"]
    lines += [f"  from other devices: {' · '.join(others)}"] if others and not wishes.origins else []
    if link:
        lines += ["", "There is no account yet. This link makes the first one, once:", f"  {link}", ""]
    lines.append(f"Your data lie in {folder}")
    if certificate and certificate.authority:
        lines.append(
            f"A phone trusts this address once it has {certificate.authority} (docs/guides/phone-and-https.md)"
        )
    if any(each.startswith("http://") and not each.startswith("http://localhost") for each in wishes.origins or others):
        lines.append(
            "This is plain http: what you type to sign in travels unencrypted, and phones keep offline use, the wake "
            "lock and passkeys for https. --https makes a certificate."
        )
    return [*lines, "Ctrl-C stops it."]
