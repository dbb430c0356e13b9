"""The way between browsers and a server, which can be cut, or go silent as between two masts."""

import contextlib
import socket
import threading

_AT_ONCE = 65536


class Network:
    """Forwards connections to a port of this machine, until somebody stops it."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._flows = threading.Event()
        self._flows.set()
        self._is_cut = False
        self.changed: tuple[bytes, bytes] | None = None
        """What servers send, and what comes of it; equally long."""
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Nothing comes through, and everybody notices at once."""
        self._is_cut = True
        for each in list(self._open):
            _ended(each)

    def stall(self) -> None:
        """Nothing comes through, and nobody is told."""
        self._flows.clear()

    def mend(self) -> None:
        self._is_cut = False
        self._flows.set()

    def close(self) -> None:
        self.cut()
        self._flows.set()
        _ended(self._listening)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                browser, _ = self._listening.accept()
                if self._is_cut:
                    browser.close()
                    continue
                server = socket.create_connection(("127.0.0.1", self._to))
                for one, other in ((browser, server), (server, browser)):
                    self._open.add(one)
                    threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while sent := source.recv(_AT_ONCE):
                self._flows.wait()
                if self._is_cut:
                    break
                target.sendall(sent.replace(*self.changed) if self.changed else sent)
        self._open.discard(source)
        _ended(target)


def _ended(each: socket.socket) -> None:
    with contextlib.suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
    each.close()
