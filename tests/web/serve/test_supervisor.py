"""What the supervisor decides, with children made of Python's own modules."""

import signal
from collections.abc import Iterator

import pytest

from calfwise_web.serve.refusal import CannotServe
from calfwise_web.serve.supervisor import Child, Supervisor

SLEEPS = ("-n1", "-r1", "import time; time.sleep(60)")


@pytest.fixture(autouse=True)
def _own_handlers() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_server_that_gives_up_at_its_first_start_ends_everything(capfd: pytest.CaptureFixture[str]) -> None:
    worker = Child(name="worker", module="timeit", arguments=SLEEPS)
    server = Child(name="server", module="json.tool", arguments=["--no-such-option"])
    with pytest.raises(CannotServe, match=r"exit code 2.*Your data are as they were"):
        Supervisor(server=server, worker=worker, sockets=[]).run()
    assert not worker.running()


def test_only_giving_up_by_itself_at_the_first_start_counts_as_never_having_come_up() -> None:
    child = Child(name="server", module="json.tool")
    child.starts, child.started_s = 1, float("inf")
    assert child.never_came_up(3)
    assert not child.never_came_up(-signal.SIGKILL), "killed from outside: started anew"
    child.starts = 2
    assert not child.never_came_up(3), "it has served before: started anew, with patience"
