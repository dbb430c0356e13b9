"""Where the server listens, and what it calls itself."""

import socket
from contextlib import ExitStack

import pytest

from calfwise_web.serve.addresses import is_loopback, listen, reachable
from calfwise_web.serve.refusal import CannotServe


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.2", "::1"])
def test_loopback_is_known_by_any_of_its_names(host: str) -> None:
    assert is_loopback(host)
    assert reachable(host=host, port=8000, scheme="http") == []


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "pi.local"])
def test_everything_else_can_be_reached_by_others(host: str) -> None:
    assert not is_loopback(host)


def test_localhost_is_answered_in_both_families_on_one_port() -> None:
    with ExitStack() as stack:
        sockets = [stack.enter_context(each) for each in listen(host="127.0.0.1", port=0)]
        assert len({each.getsockname()[1] for each in sockets}) == 1
        assert sockets[0].getsockname()[0] == "127.0.0.1"
        with socket.create_connection(("localhost", sockets[0].getsockname()[1]), timeout=2):
            pass


def test_an_address_of_another_machine_is_refused_in_a_sentence() -> None:
    with pytest.raises(CannotServe, match=r"192\.0\.2\.1 is not an address of this machine"):
        listen(host="192.0.2.1", port=0)
