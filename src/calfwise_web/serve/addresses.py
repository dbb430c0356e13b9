"""Where the server listens, and by which names this machine can be reached."""

import errno
import ipaddress
import os
import socket
from collections.abc import Sequence

from calfwise_web.serve.refusal import CannotServe

LOOPBACK = ("127.0.0.1", "::1")
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, never a default
_BACKLOG = 512
# UDP "connections" send nothing: they only make the system say which of its addresses it would use.
_ASK_ROUTES_TO = ("10.255.255.255", "172.31.255.255", "192.168.255.255", "192.0.2.1", "fd00::1", "2001:db8::1")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the server."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen(*, host: str, port: int) -> list[socket.socket]:
    """Sockets that accept from now on, so that nobody is turned away while the server starts, or starts anew.

    Loopback means both of its families, because browsers try `::1` first when they are told `localhost`.
    """
    if not is_loopback(host):
        return [_bound(host, port)]
    first = _bound(LOOPBACK[0] if host == "localhost" else host, port)
    sockets = [first]
    for other in LOOPBACK:
        if other != first.getsockname()[0]:
            try:
                sockets.append(_bound(other, first.getsockname()[1]))
            except _NoSuchAddress:
                continue  # a machine without IPv6
    return sockets


class _NoSuchAddress(CannotServe):
    """The address is not this machine's."""


def _bound(host: str, port: int) -> socket.socket:
    bound: socket.socket | None = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(_BACKLOG)
    except OSError as error:
        if bound is not None:
            bound.close()
        raise _reason(error, host, port) from error
    return bound


def _reason(error: OSError, host: str, port: int) -> CannotServe:
    if error.errno == errno.EADDRINUSE:
        return CannotServe(
            f"Port {port} is taken by another program. Nothing was changed. "
            f"Try another: calfwise serve --port {port + 1}"
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return CannotServe(
            f"This account may not open port {port}. Nothing was changed. "
            "Try one above 1023: calfwise serve --port 8000"
        )
    return _NoSuchAddress(
        f"{host} is not an address of this machine ({error.strerror}). Nothing was changed. Leave --host out to be "
        "reached from this machine alone, or give 0.0.0.0 for the whole network."
    )


def own_addresses() -> list[str]:
    """This machine's addresses, as far as its routes tell them; nothing is sent."""
    found: dict[str, None] = {}
    for target in _ASK_ROUTES_TO:
        family = socket.AF_INET6 if ":" in target else socket.AF_INET
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as asking:
                asking.connect((target, 9))
                found[asking.getsockname()[0]] = None
        except OSError:
            continue  # no route: no address of that kind
    return [address for address in found if not ipaddress.ip_address(address).is_loopback]


def own_names() -> list[str]:
    """The machine's name as others on the network may know it: `pi.local`, and `pi` by itself."""
    name = socket.gethostname().lower().strip(".")
    if not name or name.startswith("localhost"):
        return []
    return list(dict.fromkeys((f"{name.split('.')[0]}.local", name)))


def reachable(*, host: str, port: int, scheme: str) -> list[str]:
    """Origins at which other devices find the server; none for loopback."""
    if is_loopback(host):
        return []
    hosts = [*own_names(), *own_addresses()] if host in EVERYWHERE else [host]
    return [origin(scheme=scheme, host=name, port=port) for name in hosts]


def origin(*, scheme: str, host: str, port: int) -> str:
    """As a browser writes it.

    >>> origin(scheme="https", host="::1", port=8000), origin(scheme="http", host="localhost", port=80)
    ('https://[::1]:8000', 'http://localhost')
    """
    shown = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[scheme]
    return f"{scheme}://{shown}" if port == usual else f"{scheme}://{shown}:{port}"


def file_numbers(sockets: Sequence[socket.socket]) -> list[int]:
    """The sockets as a child process inherits them."""
    for each in sockets:
        os.set_inheritable(each.fileno(), True)
    return [each.fileno() for each in sockets]
