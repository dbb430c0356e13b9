"""A server and its worker that may be killed, on a port of their own."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.web.soak.tree import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    tree = Tree(tmp_path / "data", port)
    yield tree
    tree.stop()
