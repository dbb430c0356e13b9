"""One command, one tree of processes: it starts together, mends itself, and ends together."""

import os
import re
import signal
import socket
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.serve.conftest import Served, clean_environment, command, wait_until

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are counted through /proc")
SERVER, WORKER = "calfwise_web.serve.server", "calfwise_web.serve.background"
Start = Callable[..., Served]


def test_the_first_start_prints_a_one_time_link_and_answers_by_name(serve: Start) -> None:
    served = serve()
    assert re.fullmatch(r"http://localhost:\d+", served.url), "passkeys need the name, not 127.0.0.1"
    assert any(line.startswith(f"  {served.url}/") for line in served.said), served.said
    assert f"Your data lie in {served.data}" in served.said
    assert wait_until(served.healthy, within_s=15)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_told_to_stop_ends_every_process_and_exits_0(serve: Start, number: signal.Signals) -> None:
    served = serve()
    assert wait_until(served.healthy, within_s=15)
    assert served.children(SERVER)
    assert served.children(WORKER)
    served.process.send_signal(number)
    assert served.process.wait(15) == 0
    assert served.children() == []


def test_a_killed_supervisor_takes_its_children_along(serve: Start) -> None:
    served = serve()
    assert wait_until(served.healthy, within_s=15)
    served.process.kill()
    served.process.wait(5)
    assert wait_until(lambda: not served.children(), within_s=5), "orphans are left"


def test_a_killed_worker_is_started_anew(serve: Start) -> None:
    served = serve()
    assert wait_until(lambda: served.children(WORKER) != [], within_s=10)
    first = served.first_child(WORKER)
    os.kill(first, signal.SIGKILL)
    assert wait_until(lambda: set(served.children(WORKER)) - {first} != set(), within_s=10)
    assert served.process.poll() is None


def test_a_killed_server_comes_back_on_the_same_port_and_turns_nobody_away_meanwhile(serve: Start) -> None:
    served = serve()
    assert wait_until(served.healthy, within_s=15)
    os.kill(served.first_child(SERVER), signal.SIGKILL)
    port = int(served.url.rpartition(":")[2])
    with socket.create_connection(("localhost", port), timeout=2):
        pass
    assert wait_until(served.healthy, within_s=15)


def test_a_second_server_on_the_same_folder_stays_away(serve: Start) -> None:
    served = serve()
    assert wait_until(served.healthy, within_s=15)
    second = subprocess.run(
        command("--port", "0"), env=clean_environment(served.data), capture_output=True, text=True, timeout=30
    )
    assert second.returncode == 1
    assert f"{served.data} is already served by another calfwise (process {served.process.pid})" in second.stderr
    assert served.healthy()


def test_a_taken_port_is_told_in_a_sentence_and_nothing_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = subprocess.run(
            command("--port", str(port)), env=clean_environment(tmp_path), capture_output=True, text=True, timeout=30
        )
    assert refused.returncode == 1
    assert f"Port {port} is taken by another program." in refused.stderr
    assert f"--port {port + 1}" in refused.stderr
    assert not (tmp_path / "calfwise.sqlite3").exists()


def test_https_is_served_with_a_certificate_that_its_own_authority_vouches_for(serve: Start) -> None:
    served = serve("--https")
    authority = served.data / "certificates" / "calfwise-ca.crt"
    assert served.url.startswith("https://localhost:")
    assert any(str(authority) in line for line in served.said)
    context = ssl.create_default_context(cafile=authority)
    assert wait_until(lambda: served.healthy(context), within_s=15)


def test_nothing_is_written_outside_the_data_folder_and_nobody_else_can_read_in_it(
    serve: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home))
    served = serve()
    assert wait_until(served.healthy, within_s=15)
    assert list(home.iterdir()) == []
    for path in (served.data, *served.data.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path
